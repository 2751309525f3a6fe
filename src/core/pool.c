/* Pools: taking a connection and giving it back. */
#include "core/pool.h"
#include <stdio.h>

static int64_t wait_ns(const vg_pool *pool, int wait_ms)
{
    if (!wait_ms)
        wait_ms = pool->options.wait_ms ? pool->options.wait_ms : 5000;
    return wait_ms > 0 ? wait_ms * vg__ms : 0;
}

/* ---- taking ---- */

static int take_from(vg_side *side, const vg_wish *wish, vg_db **db)
{
    vg_pool *pool = side->places->pool;
    pthread_mutex_lock(&pool->lock);
    vg_place *place = vg__place_take(side, wish);
    pthread_mutex_unlock(&pool->lock);
    if (!place)
        return vg_pool_result(pool);
    place->writes = wish->mode == VG_POOL_WRITE;
    int rc = vg__lend(place, wish);
    if (rc == VG_OK) {
        *db = place->db;
        return rc;
    }
    pthread_mutex_lock(&pool->lock);
    vg__place_pass_on(place);
    pthread_mutex_unlock(&pool->lock);
    return rc;
}

/* From a replica, one after the other. VG_CONNECT: none will do. */
static int take_from_replicas(vg_pool *pool, vg_wish *wish, vg_db **db)
{
    wish->mark = vg__mark_of(pool);
    int rc = VG_CONNECT;
    while (rc == VG_CONNECT) {
        pthread_mutex_lock(&pool->lock);
        vg_side *side = vg__replica_pick(pool, wish);
        pthread_mutex_unlock(&pool->lock);
        if (!side)
            break;
        rc = take_from(side, wish, db);
    }
    if (rc != VG_CONNECT)
        return rc;
    if (pool->options.only_replicas) {
        const vg_error *why = vg_pool_errinfo(pool);
        return why->code ? vg__pool_fail_again(pool, why, wish->here,
                                               " (and no other replica can be read)")
                         : vg__pool_fail(pool, rc, wish->here,
                                         "no replica can be read: they are away or "
                                         "too far behind");
    }
    vg__pool_begin(pool);
    pthread_mutex_lock(&pool->lock);
    pool->stats.to_primary++;
    pthread_mutex_unlock(&pool->lock);
    return rc;
}

int vg_pool_take(vg_pool *pool, vg_pool_mode mode, vg_db **db, int wait_ms,
                 const char *here)
{
    *db = NULL;
    vg__pool_begin(pool);
    if (mode == VG_POOL_WRITE && pool->read_only)
        return vg__pool_fail(pool, VG_READ_ONLY, here,
                             "the database can only be read: the pool has no writer");
    vg_wish wish = {.mode = mode, .here = here, .patience_ns = wait_ns(pool, wait_ms)};
    wish.until_ns = vg__clock() + wish.patience_ns;
    if (mode == VG_POOL_READ && pool->options.replica_count) {
        int rc = take_from_replicas(pool, &wish, db);
        if (rc != VG_CONNECT || pool->options.only_replicas)
            return rc;
    }
    bool reader = mode != VG_POOL_WRITE && pool->operations->one_writer && !pool->alone;
    return take_from(&pool->sides[reader], &wish, db);
}

/* ---- giving back ---- */

/* A connection that nobody has needed for long; taken from the free ones. Locked. */
static vg_place *idle_place(vg_pool *pool, vg_side *side, int64_t now)
{
    int64_t limit = pool->options.idle_close_ms * vg__ms;
    if (side->use.open <= side->keep)
        return NULL;
    for (vg_place **p = &side->free; *p; p = &(*p)->colder) {
        vg_place *place = *p;
        if (!place->db || now - place->since_ns < limit)
            continue;
        *p = place->colder;
        vg__place_mark(place, "the pool");
        side->use.taken--;
        return place;
    }
    return NULL;
}

/* Locked, except while it closes one. The caller has a place, so the pool stays. */
static void close_idle(vg_pool *pool)
{
    if (pool->options.idle_close_ms <= 0)
        return;
    int64_t now = vg__clock();
    for (size_t i = 0; i < pool->side_count; i++) {
        vg_place *place;
        while ((place = idle_place(pool, &pool->sides[i], now)) != NULL) {
            pthread_mutex_unlock(&pool->lock);
            vg__place_close(place, &pool->stats.idle_closed);
            pthread_mutex_lock(&pool->lock);
            vg__place_pass_on(place);
        }
    }
}

/* How long it was taken; and from now on it rests. Locked. */
static void note_hold(vg_place *place)
{
    vg_pool_use *use = &place->side->use;
    int64_t now = vg__clock(), held = now - place->since_ns;
    place->since_ns = now;
    if (held <= use->longest_hold)
        return;
    use->longest_hold = held;
    snprintf(use->longest_here, sizeof use->longest_here, "%s", place->here);
}

static int refuse_release(vg_pool *pool, const char *why)
{
    return vg__pool_fail(pool, VG_MISUSE, NULL, "vg_pool_release: the connection is %s",
                         why);
}

int vg_pool_release(vg_pool *pool, vg_db *db)
{
    vg__pool_begin(pool);
    if (!db)
        return VG_OK;
    vg_place *place = db->home;
    if (!place || place->pool != pool)
        return refuse_release(pool, "not of this pool");
    pthread_mutex_lock(&pool->lock);
    bool taken = place->taken;
    pthread_mutex_unlock(&pool->lock);
    if (!taken)
        return refuse_release(pool, "released already");
    int rc = vg__take_back(place);
    if (rc != VG_OK)
        vg__pool_report(pool);
    else if (place->writes && place->db)
        vg__empty_log(place);
    pthread_mutex_lock(&pool->lock);
    note_hold(place);
    if (!place->side->first)
        close_idle(pool);
    vg__place_pass_on(place); /* the pool may be gone once the lock is */
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

/* ---- telling ---- */

static void add_use(vg_pool_use *sum, const vg_pool_use *use)
{
    sum->open += use->open;
    sum->in_use += use->in_use;
    sum->waiting += use->waiting;
    sum->taken += use->taken;
    sum->waits += use->waits;
    sum->timeouts += use->timeouts;
    sum->wait_ns += use->wait_ns;
    if (use->longest_wait > sum->longest_wait)
        sum->longest_wait = use->longest_wait;
    if (use->longest_hold <= sum->longest_hold)
        return;
    sum->longest_hold = use->longest_hold;
    memcpy(sum->longest_here, use->longest_here, sizeof sum->longest_here);
}

vg_pool_stats vg_pool_statistics(vg_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    vg_pool_stats stats = pool->stats;
    for (size_t i = 0; i < pool->side_count; i++)
        add_use(i ? &stats.read : &stats.write, &pool->sides[i].use);
    pthread_mutex_unlock(&pool->lock);
    return stats;
}

bool vg_pool_server_at(vg_pool *pool, size_t i, vg_pool_server *out)
{
    *out = (vg_pool_server){.lag_ms = -1};
    if (i >= pool->side_count)
        return false;
    const vg_side *side = &pool->sides[i];
    pthread_mutex_lock(&pool->lock);
    out->primary = !side->replica;
    out->away = side->away.since_ns != 0;
    if (out->away) {
        out->away_ms = (vg__clock() - side->away.since_ns) / vg__ms;
        snprintf(out->why, sizeof out->why, "%.199s", side->away.why.message);
    }
    out->lagging = side->lagging;
    out->lag_ms = side->replica && side->looked_ns ? side->lag_ms : -1;
    out->use = side->use;
    pthread_mutex_unlock(&pool->lock);
    return true;
}

bool vg_primary(const vg_db *db)
{
    return !db->home || !db->home->side->replica;
}

/* ---- the end ---- */

/* Everything is given back and nobody is inside any more. Locked. */
static bool quiet(const vg_pool *pool)
{
    for (size_t i = 0; i < pool->side_count; i++)
        if (pool->sides[i].use.in_use || pool->sides[i].use.waiting)
            return false;
    return true;
}

static int fail_taken(vg_pool *pool)
{
    const vg_place *p = vg__longest_taken(pool, NULL);
    uint64_t n = 0;
    for (size_t i = 0; i < pool->side_count; i++)
        n += pool->sides[i].use.in_use;
    return vg__pool_fail(pool, VG_BUSY, p ? p->here : NULL,
                         "vg_pool_close: %llu connection%s still taken; the longest "
                         "at %s, %lld ms ago",
                         (unsigned long long)n, n == 1 ? " is" : "s are",
                         p && p->here ? p->here : "?",
                         p ? (long long)((vg__clock() - p->since_ns) / vg__ms) : 0);
}

int vg_pool_close(vg_pool *pool, int wait_ms)
{
    if (!pool)
        return VG_OK;
    vg__pool_begin(pool);
    struct timespec until = vg__at(vg__clock() + wait_ns(pool, wait_ms));
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    for (size_t i = 0; i < pool->side_count; i++) {
        pthread_cond_broadcast(&pool->sides[i].back);
        for (vg_waiter *w = pool->sides[i].first; w; w = w->next)
            pthread_cond_signal(&w->wake);
    }
    int rc = 0;
    while (!quiet(pool) && rc == 0)
        rc = pthread_cond_timedwait(&pool->given_back, &pool->lock, &until);
    bool done = quiet(pool);
    int code = done ? VG_OK : fail_taken(pool);
    pthread_mutex_unlock(&pool->lock);
    if (done)
        vg__pool_destroy(pool);
    else
        vg__pool_report(pool);
    return code;
}
