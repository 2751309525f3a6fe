/* FIELD_AS cannot make another type of a column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
PROJECTION(ages, /* expect: the expression has another type */
           FIELD_AS(age, TEXT, users.age))
#else
PROJECTION(ages, FIELD_AS(age, INTEGER, users.age))
#endif
