/* SQL with a C value that has no SQL type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    text = SQL(TEXT, "upper(?)", user); /* expect: no SQL type */
#else
    text = SQL(TEXT, "upper(?)", user->email);
#endif
}
