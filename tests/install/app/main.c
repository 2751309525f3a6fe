/* The outside program: the least that shows headers and library fit together.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "schema.h"

int main(void)
{
    const char *version = vg_version();
    puts(version);
    return version[0] == '\0';
}
