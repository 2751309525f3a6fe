/* How PostgreSQL's SQL is cut into tokens and statements. */
#pragma once
#include "core/lexis.h"

extern const vg_lexis vg__postgres_lexis;
