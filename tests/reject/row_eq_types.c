/* Rows whose partners differ in type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = ROW_GT((users.age, users.id), (5, "x")); /* expect: the two sides have different types */
#else
    p = ROW_GT((users.age, users.id), (5, 6));
#endif
}
