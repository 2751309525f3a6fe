/* The ledger of load.c: threads that work on it, and the check of what they left. */
#pragma once
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <virga/virga.h>

enum { THREADS = 16, PURSES = 64, START = 1000 };

/* What one thread has done. */
typedef struct tally {
    int64_t reads, writes, undone, stopped, backups;
    int64_t longest_ns; /* one call, waits included */
} tally;

typedef struct crew crew;

typedef struct worker {
    crew *crew;
    pthread_t thread;
    int number;
    int file;        /* of acknowledgements */
    int64_t serial;  /* of its last entry in this run */
    int64_t last;    /* the key of it; 0: none yet */
    uint64_t random; /* state */
    tally tally;
} worker;

struct crew {
    const char *folder;
    double seconds;
    vg_synchronous synchronous;
    vg_pool *pool;
    int64_t run; /* in the keys */
    worker workers[THREADS];
    atomic_bool stop;
    pthread_mutex_t lock; /* of the problem */
    char problem[600];    /* the first one; "": none */
    vg_pool_stats stats;
};

/* Open (and create) the ledger of a folder and work on it for c->seconds. False: something
 * went wrong, c->problem says what. */
bool ledger_work(crew *c);

typedef struct checked {
    int64_t entries, acknowledged;
} checked;

/* Look at all that must hold; false after saying on stderr what does not. */
bool ledger_check(const char *folder, checked *out);

/* Remove the folder of a ledger. */
void ledger_remove(const char *folder);

/* Key: run << 32 | thread << 26 | serial. */
static inline int64_t ledger_key(int64_t run, int thread, int64_t serial)
{
    return run << 32 | (int64_t)thread << 26 | serial;
}

// clang-format off
TABLE(purses,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(amount, INTEGER, NOT_NULL),
    CHECK(purses_amount, "amount >= 0"))

TABLE(entries,
    COLUMN(key,     INTEGER, PRIMARY_KEY),
    COLUMN(from_id, INTEGER, NOT_NULL, REFERENCES(purses, id)),
    COLUMN(to_id,   INTEGER, NOT_NULL, REFERENCES(purses, id)),
    COLUMN(amount,  INTEGER, NOT_NULL),
    COLUMN(note,    TEXT,    NOT_NULL),
    INDEX(entries_from_idx, from_id),
    INDEX(entries_to_idx, to_id))
// clang-format on

SCHEMA(ledger, purses, entries)
