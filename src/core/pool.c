/* Pools: who has which connection, and who is next. */
#include "core/pool.h"
#include "core/db.h"
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

static const int64_t ms = 1000000; /* in nanoseconds */

int64_t vg__now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ---- errors: each thread's own, since there may be no connection to hold one ---- */

static _Thread_local struct {
    const vg_pool *pool;
    vg_error error;
} last;

void vg__pool_begin(const vg_pool *pool)
{
    last.pool = pool;
    last.error.code = VG_OK;
}

int vg__pool_fail(const vg_pool *pool, int code, const char *here, const char *format,
                  ...)
{
    va_list args;
    last.pool = pool;
    last.error = (vg_error){.code = code};
    memcpy(last.error.sqlstate, vg_code_sqlstate(code), sizeof last.error.sqlstate);
    va_start(args, format);
    vsnprintf(last.error.message, sizeof last.error.message, format, args);
    va_end(args);
    vg__error_place(&last.error, here);
    return code;
}

int vg__pool_fail_as(const vg_pool *pool, const vg_db *db, const char *here)
{
    if (!db)
        return vg__pool_fail(pool, VG_NO_MEMORY, here, "out of memory");
    last.pool = pool;
    last.error = db->error;
    vg__error_place(&last.error, here);
    return last.error.code;
}

void vg__pool_report(const vg_pool *pool)
{
    if (pool->options.report)
        pool->options.report(pool->options.report_ctx, &last.error);
}

const vg_error *vg_pool_errinfo(const vg_pool *pool)
{
    static const vg_error none;
    return last.pool == pool && last.error.code ? &last.error : &none;
}

const char *vg_pool_errmsg(const vg_pool *pool)
{
    return vg_pool_errinfo(pool)->message;
}

int vg_pool_result(const vg_pool *pool)
{
    return vg_pool_errinfo(pool)->code;
}

/* ---- places ---- */

static int64_t wait_ns(const vg_pool *pool, int wait_ms)
{
    if (!wait_ms)
        wait_ms = pool->options.wait_ms ? pool->options.wait_ms : 5000;
    return wait_ms > 0 ? wait_ms * ms : 0;
}

static struct timespec at(int64_t ns)
{
    return (struct timespec){ns / 1000000000, ns % 1000000000};
}

static void mark(vg_place *place, const char *here)
{
    int64_t now = vg__now_ns();
    place->taken = true;
    place->here = here;
    place->rest_ns = now - place->since_ns;
    place->since_ns = now;
    place->side->use.in_use++;
    place->side->use.taken++;
}

/* Hand a place to the one who waits longest, or put it with the free ones. Locked. */
static void pass_on(vg_place *place)
{
    vg_pool *pool = place->pool;
    vg_side *side = place->side;
    vg_waiter *next = pool->closing ? NULL : side->first;
    place->taken = false;
    side->use.in_use--;
    if (next) {
        side->first = next->next;
        next->got = place;
        mark(place, next->here);
        pthread_cond_signal(&next->wake);
        return;
    }
    vg_place **to = &side->free;
    while (!place->db && *to) /* what is not open comes last */
        to = &(*to)->colder;
    place->colder = *to;
    *to = place;
    pthread_cond_signal(&pool->given_back);
}

static void forget(vg_side *side, vg_waiter *waiter)
{
    vg_waiter **w = &side->first;
    while (*w && *w != waiter)
        w = &(*w)->next;
    if (*w)
        *w = waiter->next;
}

static void enqueue(vg_side *side, vg_waiter *waiter)
{
    vg_waiter **w = &side->first;
    while (*w)
        w = &(*w)->next;
    *w = waiter;
}

/* In line until a place is handed over. Locked; NULL: too late, or closing. */
static vg_place *wait_for(vg_pool *pool, vg_side *side, const char *here,
                          int64_t until_ns)
{
    vg_waiter waiter = {.here = here};
    struct timespec until = at(until_ns);
    int64_t begun = vg__now_ns();
    if (pthread_cond_init(&waiter.wake, &pool->monotonic) != 0)
        return NULL;
    enqueue(side, &waiter);
    side->use.waiting++;
    side->use.waits++;
    int rc = 0;
    while (!waiter.got && !pool->closing && rc == 0)
        rc = pthread_cond_timedwait(&waiter.wake, &pool->lock, &until);
    if (!waiter.got)
        forget(side, &waiter);
    pthread_cond_destroy(&waiter.wake);
    int64_t waited = vg__now_ns() - begun;
    side->use.waiting--;
    side->use.wait_ns += waited;
    if (waited > side->use.longest_wait)
        side->use.longest_wait = waited;
    if (pool->closing)
        pthread_cond_signal(&pool->given_back);
    return waiter.got;
}

/* Of the taken places the one that has been so longest. Locked. */
static const vg_place *longest_taken(const vg_pool *pool, const vg_side *side)
{
    const vg_place *longest = NULL;
    for (size_t i = 0; i < pool->place_count; i++) {
        const vg_place *p = &pool->places[i];
        if (p->taken && (!side || p->side == side) &&
            (!longest || p->since_ns < longest->since_ns))
            longest = p;
    }
    return longest;
}

static int fail_busy(vg_pool *pool, vg_side *side, const char *here, int64_t waited)
{
    const vg_place *p = longest_taken(pool, side);
    const char *holder = p && p->here ? p->here : "?";
    long long held_ms = p ? (long long)((vg__now_ns() - p->since_ns) / ms) : 0;
    side->use.timeouts++;
    if (side->count == 1)
        return vg__pool_fail(pool, VG_BUSY, here,
                             "the %s did not come free within %lld ms: taken at %s, "
                             "%lld ms ago",
                             side->name, (long long)(waited / ms), holder, held_ms);
    return vg__pool_fail(pool, VG_BUSY, here,
                         "none of %zu %ss came free within %lld ms; the longest is "
                         "taken at %s, %lld ms ago",
                         side->count, side->name, (long long)(waited / ms), holder,
                         held_ms);
}

static int refuse(vg_pool *pool, const char *here)
{
    return vg__pool_fail(pool, VG_MISUSE, here, "the pool is closed");
}

/* A place for the caller. Locked. */
static vg_place *take_place(vg_pool *pool, vg_side *side, const char *here,
                            int64_t patience_ns)
{
    vg_place *place = side->free;
    if (pool->closing) {
        refuse(pool, here);
        return NULL;
    }
    if (place) { /* whoever waits got it before it could be free */
        side->free = place->colder;
        mark(place, here);
        return place;
    }
    if (patience_ns)
        place = wait_for(pool, side, here, vg__now_ns() + patience_ns);
    if (!place && pool->closing)
        refuse(pool, here);
    else if (!place)
        fail_busy(pool, side, here, patience_ns);
    return place;
}

int vg_pool_take(vg_pool *pool, vg_pool_mode mode, vg_db **db, int wait_ms,
                 const char *here)
{
    *db = NULL;
    vg__pool_begin(pool);
    if (mode == VG_POOL_WRITE && pool->read_only)
        return vg__pool_fail(pool, VG_READ_ONLY, here,
                             "the database can only be read: the pool has no writer");
    vg_side *side = &pool->sides[pool->alone ? VG_POOL_WRITE : mode];
    int64_t patience = wait_ns(pool, wait_ms), until = vg__now_ns() + patience;
    pthread_mutex_lock(&pool->lock);
    vg_place *place = take_place(pool, side, here, patience);
    pthread_mutex_unlock(&pool->lock);
    if (!place)
        return last.error.code;
    int rc = vg__lend(place, mode, until);
    if (rc == VG_OK) {
        *db = place->db;
        return rc;
    }
    pthread_mutex_lock(&pool->lock);
    pass_on(place);
    pthread_mutex_unlock(&pool->lock);
    return rc;
}

/* ---- giving back ---- */

/* A reader that nobody has needed for long; taken from the free ones. Locked. */
static vg_place *idle_place(vg_pool *pool, int64_t now)
{
    int64_t limit = pool->options.idle_close_ms * ms;
    for (vg_place **p = &pool->sides[VG_POOL_READ].free; *p; p = &(*p)->colder) {
        vg_place *place = *p;
        if (!place->db || now - place->since_ns < limit)
            continue;
        *p = place->colder;
        mark(place, "the pool");
        place->side->use.taken--;
        return place;
    }
    return NULL;
}

/* Locked, except while it closes one. The caller has a place, so the pool stays. */
static void close_idle(vg_pool *pool)
{
    if (pool->options.idle_close_ms <= 0)
        return;
    int64_t now = vg__now_ns();
    vg_place *place;
    while ((place = idle_place(pool, now)) != NULL) {
        pthread_mutex_unlock(&pool->lock);
        vg__place_close(place);
        pthread_mutex_lock(&pool->lock);
        pool->stats.idle_closed++;
        place->side->use.open--;
        pass_on(place);
    }
}

/* How long it was taken; and from now on it rests. Locked. */
static void note_hold(vg_place *place)
{
    vg_pool_use *use = &place->side->use;
    int64_t now = vg__now_ns(), held = now - place->since_ns;
    place->since_ns = now;
    if (held <= use->longest_hold)
        return;
    use->longest_hold = held;
    snprintf(use->longest_here, sizeof use->longest_here, "%s", place->here);
}

int vg_pool_release(vg_pool *pool, vg_db *db)
{
    vg__pool_begin(pool);
    if (!db)
        return VG_OK;
    vg_place *place = db->home;
    if (!place || place->pool != pool)
        return vg__pool_fail(pool, VG_MISUSE, NULL,
                             "vg_pool_release: the connection is not of this pool");
    pthread_mutex_lock(&pool->lock);
    bool taken = place->taken;
    pthread_mutex_unlock(&pool->lock);
    if (!taken)
        return vg__pool_fail(pool, VG_MISUSE, NULL,
                             "vg_pool_release: the connection is released already");
    int rc = vg__take_back(place);
    if (rc != VG_OK)
        vg__pool_report(pool);
    else if (place->side == &pool->sides[VG_POOL_WRITE])
        vg__empty_log(place);
    pthread_mutex_lock(&pool->lock);
    note_hold(place);
    if (!place->side->first)
        close_idle(pool);
    pass_on(place); /* the pool may be gone once the lock is */
    pthread_mutex_unlock(&pool->lock);
    return rc;
}

bool vg_loan_next(vg_loan *loan, vg_pool_mode mode, const char *here)
{
    if (loan->state++ == 0)
        return vg_pool_take(loan->pool, mode, &loan->db, 0, here) == VG_OK;
    vg_loan_end(loan);
    return false;
}

void vg_loan_end(vg_loan *loan)
{
    if (loan->db)
        vg_pool_release(loan->pool, loan->db);
    loan->db = NULL;
}

vg_pool_stats vg_pool_statistics(vg_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    vg_pool_stats stats = pool->stats;
    stats.read = pool->sides[VG_POOL_READ].use;
    stats.write = pool->sides[VG_POOL_WRITE].use;
    pthread_mutex_unlock(&pool->lock);
    return stats;
}

/* ---- opening and closing ---- */

static void *pool_alloc(vg_pool *pool, void *ptr, size_t old_size, size_t new_size)
{
    return vg__alloc(&pool->options.connection.allocator, ptr, old_size, new_size);
}

static void destroy(vg_pool *pool)
{
    /* The readers first: the last one out tidies up, and they may not. */
    for (size_t i = pool->place_count; i-- > 0;)
        vg__place_close(&pool->places[i]);
    pthread_cond_destroy(&pool->given_back);
    pthread_mutex_destroy(&pool->lock);
    pthread_condattr_destroy(&pool->monotonic);
    pool_alloc(pool, pool->places, pool->place_count * sizeof *pool->places, 0);
    pool_alloc(pool, pool->url, pool->url ? strlen(pool->url) + 1 : 0, 0);
    vg_allocator allocator = pool->options.connection.allocator;
    vg__alloc(&allocator, pool, sizeof *pool, 0);
}

static vg_pool *new_pool(const char *url, const vg_pool_options *options, size_t places)
{
    const vg_allocator *allocator = &options->connection.allocator;
    vg_pool *pool = vg__alloc(allocator, NULL, 0, sizeof *pool);
    if (!pool)
        return NULL;
    *pool = (vg_pool){.options = *options, .place_count = places};
    pthread_condattr_init(&pool->monotonic);
    pthread_condattr_setclock(&pool->monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->given_back, &pool->monotonic);
    size_t len = strlen(url) + 1;
    pool->places = pool_alloc(pool, NULL, 0, places * sizeof *pool->places);
    pool->url = pool_alloc(pool, NULL, 0, len);
    if (!pool->places)
        pool->place_count = 0;
    else
        memset(pool->places, 0, places * sizeof *pool->places);
    if (pool->url)
        memcpy(pool->url, url, len);
    if (pool->places && pool->url)
        return pool;
    destroy(pool);
    return NULL;
}

/* The first connection tells what kind of database it is. */
static int open_first(vg_pool *pool)
{
    vg_place *first = &pool->places[0];
    vg_side *read = &pool->sides[VG_POOL_READ], *write = &pool->sides[VG_POOL_WRITE];
    read->name = "reader";
    write->name = "writer";
    for (size_t i = 0; i < pool->place_count; i++)
        pool->places[i] = (vg_place){.pool = pool, .side = i ? read : write};
    int rc = vg__lend(first, VG_POOL_WRITE, 0);
    if (rc != VG_OK)
        return rc;
    pool->alone = vg__operations_of(first->db)->alone(first->db);
    pool->read_only = first->db->read_only;
    pool->begun = true;
    if (pool->alone) {
        write->name = "only connection";
    } else if (pool->read_only) {
        first->side = read;
        read->use.open = write->use.open;
        write->use.open = 0;
    }
    for (size_t i = pool->alone ? 1 : pool->place_count; i-- > 0;) {
        vg_place *place = &pool->places[i];
        place->since_ns = vg__now_ns();
        place->colder = place->side->free;
        place->side->free = place;
        place->side->count++;
    }
    return VG_OK;
}

static int open_all(vg_pool *pool)
{
    for (vg_place *p = pool->sides[VG_POOL_READ].free; p; p = p->colder) {
        int rc = p->db ? VG_OK : vg__lend(p, VG_POOL_READ, 0);
        if (rc != VG_OK)
            return rc;
    }
    return VG_OK;
}

int vg_pool_open(vg_pool **out, const char *url, const vg_pool_options *options)
{
    static const vg_pool_options defaults;
    const vg_pool_options *o = options ? options : &defaults;
    *out = NULL;
    vg__pool_begin(NULL);
    if (!url)
        return vg__pool_fail(NULL, VG_MISUSE, NULL, "vg_pool_open: the URL is NULL");
    size_t readers = o->readers > 0 ? (size_t)o->readers : o->readers ? 1 : 4;
    vg_pool *pool = new_pool(url, o, readers + 1);
    if (!pool)
        return vg__pool_fail(NULL, VG_NO_MEMORY, NULL, "out of memory");
    int rc = open_first(pool);
    if (rc == VG_OK && o->open_all)
        rc = open_all(pool);
    if (rc == VG_OK) {
        *out = pool;
    } else {
        destroy(pool);
        last.pool = NULL;
    }
    return rc;
}

/* Everything is given back and nobody is inside any more. Locked. */
static bool quiet(const vg_pool *pool)
{
    const vg_pool_use *r = &pool->sides[0].use, *w = &pool->sides[1].use;
    return !r->in_use && !w->in_use && !r->waiting && !w->waiting;
}

static int fail_taken(vg_pool *pool)
{
    const vg_place *p = longest_taken(pool, NULL);
    uint64_t n = pool->sides[0].use.in_use + pool->sides[1].use.in_use;
    return vg__pool_fail(pool, VG_BUSY, p ? p->here : NULL,
                         "vg_pool_close: %llu connection%s still taken; the longest "
                         "at %s, %lld ms ago",
                         (unsigned long long)n, n == 1 ? " is" : "s are",
                         p && p->here ? p->here : "?",
                         p ? (long long)((vg__now_ns() - p->since_ns) / ms) : 0);
}

int vg_pool_close(vg_pool *pool, int wait_ms)
{
    if (!pool)
        return VG_OK;
    vg__pool_begin(pool);
    struct timespec until = at(vg__now_ns() + wait_ns(pool, wait_ms));
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    for (size_t i = 0; i < 2; i++)
        for (vg_waiter *w = pool->sides[i].first; w; w = w->next)
            pthread_cond_signal(&w->wake);
    int rc = 0;
    while (!quiet(pool) && rc == 0)
        rc = pthread_cond_timedwait(&pool->given_back, &pool->lock, &until);
    bool done = quiet(pool);
    int code = done ? VG_OK : fail_taken(pool);
    pthread_mutex_unlock(&pool->lock);
    if (done)
        destroy(pool);
    else
        vg__pool_report(pool);
    return code;
}
