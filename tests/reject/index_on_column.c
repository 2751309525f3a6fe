/* An index is over columns of its table.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 30 */
#include "schema.h"

#ifndef GOOD
TABLE(words, COLUMN(id, INTEGER, PRIMARY_KEY), /* expect: 'wrod' */
      INDEX_ON(words_idx, ON_DESC(wrod)))
#else
TABLE(words, COLUMN(id, INTEGER, PRIMARY_KEY), INDEX_ON(words_idx, ON_DESC(id)))
#endif
