/* COPY: copy.c writes rows, copy_file.c moves bytes. */
#pragma once
#include "core/services.h"
#include "driver/postgres/postgres.h"

enum { VG_PG_COPY_PIECE = 1 << 16 }; /* bytes between two looks at the connection */

/* Begin; `wanted` is PGRES_COPY_IN or _OUT. */
int vg__pg_copy_begin(vg_db *db, const char *sql, ExecStatusType wanted);
/* Hand bytes to libpq; wait until the server has taken all of them. */
int vg__pg_copy_send(vg_db *db, const char *bytes, size_t len);
int vg__pg_copy_flush(vg_db *db);
/* `why` not NULL: nothing of it is to stay. *line: of a failure, from 1, or -1. */
int vg__pg_copy_finish(vg_db *db, const char *why, const char *sql, int64_t *line);

/* See vg_copying. */
int vg__pg_copy_out(vg_db *db, const char *sql,
                    int (*put)(void *ctx, const char *bytes, size_t len), void *ctx);
int vg__pg_copy_in(vg_db *db, const char *sql,
                   int (*get)(void *ctx, char *bytes, size_t room, size_t *len),
                   void *ctx, int64_t *line);
