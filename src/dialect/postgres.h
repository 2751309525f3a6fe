/* PostgreSQL's dialect. */
#pragma once
#include "core/render.h"

extern const vg_lexis vg__postgres_lexis;
