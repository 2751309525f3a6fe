/* Databases that are made to try something on. */
#pragma once
#include "kit/kit.h"

/* The dialect's hook: a new database on the server of `url`, open until the call ends. */
int vgk_pg_make_scratch(vg_kit *kit, const char *url, vg_db **out);
