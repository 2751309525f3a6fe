/* Pools, inside: the places that connections have, and the two queues for them.
 *
 *     pool --> sides[write] -> place 0          free places: a list, the warmest first
 *          '-> sides[read]  -> place 1 .. n     waiters: a queue, the oldest first
 *
 * The mutex guards everything but the connection of a taken place, which is its taker's.
 * pool.c queues and counts; lend.c makes connections fit to lend and takes them back. */
#pragma once
#include "core/driver.h"
#include <pthread.h>
#include <virga/pool.h>

typedef struct vg_place vg_place;
typedef struct vg_waiter vg_waiter;
typedef struct vg_side vg_side;

struct vg_place {
    vg_pool *pool;
    vg_side *side;
    vg_db *db; /* NULL: not open */
    bool taken;
    bool suspect;     /* look at it before it is lent again */
    const char *here; /* of the taker */
    int64_t since_ns; /* taken or released */
    int64_t rest_ns;  /* lay unused before it was taken */
    vg_place *colder; /* free: the next one */
};

struct vg_waiter {
    pthread_cond_t wake;
    vg_place *got;
    const char *here;
    vg_waiter *next;
};

struct vg_side {
    const char *name;
    vg_place *free;
    vg_waiter *first, *last;
    size_t count; /* of places */
    vg_pool_use use;
};

struct vg_pool {
    pthread_mutex_t lock;
    pthread_cond_t given_back; /* for vg_pool_close */
    pthread_condattr_t monotonic;
    char *url;
    vg_pool_options options;
    vg_side sides[2]; /* by vg_pool_mode */
    vg_place *places;
    size_t place_count;
    bool alone;     /* one place, for both modes */
    bool read_only; /* no writer */
    bool begun;     /* the first connection has been opened */
    bool closing;
    int64_t log_next; /* bytes; the writer's: when to try a checkpoint again */
    vg_pool_stats stats;
};

int64_t vg__now_ns(void);

/* This thread's error of `pool`: none. */
void vg__pool_begin(const vg_pool *pool);
/* Record one; returns `code`. */
int vg__pool_fail(const vg_pool *pool, int code, const char *here, const char *format,
                  ...) VG_PRINTF(4, 5);
/* The same, as a connection says it (db may be NULL: no memory). */
int vg__pool_fail_as(const vg_pool *pool, const vg_db *db, const char *here);
/* Tell the hook this thread's error. */
void vg__pool_report(const vg_pool *pool);

/* For lend.c, of a taken place and without the lock: a connection that is open, sound and
 * right for `mode`; else a vg_code after vg__pool_fail. `until_ns`: when to give up. */
int vg__lend(vg_place *place, vg_pool_mode mode, int64_t until_ns);
/* End what its taker left open: VG_OK, or VG_MISUSE after vg__pool_fail. */
int vg__take_back(vg_place *place);
void vg__place_close(vg_place *place);
/* Of the writer: a checkpoint, when the log has outgrown its limit. */
void vg__empty_log(vg_place *place);
