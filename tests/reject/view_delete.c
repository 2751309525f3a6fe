/* A VIEW of a DELETE.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#ifndef GOOD
VIEW(gone, posts, DELETE_FROM(posts)) /* expect: VIEW(gone, posts, ...): the query has other rows than posts */
#else
VIEW(gone, posts, SELECT(posts))
#endif
