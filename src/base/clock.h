/* Time that never goes backwards. */
#pragma once
#include <stdint.h>

int64_t vg__clock(void); /* nanoseconds */

static inline int64_t vg__clock_ms(void)
{
    return vg__clock() / 1000000;
}
