/* Replicas: which one is read, and whether it shows what the reader must see.
 *
 * How far a server is it says itself (vg_position): the primary when somebody who wrote
 * gives his connection back, and that is the thread's mark; a replica when a thread that has
 * a mark is about to read it. What a replica has once shown it goes on showing, on the same
 * connection; so it is asked again only for marks beyond that. */
#include "core/pool.h"

/* ---- picking ---- */

static int64_t check_ns(const vg_pool *pool)
{
    int ms = pool->options.replica_check_ms;
    return (ms > 0 ? ms : 1000) * vg__ms;
}

static bool usable(const vg_side *side, int64_t now)
{
    const vg_absence *a = &side->away;
    if (a->since_ns && (a->trying || now < a->try_ns))
        return false;
    return !side->lagging || now - side->looked_ns >= check_ns(side->places->pool);
}

/* Those that may be tried; with `free`, only where somebody need not wait. */
static size_t find_fit(const vg_pool *pool, const vg_wish *wish, bool free, size_t *fit)
{
    int64_t now = vg__clock();
    size_t count = 0;
    for (size_t i = 0; i < pool->options.replica_count; i++) {
        const vg_side *side = &pool->sides[i + 1];
        if (!(wish->tried >> i & 1) && usable(side, now) && (side->free || !free))
            fit[count++] = i;
    }
    return count;
}

static size_t by_weight(vg_pool *pool, const size_t *fit, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (uint64_t)pool->sides[fit[i] + 1].weight;
    uint64_t at = vg__pool_random(pool, sum);
    for (size_t i = 0; i < count; i++) {
        uint64_t weight = (uint64_t)pool->sides[fit[i] + 1].weight;
        if (at < weight)
            return fit[i];
        at -= weight;
    }
    return fit[0];
}

static size_t by_choice(const vg_pool *pool, const size_t *fit, size_t count)
{
    size_t wanted = pool->options.pick(pool->options.pick_ctx, fit, count);
    for (size_t i = 0; i < count; i++)
        if (fit[i] == wanted)
            return wanted;
    return fit[0];
}

vg_side *vg__replica_pick(vg_pool *pool, vg_wish *wish)
{
    size_t fit[64];
    size_t count = find_fit(pool, wish, true, fit);
    if (!count)
        count = find_fit(pool, wish, false, fit);
    if (!count)
        return NULL;
    size_t i =
        pool->options.pick ? by_choice(pool, fit, count) : by_weight(pool, fit, count);
    wish->tried |= UINT64_C(1) << i;
    return &pool->sides[i + 1];
}

/* ---- marks: what each thread must see, of the pools it has written through ---- */

static _Thread_local struct {
    struct {
        uint64_t pool, mark; /* the pool's id */
    } of[8];
    bool full; /* a mark was forgotten for want of room */
} marks;

uint64_t vg__mark_of(vg_pool *pool)
{
    if (!pool->options.read_your_writes)
        return 0;
    for (size_t i = 0; i < sizeof marks.of / sizeof *marks.of; i++)
        if (marks.of[i].pool == pool->id)
            return marks.of[i].mark;
    if (!marks.full)
        return 0;
    pthread_mutex_lock(&pool->lock);
    uint64_t furthest = pool->written;
    pthread_mutex_unlock(&pool->lock);
    return furthest;
}

/* The most recent pool comes first; the last one is forgotten. */
static void set_mark(uint64_t pool, uint64_t mark)
{
    size_t last = sizeof marks.of / sizeof *marks.of - 1, i = 0;
    while (i < last && marks.of[i].pool != pool)
        i++;
    if (marks.of[i].pool && marks.of[i].pool != pool)
        marks.full = true;
    for (; i > 0; i--)
        marks.of[i] = marks.of[i - 1];
    marks.of[0].pool = pool;
    marks.of[0].mark = mark;
}

void vg__mark_written(vg_place *place)
{
    vg_pool *pool = place->pool;
    vg_position now;
    if (!pool->options.read_your_writes || !pool->options.replica_count)
        return;
    /* Not to be told: then only the primary is sure to have it. */
    uint64_t mark = vg__place_position(place, &now) == VG_OK ? now.at : UINT64_MAX;
    set_mark(pool->id, mark);
    pthread_mutex_lock(&pool->lock);
    if (mark > pool->written)
        pool->written = mark;
    pthread_mutex_unlock(&pool->lock);
}

uint64_t vg_pool_mark(const vg_pool *pool)
{
    return vg__mark_of((vg_pool *)(uintptr_t)pool);
}

void vg_pool_follow(vg_pool *pool, uint64_t mark)
{
    if (pool->options.read_your_writes && mark > vg__mark_of(pool))
        set_mark(pool->id, mark);
}

/* ---- looking ---- */

static bool lag_is_due(const vg_place *place)
{
    const vg_pool *pool = place->pool;
    const vg_side *side = place->side;
    return pool->options.max_lag_ms > 0 &&
           (!side->looked_ns || vg__clock() - side->looked_ns >= check_ns(pool));
}

/* Locked. */
static void note_position(vg_place *place, const vg_position *p)
{
    vg_pool *pool = place->pool;
    vg_side *side = place->side;
    int max = pool->options.max_lag_ms;
    place->seen = p->at;
    side->lag_ms = p->lag_ms;
    side->looked_ns = vg__clock();
    side->lagging = max > 0 && p->lag_ms > max;
    pool->stats.lagging += side->lagging;
}

int vg__replica_fits(vg_place *place, const vg_wish *wish)
{
    vg_pool *pool = place->pool;
    vg_position p;
    pthread_mutex_lock(&pool->lock);
    bool look = lag_is_due(place) || wish->mark > place->seen;
    pthread_mutex_unlock(&pool->lock);
    if (!look)
        return VG_OK;
    int rc = vg__place_position(place, &p);
    if (rc != VG_OK) {
        place->suspect = true;
        vg__pool_fail_as(pool, place->db, wish->here);
        return VG_CONNECT;
    }
    pthread_mutex_lock(&pool->lock);
    note_position(place, &p);
    bool lagging = place->side->lagging;
    pthread_mutex_unlock(&pool->lock);
    if (lagging)
        return vg__pool_fail(pool, VG_CONNECT, wish->here,
                             "the replica is %lld ms behind, and max_lag_ms is %d",
                             (long long)p.lag_ms, pool->options.max_lag_ms);
    if (wish->mark > p.at)
        return vg__pool_fail(pool, VG_CONNECT, wish->here,
                             "the replica does not have yet what this thread has "
                             "written");
    return VG_OK;
}
