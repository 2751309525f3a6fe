/* Names for migrations that were given none. */
#pragma once
#include "kit/kit.h"

/* Two words, "quiet_delta". */
const char *vgk_new_name(vg_kit *kit);
