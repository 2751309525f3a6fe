/* FIELD_AS cannot make another type of a column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
PROJECTION(ages,
           FIELD_AS(age, TEXT, users.age)) /* expect: the expression has another type */
#else
PROJECTION(ages, FIELD_AS(age, INTEGER, users.age))
#endif
