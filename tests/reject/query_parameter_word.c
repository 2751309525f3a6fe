/* QUERY with a parameter of a type that there is not.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
QUERY(find, ONE(users), PARAMS(STRING(mail)), SELECT(users)) /* expect: no parameter, such */
#else
QUERY(find, ONE(users), PARAMS(TEXT(mail)), SELECT(users))
#endif
