/* Virga's headers in crowded company: compiled twice, with the popular headers
 * before ours and, under VIRGA_FIRST, after them. Either way everything must
 * compile without a warning, and the program below must mean the same.
 *
 * SPDX-License-Identifier: MIT */
#ifdef VIRGA_FIRST
#    include <virga/virga.h>
#    include "popular.h"
#else
#    include "popular.h"
#    include <virga/virga.h>
#endif

const char *hygiene(void);

const char *hygiene(void)
{
    return vg_version();
}
