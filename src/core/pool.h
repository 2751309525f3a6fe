/* Pools, inside: the places that connections have, by server, and a queue for each.
 *
 *     pool --> sides[0]   the writer, the primary --> place 0 .. n
 *          '-> sides[1..] the readers; or replicas --> place .. n
 *
 * A side has its free places (a list, the warmest first) and who waits for one (a queue, the
 * oldest first). The mutex guards everything but the connection of a taken place, which is
 * its taker's.
 *
 *     pool.c       taking and giving back
 *     pool_queue.c who has which place, and who is next
 *     pool_open.c  opening and closing the pool
 *     pool_error.c each thread's last failure
 *     lend.c       makes connections fit to lend and takes them back
 *     away.c       servers that cannot be reached
 *     replica.c    which replica is read, and what a thread must see */
#pragma once
#include "base/clock.h"
#include "core/driver.h"
#include <pthread.h>
#include <virga/pool.h>

typedef struct vg_place vg_place;
typedef struct vg_waiter vg_waiter;
typedef struct vg_side vg_side;

/* What somebody who takes a connection asks for. */
typedef struct vg_wish {
    vg_pool_mode mode;
    const char *here;
    int64_t patience_ns, until_ns;
    uint64_t mark;  /* what a replica must have */
    uint64_t tried; /* replicas that did not do: a bit each */
} vg_wish;

struct vg_place {
    vg_pool *pool;
    vg_side *side;
    vg_db *db; /* NULL: not open */
    bool taken;
    bool suspect;     /* look at it before it is lent again */
    bool refused;     /* it was to write and could not: is that still the primary? */
    bool unset;       /* reset: the setup is to be run again */
    bool writes;      /* taken to write */
    const char *here; /* of the taker */
    int64_t since_ns; /* taken or released */
    int64_t rest_ns;  /* lay unused before it was taken */
    int64_t open_ns;  /* when it was opened */
    int64_t end_ns;   /* max_age_ms: when it is to be replaced; 0: never */
    uint64_t seen;    /* a replica's: how far it is known to be */
    vg_place *colder; /* free: the next one */
    bool hungry;      /* taken, and its taker waits for the server */
    vg_place *next_hungry;
};

struct vg_waiter {
    pthread_cond_t wake;
    vg_place *got;
    const vg_wish *wish;
    vg_waiter *next;
};

/* A server that cannot be reached: one of those who want it tries, the others wait. */
typedef struct vg_absence {
    int64_t since_ns; /* 0: it is here */
    int64_t try_ns;   /* whoever has the time to wait tries not before */
    int64_t next_ns;  /* and nobody before that */
    int64_t pause_ns;
    uint64_t attempts;
    bool trying;
    vg_error why;
} vg_absence;

struct vg_side {
    const char *name; /* of a place, in messages */
    const char *url;
    bool read_only; /* its connections cannot write */
    bool replica;
    size_t keep; /* connections that are not closed for lack of use */
    vg_place *places;
    size_t count; /* of places */
    vg_place *free;
    vg_waiter *first;
    vg_place *hungry; /* the oldest first: what comes free goes there */
    vg_pool_use use;
    pthread_cond_t back; /* the absence has changed */
    vg_absence away;
    int64_t stale_ns; /* what was opened before is not to be used any more */

    int weight; /* a replica's */
    bool lagging;
    int64_t lag_ms;    /* as last seen; -1: not known */
    int64_t looked_ns; /* at the lag; 0: never */
};

struct vg_pool {
    pthread_mutex_t lock;
    pthread_cond_t given_back; /* for vg_pool_close */
    pthread_condattr_t monotonic;
    vg_pool_options options;
    const vg_operations *operations;
    vg_side *sides;
    size_t side_count;
    vg_place *places; /* of all sides, in their order */
    size_t place_count;
    size_t size;    /* of the pool, all its parts included */
    bool alone;     /* one place, for all modes */
    bool read_only; /* no writer */
    bool begun;     /* the first connection has been opened */
    bool closing;
    int64_t log_next; /* bytes; the writer's: when to try a checkpoint again */
    uint64_t id;      /* never used twice */
    uint64_t written; /* the furthest mark of all threads */
    uint64_t random;
    vg_pool_stats stats;
};

static const int64_t vg__ms = 1000000; /* in nanoseconds */

/* The time of a moment that is `ns` on the monotonic clock. */
struct timespec vg__at(int64_t ns);

/* A number below `below`, which is above 0. Locked. */
uint64_t vg__pool_random(vg_pool *pool, uint64_t below);

/* ---- pool_error.c ---- */

/* This thread's error of `pool`: none. */
void vg__pool_begin(const vg_pool *pool);
/* Record one; returns `code`. */
int vg__pool_fail(const vg_pool *pool, int code, const char *here, const char *format,
                  ...) VG_PRINTF(4, 5);
/* The same, as a connection says it (db may be NULL: no memory). */
int vg__pool_fail_as(const vg_pool *pool, const vg_db *db, const char *here);
/* The same, once more, or with other words after it. */
int vg__pool_fail_again(const vg_pool *pool, const vg_error *error, const char *here,
                        const char *format, ...) VG_PRINTF(4, 5);
/* Tell the hook this thread's error. */
void vg__pool_report(const vg_pool *pool);
/* This thread's error becomes that of opening: its pool does not come to be. */
int vg__pool_unborn(void);

/* ---- pool_queue.c ---- */

/* A place of `side` for the wish; NULL after vg__pool_fail. Locked. */
vg_place *vg__place_take(vg_side *side, const vg_wish *wish);
/* The same without a queue or a count, of the free places. Locked. */
void vg__place_mark(vg_place *place, const char *here);
/* Hand a taken place to the one who waits longest, or put it with the free ones. Locked. */
void vg__place_pass_on(vg_place *place);
/* Put the connection of a free place into this one. False: none is open. Locked. */
bool vg__place_inherit(vg_place *place);
/* Stand in line for a connection that comes free; leave the line. Locked. */
void vg__place_hunger(vg_place *place);
void vg__place_sated(vg_place *place);
/* Of the taken places (of one side, or NULL: of all) the one that has been so longest. */
const vg_place *vg__longest_taken(const vg_pool *pool, const vg_side *side);
int vg__pool_refuse(const vg_pool *pool, const char *here);

/* ---- pool_open.c ---- */

/* Nobody has anything of it any more. */
void vg__pool_destroy(vg_pool *pool);

/* ---- lend.c: of a taken place and without the lock ---- */

/* A connection that is open, sound and right for the wish; else a vg_code after
 * vg__pool_fail. */
int vg__lend(vg_place *place, const vg_wish *wish);
/* End what its taker left open: VG_OK, or VG_MISUSE after vg__pool_fail. */
int vg__take_back(vg_place *place);
/* One attempt, until then at most. */
int vg__place_open(vg_place *place, int64_t until_ns);
/* Close and count it, beside `counter` (NULL: just so). */
void vg__place_close(vg_place *place, uint64_t *counter);
/* Of the writer: a checkpoint, when the log has outgrown its limit. */
void vg__empty_log(vg_place *place);
/* How far its server is, asked within a second or two. */
int vg__place_position(vg_place *place, vg_position *out);

/* ---- away.c ---- */

/* Open the connection of a taken place: try again, in turns with others, until it is open or
 * the wish's time is up. *second_hand: it is one that somebody else has given back meanwhile,
 * and not looked at. Without the lock. */
int vg__away_open(vg_place *place, const vg_wish *wish, bool *second_hand);

/* ---- replica.c ---- */

/* A replica to try for the wish, which remembers it; NULL: no other one will do. Locked. */
vg_side *vg__replica_pick(vg_pool *pool, vg_wish *wish);
/* Whether a lent connection shows enough; else a vg_code after vg__pool_fail. */
int vg__replica_fits(vg_place *place, const vg_wish *wish);
/* What this thread must see. */
uint64_t vg__mark_of(vg_pool *pool);
/* The thread has written through the place and gives it back. */
void vg__mark_written(vg_place *place);
