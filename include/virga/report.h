/* Reports: what the library noticed about a program (the same query in a loop, a slow
 * query, a cursor left open), and what each statement has cost so far.
 *
 *     vg_options options = {.warn = on_warning, .slow_ms = 50, .statement_stats = true};
 *
 * Nothing of it costs anything when it is not asked for. */
#pragma once
#pragma GCC system_header
#include <virga/arena.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

VG_BEGIN_DECLS

typedef struct vg_db vg_db;

typedef enum vg_warning_kind {
    VG_WARN_REPEATED, /* the same statement again and again from one place */
    VG_WARN_SLOW,     /* a statement took options.slow_ms or longer */
    VG_WARN_LEAK,     /* vg_close found an open cursor or transaction */
    VG_WARN_MISUSE    /* debug builds: two threads use one connection at once */
} vg_warning_kind;

/* One warning. Strings live until the hook returns; none is NULL. */
typedef struct vg_warning {
    vg_warning_kind kind;
    const char *message; /* one line for a person, the place included */
    const char *here;    /* "file:line" of the call, "" when unknown */
    const char *sql;     /* without parameter values; "" when there is none */
    const char *plan; /* SLOW: what EXPLAIN QUERY PLAN says, a line a step; else "" */
    int64_t count;    /* REPEATED: runs so far */
    int64_t duration_ns; /* SLOW */
    int64_t rows;        /* SLOW: read, or changed when none were read */
} vg_warning;

/* Called on the thread that made the call. It must not use the connection. */
typedef void (*vg_warning_fn)(void *ctx, const vg_warning *warning);

/* What one statement from one place in the program has done. */
typedef struct vg_statement_stat {
    const char *sql;
    const char *here;    /* "file:line" */
    uint64_t runs;       /* cache hits included */
    uint64_t failed;     /* of the runs */
    uint64_t cache_hits; /* answered by the query cache */
    uint64_t prepared;   /* how often it was rendered and prepared */
    int64_t rows;        /* read, or changed when none were read */
    int64_t total_ns;
    int64_t max_ns;
} vg_statement_stat;

typedef struct vg_statement_stat_list {
    vg_statement_stat *data;
    size_t len;
} vg_statement_stat_list;

/* The statements that have run since the database was opened with
 * options.statement_stats, the most expensive (by total time) first, in `arena`. Up to
 * 1024 pairs of statement and place are counted; what comes later is not. Returns
 * VG_OK, VG_NO_MEMORY, or VG_MISUSE without that option. What is counted is kept in memory of
 * the C library.
 *     vg_statement_stat_list list;
 *     if (vg_statement_stats(db, &arena, &list)) return fail(db);
 *     for (size_t i = 0; i < list.len; i++) puts(list.data[i].sql); */
VG_API int vg_statement_stats(vg_db *db, vg_arena *arena, vg_statement_stat_list *out);

VG_END_DECLS
