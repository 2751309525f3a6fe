/* A pool over a bank (rt_bank.h) in PostgreSQL, for the tests of pools and of reliability. */
#pragma once
#include "pg.h"
#include "rt_bank.h"
#include <pthread.h>

enum { RIG_TOTAL = 1050 }; /* of all balances */

typedef struct pg_rig {
    char url[PG_URL]; /* of a database with the bank in it */
    vg_pool *pool;
    pthread_mutex_t lock; /* of the reports */
    int reports;
    vg_error report; /* the last one */
} pg_rig;

/* A new database with the bank, and a pool over it; `pool_url`: NULL for the database's own.
 * report and report_ctx of the options are the rig's. */
void pg_rig_open(pg_rig *r, vg_pool_options options);
/* The same on the database that r->url names already. */
void pg_rig_pool(pg_rig *r, const char *pool_url, vg_pool_options options);
/* Close the pool, drop the database. */
void pg_rig_close(pg_rig *r);
/* Close the pool alone. */
void pg_rig_close_pool(pg_rig *r);

/* End all connections to the database of `url` but the one that does it: how many. */
int pg_kill_backends(const char *url);
/* Connections to the database of `url`, the one that asks not counted. */
int pg_backends(const char *url);
/* The same, waited for 5 seconds until it is `count`: servers take their time to notice. */
void pg_await_backends(const char *url, int count);

/* What an SQL expression of type bigint is on a connection; a literal. */
#define rig_number(db, sql) \
    (check_ok((db), vg_get((db), NULL, &rig_n, SELECT_VALUE(SQL(INTEGER, sql)))), rig_n)
extern _Thread_local int64_t rig_n;
/* The bank's sum; a transfer in a transaction. */
int rig_sum(vg_db *db, int64_t *sum);
int rig_move(vg_db *db, int64_t from, int64_t to);

void rig_nap(int ms);
int64_t rig_ms(void); /* on the monotonic clock */

/* `message` has `part` in it; says both if not. */
#define check_says(message, part) check_says_at((message), (part), __FILE__, __LINE__)
void check_says_at(const char *message, const char *part, const char *file, int line);

/* The pool is of use: a transfer, a sum, nothing left in use. */
#define check_healthy(r) check_healthy_at((r), __FILE__, __LINE__)
void check_healthy_at(pg_rig *r, const char *file, int line);
