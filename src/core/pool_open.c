/* Pools: their parts, the first connections, the end. */
#include "core/pool.h"
#include <stdatomic.h>

enum { MAX_REPLICAS = 64 };

/* How many places each side has, and what it is called. */
typedef struct layout {
    const char *first, *others;
    size_t sides, first_count, other_count;
} layout;

static layout lay_out(const vg_operations *operations, const vg_pool_options *o)
{
    size_t readers = o->readers > 0 ? (size_t)o->readers : o->readers ? 1 : 4;
    size_t max = o->max > 0 ? (size_t)o->max : 10;
    if (operations->one_writer)
        return (layout){"writer", "reader", 2, 1, readers};
    return (layout){"connection", "replica connection", 1 + o->replica_count, max, max};
}

static size_t text_size(const char *url)
{
    return strlen(url) + 1;
}

/* pool | sides | places | replicas | texts */
static size_t size_of(const layout *l, const char *url, const vg_pool_options *o)
{
    size_t places = l->first_count + (l->sides - 1) * l->other_count;
    size_t size = sizeof(vg_pool) + l->sides * sizeof(vg_side) +
                  places * sizeof(vg_place) +
                  o->replica_count * sizeof(vg_pool_replica) + text_size(url);
    for (size_t i = 0; i < o->replica_count; i++)
        size += text_size(o->replicas[i].url);
    return size;
}

static const char *keep_text(char **at, const char *text)
{
    char *copy = *at;
    size_t size = text_size(text);
    memcpy(copy, text, size);
    *at += size;
    return copy;
}

static void make_locks(vg_pool *pool)
{
    pthread_condattr_init(&pool->monotonic);
    pthread_condattr_setclock(&pool->monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->given_back, &pool->monotonic);
    for (size_t i = 0; i < pool->side_count; i++)
        pthread_cond_init(&pool->sides[i].back, &pool->monotonic);
}

static void make_side(vg_pool *pool, size_t i, const layout *l, const char *url)
{
    vg_side *side = &pool->sides[i];
    const vg_pool_options *o = &pool->options;
    bool one_writer = pool->operations->one_writer;
    size_t min = o->min > 0 ? (size_t)o->min : 0;
    side->places = pool->places + (i ? l->first_count + (i - 1) * l->other_count : 0);
    side->count = i ? l->other_count : l->first_count;
    side->name = i ? l->others : l->first;
    side->url = url;
    side->read_only = i > 0;
    side->replica = i && !one_writer;
    side->keep = !one_writer ? min < side->count ? min : side->count : !i;
    if (side->replica)
        side->weight = o->replicas[i - 1].weight > 0 ? o->replicas[i - 1].weight : 1;
    for (size_t p = 0; p < side->count; p++)
        side->places[p] = (vg_place){.pool = pool, .side = side};
}

static vg_pool *new_pool(const char *url, const vg_operations *operations,
                         const vg_pool_options *o)
{
    static atomic_uint_fast64_t ids;
    layout l = lay_out(operations, o);
    size_t size = size_of(&l, url, o);
    vg_pool *pool = vg__alloc(&o->connection.allocator, NULL, 0, size);
    if (!pool)
        return NULL;
    memset(pool, 0, size);
    pool->options = *o;
    pool->operations = operations;
    pool->size = size;
    pool->side_count = l.sides;
    pool->place_count = l.first_count + (l.sides - 1) * l.other_count;
    pool->id = atomic_fetch_add(&ids, 1) + 1;
    pool->random = (uint64_t)vg__clock() * UINT64_C(0x9E3779B97F4A7C15) | 1;
    pool->sides = (vg_side *)(void *)(pool + 1);
    pool->places = (vg_place *)(void *)(pool->sides + l.sides);
    vg_pool_replica *replicas = (void *)(pool->places + pool->place_count);
    pool->options.replicas = replicas;
    char *texts = (char *)(replicas + o->replica_count);
    const char *own = keep_text(&texts, url);
    for (size_t i = 0; i < o->replica_count; i++)
        replicas[i] = (vg_pool_replica){keep_text(&texts, o->replicas[i].url),
                                        o->replicas[i].weight};
    for (size_t i = 0; i < l.sides; i++)
        make_side(pool, i, &l, i && o->replica_count ? replicas[i - 1].url : own);
    make_locks(pool);
    return pool;
}

void vg__pool_destroy(vg_pool *pool)
{
    /* The readers first: the last one out tidies up, and they may not. */
    for (size_t i = pool->place_count; i-- > 0;)
        vg__place_close(&pool->places[i], NULL);
    for (size_t i = 0; i < pool->side_count; i++)
        pthread_cond_destroy(&pool->sides[i].back);
    pthread_cond_destroy(&pool->given_back);
    pthread_mutex_destroy(&pool->lock);
    pthread_condattr_destroy(&pool->monotonic);
    vg_allocator allocator = pool->options.connection.allocator;
    vg__alloc(&allocator, pool, pool->size, 0);
}

/* One attempt, as long as a taker would wait. */
static int open_place(vg_place *place)
{
    int ms = place->pool->options.wait_ms;
    int64_t until = vg__clock() + (ms > 0 ? ms : 5000) * vg__ms;
    return place->db ? VG_OK : vg__place_open(place, until);
}

/* The first connection tells what kind of database it is. */
static int open_first(vg_pool *pool)
{
    vg_place *first = &pool->places[0];
    vg_side *side = first->side;
    int rc = open_place(first);
    if (rc != VG_OK)
        return rc;
    pool->alone = pool->operations->alone(first->db);
    pool->read_only = first->db->read_only;
    pool->begun = true;
    if (pool->alone) {
        side->name = "only connection";
        pool->place_count = 1;
    } else if (pool->read_only && pool->operations->one_writer) {
        vg_side *readers = &pool->sides[1];
        first->side = readers;
        readers->use.open = side->use.open;
        readers->count++;
        side->use.open = 0;
        side->count = 0;
    }
    for (size_t i = pool->place_count; i-- > 0;) {
        vg_place *place = &pool->places[i];
        place->since_ns = vg__clock();
        place->colder = place->side->free;
        place->side->free = place;
    }
    return VG_OK;
}

/* Those that are there from the beginning. A replica that cannot be reached is no reason not
 * to begin. */
static int open_more(vg_pool *pool)
{
    for (size_t i = 0; i < pool->side_count; i++) {
        vg_side *side = &pool->sides[i];
        size_t left = pool->options.open_all         ? side->count
                      : pool->operations->one_writer ? 0
                                                     : side->keep;
        for (vg_place *p = side->free; p && left; p = p->colder, left--) {
            int rc = open_place(p);
            if (rc != VG_OK && side->replica && rc != VG_NO_MEMORY)
                break;
            if (rc != VG_OK)
                return rc;
        }
    }
    vg__pool_begin(NULL);
    return VG_OK;
}

static int refuse(const char *url, const vg_operations *operations,
                  const vg_pool_options *o)
{
    if (!url)
        return vg__pool_fail(NULL, VG_MISUSE, NULL, "vg_pool_open: the URL is NULL");
    if (o->replica_count && !operations->position)
        return vg__pool_fail(NULL, VG_UNSUPPORTED, NULL,
                             "vg_pool_open: %s has no replicas: leave out "
                             "options.replicas",
                             vg__driver_for(url)->name);
    if (o->replica_count > MAX_REPLICAS)
        return vg__pool_fail(NULL, VG_TOO_BIG, NULL,
                             "vg_pool_open: more than %d replicas", MAX_REPLICAS);
    for (size_t i = 0; i < o->replica_count; i++)
        if (!o->replicas || !o->replicas[i].url)
            return vg__pool_fail(NULL, VG_MISUSE, NULL,
                                 "vg_pool_open: the URL of replica %zu is NULL", i);
    return VG_OK;
}

int vg_pool_open(vg_pool **out, const char *url, const vg_pool_options *options)
{
    static const vg_pool_options defaults;
    const vg_pool_options *o = options ? options : &defaults;
    *out = NULL;
    vg__pool_begin(NULL);
    const vg_operations *operations =
        vg__operations_for(vg__driver_for(url ? url : ""));
    int rc = refuse(url, operations, o);
    if (rc != VG_OK)
        return rc;
    vg_pool *pool = new_pool(url, operations, o);
    if (!pool)
        return vg__pool_fail(NULL, VG_NO_MEMORY, NULL, "out of memory");
    rc = open_first(pool);
    if (rc == VG_OK)
        rc = open_more(pool);
    if (rc == VG_OK) {
        *out = pool;
        return rc;
    }
    vg__pool_destroy(pool);
    return vg__pool_unborn();
}
