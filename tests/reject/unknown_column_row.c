/* A column that the table does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    string = user->emial; /* expect: no member named 'emial' */
#else
    string = user->email;
#endif
}
