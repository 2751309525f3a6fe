/* A VIEW that does not say what its rows are.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
VIEW(card_view, SELECT(card), FROM(posts)) /* expect: VIEW(card_view, ...): what its rows are stands before the query */
#else
VIEW(card_view, card, SELECT(card), FROM(posts))
#endif
