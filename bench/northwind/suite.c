/* The routes as workloads for ../main.c: Virga against hand-written C. An answer is compared
 * as its JSON. */
#include "../data.h"
#include "../workload.h"
#include "routes.h"

#include <stdlib.h>

/* --- Virga's own memory, counted --- */

static uint64_t allocation_count;

static void *counted(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    (void)ctx;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    if (new_size > old_size)
        allocation_count++;
    return realloc(ptr, new_size);
}

static uint64_t allocations(void)
{
    return allocation_count;
}

/* --- one side of one route --- */

struct asker {
    struct by_hand *by_hand; /* or: */
    vg_db *db;
    vg_arena arena;
    struct answer answer;
};

static struct asker *new_asker(void)
{
    struct asker *a = calloc(1, sizeof *a);
    if (!a)
        die("out of memory");
    return a;
}

static void *raw_setup(const char *place)
{
    struct asker *a = new_asker();
    a->by_hand = by_hand_open(place, suite.read_script);
    return a;
}

static void *virga_setup(const char *place)
{
    struct asker *a = new_asker();
    a->arena.allocator.fn = counted;
    if (vg_open(&a->db, place,
                &(vg_options){.journal = VG_JOURNAL_KEEP,
                              .foreign_keys_off = true,
                              .repeat_limit = -1,
                              .allocator.fn = counted}))
        die("%s", vg_errmsg(a->db));
    for (const char *const *script = suite.read_script; *script; script++) {
        if (vg_script(a->db, *script))
            die("%s", vg_errmsg(a->db));
    }
    return a;
}

static void teardown(void *state)
{
    struct asker *a = state;
    if (a->by_hand)
        by_hand_close(a->by_hand);
    vg_close(a->db);
    vg_arena_free(&a->arena);
    free(a);
}

static inline uint64_t ask(struct asker *a, enum route route, uint64_t op)
{
    struct question q = question_of(route, op);
    if (a->by_hand) {
        by_hand_answer(a->by_hand, route, &q, &a->answer);
    } else {
        vg_arena_reset(&a->arena);
        if (virga_answer(a->db, &a->arena, route, &q, &a->answer))
            die("%s: %s", routes[route].name, vg_errmsg(a->db));
    }
    return a->answer.len;
}

static uint64_t checksum(void *state)
{
    struct asker *a = state;
    vg_arena arena = {0};
    size_t len;
    const char *json = answer_json(&a->answer, &arena, &len);
    if (!json)
        die("out of memory");
    uint64_t h = hash_text(HASH_START, json);
    vg_arena_free(&arena);
    return h;
}

#define RUN(name, path, asks, count)                     \
    static uint64_t run_##name(void *state, uint64_t op) \
    {                                                    \
        return ask(state, ROUTE_##name, op);             \
    }
ROUTES(RUN)

#define BY_HAND(name, path, asks, count) \
    {#name, raw_setup, run_##name, NULL, checksum, teardown},
static const struct workload raw[] = {ROUTES(BY_HAND){0}};
const struct side raw_side = {"raw", raw, NULL, NULL};

#define BY_VIRGA(name, path, asks, count) \
    {#name, virga_setup, run_##name, NULL, checksum, teardown},
static const struct workload virga[] = {ROUTES(BY_VIRGA){0}};
const struct side virga_side = {"virga", virga, NULL, allocations};
