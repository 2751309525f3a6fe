/* An ALIAS of a table that does not exist.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 2663 */
/* gcc goes through the 128 initialisers of an object whose type it does not know. */
#include "schema.h"

#ifndef GOOD
ALIAS(boss, usres) /* expect: usres */
#else
ALIAS(boss, users)
#endif
