/* A crowd on a pool over PostgreSQL: threads that move money between purses and read, while
 * the test does its worst to the server. Each thread remembers what became of each of its
 * transfers, and that must agree with what is in the database at the end:
 *
 *     acknowledged     it is there
 *     failed           it is not
 *     not known        the answer to the commit did not arrive: either
 *
 *     the sum of the purses never changes, and each holds what its entries say
 *
 * Nothing here fails a test by itself but pg_crowd_start; a false has said why. */
#pragma once
#include "pg.h"
#include <pthread.h>
#include <stdatomic.h>

enum { PG_PURSES = 48, PG_START = 1000, PG_CROWD = 16 };

typedef enum pg_fate { PG_FAILED, PG_ACKNOWLEDGED, PG_NOT_KNOWN } pg_fate;

typedef struct pg_transfer {
    int64_t key;
    pg_fate fate;
} pg_transfer;

typedef struct pg_crowd pg_crowd;

typedef struct pg_worker {
    pg_crowd *crowd;
    pthread_t thread;
    int number;
    uint64_t random;
    int64_t serial, last; /* the last acknowledged key; 0: none */
    pg_transfer *transfers;
    size_t len, cap;
    atomic_int_fast64_t done; /* transfers acknowledged */
    int64_t reads, errors, longest_ms;
} pg_worker;

struct pg_crowd {
    vg_pool *pool;
    const char *url;  /* of the database, for the check */
    unsigned allowed; /* codes that may come while things go wrong: a bit each */
    bool reads_back;  /* a VG_READ sees what the thread has written */
    int64_t run;      /* in the keys */
    pg_worker workers[PG_CROWD];
    int started;
    atomic_bool stop;
    pthread_mutex_t lock; /* of the problem */
    char problem[700];    /* the first one; "": none */
};

#define PG_MAY(code) (1u << (code))
/* What comes of a server that goes, or of transfers in each other's way. */
#define PG_MAY_GO (PG_MAY(VG_CONNECT) | PG_MAY(VG_BUSY) | PG_MAY(VG_ROLLED_BACK))

/* The tables and the purses, in the database of `url`. */
void pg_crowd_create(const char *url);
/* Set c->pool, url, allowed first. */
void pg_crowd_start(pg_crowd *c);
/* Until each thread has made another transfer or two; false after 30 seconds, or on a
 * problem. */
bool pg_crowd_goes_on(pg_crowd *c);
/* They stop; false: there was a problem. */
bool pg_crowd_stop(pg_crowd *c);
/* What is there against what they remember, by a connection of its own to c->url. */
bool pg_crowd_adds_up(pg_crowd *c);
/* Forget it all. */
void pg_crowd_free(pg_crowd *c);

typedef struct pg_crowd_tally {
    int64_t transfers, failed, not_known, reads, errors, longest_ms;
} pg_crowd_tally;
pg_crowd_tally pg_crowd_sum(const pg_crowd *c);
