/* An ALIAS of an ALIAS.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

ALIAS(boss, users)
#ifndef GOOD
ALIAS(boss_of_boss, boss) /* expect: ALIAS(boss_of_boss, boss): boss is an alias itself */
#else
ALIAS(boss_of_boss, users)
#endif
