/* Pieces of PostgreSQL's SQL compared, token by token: what is plainly the same. Whatever else
 * may be is for the server to say (tell.h). */
#pragma once
#include "kit/dialect.h"

/* The dialect's hook. */
bool vgk_pg_same(const char *a, const char *b, const char *table, vgk_piece piece);
