/* A column of an enum gets the enum, not its values.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

ENUM(mood, sad, happy)
#ifndef GOOD
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), COLUMN(feels, PG_ENUM(sad, happy))) /* expect: COLUMN(feels): unknown words: PG_ENUM(sad, happy) */
#else
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY), COLUMN(feels, PG_ENUM(mood)))
#endif
