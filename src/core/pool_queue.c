/* The queue of a side: who has which place, and who is next. All of it with the lock. */
#include "core/pool.h"
#include <time.h>

struct timespec vg__at(int64_t ns)
{
    return (struct timespec){ns / 1000000000, ns % 1000000000};
}

uint64_t vg__pool_random(vg_pool *pool, uint64_t below)
{
    uint64_t x = pool->random;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    pool->random = x;
    return (x >> 16) % below;
}

void vg__place_mark(vg_place *place, const char *here)
{
    int64_t now = vg__clock();
    place->taken = true;
    place->here = here;
    place->rest_ns = now - place->since_ns;
    place->since_ns = now;
    place->side->use.in_use++;
    place->side->use.taken++;
}

static void add_free(vg_side *side, vg_place *place)
{
    vg_place **to = &side->free;
    while (!place->db && *to) /* what is not open comes last */
        to = &(*to)->colder;
    place->colder = *to;
    *to = place;
}

static void move_connection(vg_place *place, vg_place *from)
{
    place->db = from->db;
    place->db->home = place;
    place->suspect = from->suspect;
    place->refused = from->refused;
    place->unset = from->unset;
    place->open_ns = from->open_ns;
    place->end_ns = from->end_ns;
    place->seen = from->seen;
    place->rest_ns = vg__clock() - from->since_ns;
    from->db = NULL;
}

bool vg__place_inherit(vg_place *place)
{
    vg_side *side = place->side;
    vg_place *from = side->free;
    if (!from || !from->db)
        return false;
    side->free = from->colder;
    move_connection(place, from);
    add_free(side, from);
    return true;
}

void vg__place_hunger(vg_place *place)
{
    vg_place **p = &place->side->hungry;
    if (place->hungry)
        return;
    while (*p)
        p = &(*p)->next_hungry;
    *p = place;
    place->next_hungry = NULL;
    place->hungry = true;
}

void vg__place_sated(vg_place *place)
{
    vg_place **p = &place->side->hungry;
    if (!place->hungry)
        return;
    while (*p != place)
        p = &(*p)->next_hungry;
    *p = place->next_hungry;
    place->hungry = false;
}

static void feed(vg_place *from)
{
    vg_place *place = from->side->hungry;
    if (!place || !from->db)
        return;
    vg__place_sated(place);
    move_connection(place, from);
    pthread_cond_broadcast(&place->side->back);
}

void vg__place_pass_on(vg_place *place)
{
    vg_pool *pool = place->pool;
    vg_side *side = place->side;
    vg_waiter *next = pool->closing ? NULL : side->first;
    feed(place);
    place->taken = false;
    side->use.in_use--;
    if (next) {
        side->first = next->next;
        next->got = place;
        vg__place_mark(place, next->wish->here);
        pthread_cond_signal(&next->wake);
        return;
    }
    add_free(side, place);
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

/* In line until a place is handed over. NULL: too late, or closing. */
static vg_place *wait_for(vg_pool *pool, vg_side *side, const vg_wish *wish)
{
    vg_waiter waiter = {.wish = wish};
    struct timespec until = vg__at(wish->until_ns);
    int64_t begun = vg__clock();
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
    int64_t waited = vg__clock() - begun;
    side->use.waiting--;
    side->use.wait_ns += waited;
    if (waited > side->use.longest_wait)
        side->use.longest_wait = waited;
    if (pool->closing)
        pthread_cond_signal(&pool->given_back);
    return waiter.got;
}

const vg_place *vg__longest_taken(const vg_pool *pool, const vg_side *side)
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

static void fail_busy(vg_pool *pool, vg_side *side, const vg_wish *wish)
{
    const vg_place *p = vg__longest_taken(pool, side);
    const char *holder = p && p->here ? p->here : "?";
    long long waited_ms = (long long)(wish->patience_ns / vg__ms);
    long long held_ms = p ? (long long)((vg__clock() - p->since_ns) / vg__ms) : 0;
    side->use.timeouts++;
    if (side->count == 1)
        vg__pool_fail(pool, VG_BUSY, wish->here,
                      "the %s did not come free within %lld ms: taken at %s, "
                      "%lld ms ago",
                      side->name, waited_ms, holder, held_ms);
    else
        vg__pool_fail(pool, VG_BUSY, wish->here,
                      "none of %zu %ss came free within %lld ms; the longest is "
                      "taken at %s, %lld ms ago",
                      side->count, side->name, waited_ms, holder, held_ms);
}

int vg__pool_refuse(const vg_pool *pool, const char *here)
{
    return vg__pool_fail(pool, VG_MISUSE, here, "the pool is closed");
}

vg_place *vg__place_take(vg_side *side, const vg_wish *wish)
{
    vg_pool *pool = side->places->pool;
    vg_place *place = side->free;
    if (pool->closing) {
        vg__pool_refuse(pool, wish->here);
        return NULL;
    }
    if (place) { /* whoever waits got it before it could be free */
        side->free = place->colder;
        vg__place_mark(place, wish->here);
        return place;
    }
    if (wish->until_ns > vg__clock())
        place = wait_for(pool, side, wish);
    if (!place && pool->closing)
        vg__pool_refuse(pool, wish->here);
    else if (!place)
        fail_busy(pool, side, wish);
    return place;
}
