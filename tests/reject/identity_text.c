/* IDENTITY of a column that is no number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, TEXT, PRIMARY_KEY, IDENTITY(ALWAYS))) /* expect: COLUMN(id): the DEFAULT has another type */
#else
TABLE(bad, COLUMN(id, INT, PRIMARY_KEY, IDENTITY(ALWAYS)))
#endif
