/* What stands above every program that run.py makes out of a document: the database,
 * the runner of the blocks, and the log of their statements. A file of its own so that
 * it is formatted and read like other C.
 *
 * SPDX-License-Identifier: MIT */
#include <virga/virga.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What documents call when a statement fails. */
static int fail(const vg_db *db)
{
    const vg_error *e = vg_errinfo(db);
    fprintf(stderr, "%s: %s\n", vg_code_name(e->code), e->message);
    return e->code;
}

static struct {
    FILE *log; /* \2 number space statement, for run.py */
    int number;
    int failed; /* calls of the block that failed */
    vg_db *db;
    int status;
} docs;

static void docs_log(void *ctx, const vg_log_event *event)
{
    (void)ctx;
    fprintf(docs.log, "\2%d %s", docs.number, event->sql);
}

/* A query that cannot even be prepared is not in the log: count where they return. */
static int docs_count(int code)
{
    docs.failed += code != VG_OK && code != VG_NOT_FOUND;
    return code;
}
#define vg_run_all(...)    docs_count(vg_run_all(__VA_ARGS__))
#define vg_run_one(...)    docs_count(vg_run_one(__VA_ARGS__))
#define vg_run_get(...)    docs_count(vg_run_get(__VA_ARGS__))
#define vg_run_exec(...)   docs_count(vg_run_exec(__VA_ARGS__))
#define vg_run_exists(...) docs_count(vg_run_exists(__VA_ARGS__))
#define vg_run_query(...)  docs_count(vg_run_query(__VA_ARGS__))

static void docs_open(int argc, char **argv)
{
    docs.log = argc > 1 ? fopen(argv[1], "w") : stderr;
    docs.number = -1;
    vg_options options = {.log = docs_log};
    if (!docs.log ||
        vg_open(&docs.db, argc > 2 ? argv[2] : ":memory:", &options) != VG_OK)
        exit(2);
}

/* Run a block. One that should not fail must not return a failure, must not have run a
 * statement that failed, and must not leave an error behind. */
static void docs_run(int number, int may_fail, int (*block)(vg_db *db, vg_arena *arena))
{
    vg_arena arena = {0};
    docs.number = -1;
    vg_script(docs.db, ""); /* forget the error of the block before */
    docs.number = number;
    docs.failed = 0;
    printf("\2%d\n", number);
    int rc = block(docs.db, &arena);
    fflush(stdout);
    int left = vg_errinfo(docs.db)->code;
    bool bad = rc != VG_OK || docs.failed || (left != VG_OK && left != VG_NOT_FOUND);
    if (bad != (may_fail != 0)) {
        fprintf(stderr, "block %d %s: returned %s, %d statements failed; %s: %s\n",
                number, bad ? "fails" : "should fail and does not", vg_code_name(rc),
                docs.failed, vg_code_name(left), vg_errmsg(docs.db));
        docs.status = 1;
    }
    vg_arena_free(&arena);
}

static int docs_close(void)
{
    if (vg_close(docs.db) != VG_OK)
        docs.status = 1;
    fclose(docs.log);
    return docs.status;
}
