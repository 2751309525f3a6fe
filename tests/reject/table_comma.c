/* Two columns without a comma between them.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h" /* lines: 13 */

#ifndef GOOD
TABLE(pairs, COLUMN(a, INTEGER) COLUMN(b, TEXT)) /* expect: (a comma is missing) */
#else
TABLE(pairs, COLUMN(a, INTEGER), COLUMN(b, TEXT))
#endif
