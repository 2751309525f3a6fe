/* An option that a view does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
VIEW(bad, OPTIONS(FOO(1)), users, SELECT(users)) /* expect: VIEW(bad, ...): it has no option FOO(1) */
#else
VIEW(good, OPTIONS(NAME("a")), users, SELECT(users))
#endif
