/* Servers that cannot be reached. The first who finds one away says so; from then on one of
 * those who want it tries at a time, after pauses that grow and differ (10 ms to 1 s), and
 * the others wait for what becomes of it: a server that comes back is not run down. */
#include "core/pool.h"

/* What may pass: a server that starts again, a file that is being replaced, a disk that is
 * away for a moment. A wrong password (class 28) or database (3D) will not. */
static bool may_pass(const vg_error *e)
{
    if (strncmp(e->sqlstate, "28", 2) == 0 || strncmp(e->sqlstate, "3D", 2) == 0)
        return false;
    return e->code == VG_CONNECT || e->code == VG_IO || e->code == VG_BUSY;
}

/* Several may find it out at once; only whose turn it was makes the pause longer. Locked. */
static void note_absence(vg_side *side, bool turn, int64_t took_ns)
{
    vg_pool *pool = side->places->pool;
    vg_absence *a = &side->away;
    int64_t now = vg__clock(), least = 10 * vg__ms, most = 1000 * vg__ms;
    if (!a->since_ns) {
        *a = (vg_absence){.since_ns = now};
        pool->stats.outages++;
    }
    a->why = *vg_pool_errinfo(pool);
    a->attempts++;
    a->next_ns = now + least;
    if (a->pause_ns && !turn)
        return;
    a->pause_ns = a->pause_ns * 2 < least  ? least
                  : a->pause_ns * 2 < most ? a->pause_ns * 2
                                           : most;
    /* One that keeps its callers waiting is not worth it so soon, where there are others. */
    if (side->replica && a->pause_ns < took_ns * 5)
        a->pause_ns = took_ns * 5;
    int64_t half = a->pause_ns / 2;
    a->try_ns = now + half + (int64_t)vg__pool_random(pool, (uint64_t)half + 1);
}

static int fail_away(const vg_side *side, const vg_wish *wish, int64_t begun)
{
    const vg_absence *a = &side->away;
    vg_pool *pool = side->places->pool;
    int64_t now = vg__clock();
    return vg__pool_fail_again(pool, &a->why, wish->here,
                               " (waited %lld ms; away for %lld ms, tried %llu times)",
                               (long long)((now - begun) / vg__ms),
                               (long long)((now - a->since_ns) / vg__ms),
                               (unsigned long long)a->attempts);
}

/* One attempt. Locked, except meanwhile. */
static int attempt(vg_place *place, int64_t until_ns)
{
    vg_side *side = place->side;
    vg_pool *pool = place->pool;
    bool turn = side->away.since_ns != 0;
    side->away.trying = turn;
    int64_t begun = vg__clock();
    pthread_mutex_unlock(&pool->lock);
    int rc = vg__place_open(place, until_ns);
    pthread_mutex_lock(&pool->lock);
    if (turn)
        side->away.trying = false;
    if (rc == VG_OK) {
        side->away.since_ns = 0;
        side->away.pause_ns = 0;
    } else if (may_pass(vg_pool_errinfo(pool))) {
        note_absence(side, turn, vg__clock() - begun);
    }
    pthread_cond_broadcast(&side->back);
    return rc;
}

/* Who must go before the pause is over need not go without having tried. */
static int64_t next_attempt(const vg_absence *a, int64_t until_ns, bool tried)
{
    return a->try_ns < until_ns || tried ? a->try_ns : a->next_ns;
}

/* Wait for the next attempt, or for what comes of another's. Locked. */
static void wait_for_news(vg_place *place, int64_t until_ns, bool tried)
{
    vg_side *side = place->side;
    const vg_absence *a = &side->away;
    vg__place_hunger(place);
    int64_t next = next_attempt(a, until_ns, tried);
    int64_t end = !a->trying && next < until_ns ? next : until_ns;
    struct timespec until = vg__at(end);
    pthread_cond_timedwait(&side->back, &side->places->pool->lock, &until);
}

/* A replica is tried once, and briefly: there are others, and the primary. */
static int open_replica(vg_place *place, const vg_wish *wish, int64_t begun)
{
    vg_side *side = place->side;
    int64_t briefly = begun + 1000 * vg__ms;
    if (side->away.since_ns && (side->away.trying || begun < side->away.try_ns))
        return fail_away(side, wish, begun);
    return attempt(place, wish->until_ns < briefly ? wish->until_ns : briefly);
}

/* A server may also take no more connections: then one that comes free is as good. */
static int open_side(vg_place *place, const vg_wish *wish, int64_t begun,
                     bool *second_hand)
{
    vg_side *side = place->side;
    const vg_absence *a = &side->away;
    bool tried = false;
    for (bool first = true;; first = false) {
        int64_t now = vg__clock();
        bool turn = !a->since_ns ||
                    (!a->trying && now >= next_attempt(a, wish->until_ns, tried));
        if (place->pool->closing)
            return vg__pool_refuse(place->pool, wish->here);
        *second_hand = place->db || (a->since_ns && vg__place_inherit(place));
        if (*second_hand)
            return VG_OK;
        if (!first && now >= wish->until_ns)
            return a->since_ns
                       ? fail_away(side, wish, begun)
                       : vg__pool_fail_again(place->pool, &a->why, wish->here,
                                             " (waited %lld ms)",
                                             (long long)((now - begun) / vg__ms));
        if (!turn) {
            wait_for_news(place, wish->until_ns, tried);
            continue;
        }
        vg__place_sated(place);
        int rc = attempt(place, wish->until_ns);
        tried = true;
        if (rc == VG_OK || !may_pass(vg_pool_errinfo(place->pool)))
            return rc;
    }
}

int vg__away_open(vg_place *place, const vg_wish *wish, bool *second_hand)
{
    *second_hand = false;
    int64_t begun = vg__clock();
    pthread_mutex_lock(&place->pool->lock);
    int rc = place->side->replica ? open_replica(place, wish, begun)
                                  : open_side(place, wish, begun, second_hand);
    vg__place_sated(place);
    pthread_mutex_unlock(&place->pool->lock);
    return rc;
}
