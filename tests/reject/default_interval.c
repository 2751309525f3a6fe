/* A number as the DEFAULT of an INTERVAL.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, INTERVAL, DEFAULT(5))) /* expect: COLUMN(a): the DEFAULT has another type */
#else
TABLE(bad, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, INTERVAL, DEFAULT("5 days")))
#endif
