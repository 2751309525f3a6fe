/* Random trees beside a loader that is too simple to be wrong: all rows of all tables are read
 * once, and what a WITH should give is picked out of them row by row. Schema, data and queries
 * come from numbers that a failure prints; on SQLite and once more on PostgreSQL. */
#include "check.h"
#include <stdio.h>
#include <stdlib.h>
#include <virga/relation.h>

// clang-format off
TABLE(people,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(n,       INTEGER, NOT_NULL),
    COLUMN(boss_id, INTEGER),
    COLUMN(badge,   TEXT,    NOT_NULL, UNIQUE),
    COLUMN(token,   UUID),
    COLUMN(day,     TIMESTAMP, NOT_NULL),
    COLUMN(ready,   BOOLEAN, NOT_NULL),
    ONE(boss,      people, boss_id),
    MANY(staff,    people, boss_id),
    MANY(posts,    posts,  author_id),
    MANY(signed_,  posts,  badge, badge),
    MANY(tokens,   posts,  token, token),
    MANY(same_day, people, day, day),
    MANY(mixed,    posts,  COLUMNS(day, ready), COLUMNS(day, ready)),
    MANY_THROUGH(rooms, rooms, stays, person_id, COLUMNS(house, no)),
    MANY_THROUGH(likes, posts, liked, badge, post_id, badge, id))

TABLE(posts,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(n,         INTEGER, NOT_NULL),
    COLUMN(author_id, INTEGER),
    COLUMN(badge,     TEXT),
    COLUMN(token,     UUID),
    COLUMN(day,       TIMESTAMP),
    COLUMN(ready,     BOOLEAN),
    COLUMN(body,      TEXT),
    ONE(author,     people, author_id),
    ONE(signer,     people, badge, badge),
    MANY(siblings,  posts,  COLUMNS(author_id, ready), COLUMNS(author_id, ready)),
    MANY(by_day,    people, day, day),
    MANY_THROUGH(fans, people, liked, post_id, badge, id, badge))

TABLE(rooms,
    COLUMN(house, TEXT,    NOT_NULL),
    COLUMN(no,    INTEGER, NOT_NULL),
    COLUMN(id,    INTEGER, NOT_NULL),
    COLUMN(n,     INTEGER, NOT_NULL),
    PRIMARY_KEY(house, no),
    MANY(neighbours, rooms, house, house),
    MANY_THROUGH(people, people, stays, COLUMNS(house, no), person_id))

TABLE(stays,
    COLUMN(person_id, INTEGER),
    COLUMN(house,     TEXT),
    COLUMN(no,        INTEGER))

TABLE(liked,
    COLUMN(badge,   TEXT,    NOT_NULL),
    COLUMN(post_id, INTEGER, NOT_NULL))
// clang-format on
SCHEMA(forest, people, posts, rooms, stays, liked)

enum { PEOPLE = 330, POSTS = 620, ROOMS = 40, LINKS = 500, TABLES = 5, QUERIES = 80 };

typedef struct list {
    char *data;
    size_t len;
} list;

static const vg_shape *const shapes[TABLES] = {&people.vg_shape, &posts.vg_shape,
                                               &rooms.vg_shape, &stays.vg_shape,
                                               &liked.vg_shape};
static list tables[TABLES]; /* all rows of each */
static uint64_t state_of_luck;

static unsigned luck(unsigned below)
{
    state_of_luck =
        state_of_luck * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (unsigned)(state_of_luck >> 33) % below;
}

/* ---- rows ---- */

static int plant(vg_db *db)
{
    static struct people_new p[PEOPLE];
    static struct posts_new o[POSTS];
    static struct rooms_new r[ROOMS];
    static struct stays_new s[LINKS];
    static struct liked_new l[LINKS];
    static char badges[PEOPLE + 10][16];
    static const char *const houses[] = {"a", "A", "b ", "\xc3\xbc", ""};
    for (unsigned i = 0; i < PEOPLE + 10; i++)
        snprintf(badges[i], sizeof badges[i], i % 3 ? "b%u" : "B-%u", i * 7 % 1000);
    for (unsigned i = 0; i < PEOPLE; i++)
        p[i] =
            (struct people_new){.id = {true, (int64_t)i * 3 - 100},
                                .n = luck(50),
                                .boss_id = {luck(5) > 0, (int64_t)luck(40) * 3 - 100},
                                .badge = badges[i],
                                .token = {luck(4) > 0, {{(uint8_t)luck(90), 7}}},
                                .day = {1700000000000000 + luck(60) * INT64_C(1000001)},
                                .ready = luck(2)};
    for (unsigned i = 0; i < POSTS; i++)
        o[i] = (struct posts_new){
            .id = {true, i + 1},
            .n = luck(50),
            .author_id = {luck(6) > 0, (int64_t)luck(PEOPLE + 9) * 3 - 100},
            .badge = luck(5) ? badges[luck(PEOPLE + 10)] : NULL,
            .token = {luck(3) > 0, {{(uint8_t)luck(99), 7}}},
            .day = {luck(4) > 0, {1700000000000000 + luck(70) * INT64_C(1000001)}},
            .ready = {luck(5) > 0, luck(2)},
            .body = luck(3) ? "text" : NULL};
    for (unsigned i = 0; i < ROOMS; i++)
        r[i] = (struct rooms_new){
            .house = houses[i % 5], .no = i / 5, .id = i, .n = luck(9)};
    for (unsigned i = 0; i < LINKS; i++) {
        s[i] = (struct stays_new){
            .person_id = {luck(9) > 0, (int64_t)luck(PEOPLE) * 3 - 100},
            .house = luck(9) ? houses[luck(5)] : NULL,
            .no = {luck(9) > 0, luck(9)}};
        l[i] = (struct liked_new){.badge = badges[luck(PEOPLE + 10)],
                                  .post_id = luck(POSTS)};
    }
    int rc = vg_exec(db, INSERT_INTO(people, VALUES(p, PEOPLE)));
    rc = rc ? rc : vg_exec(db, INSERT_INTO(posts, VALUES(o, POSTS)));
    rc = rc ? rc : vg_exec(db, INSERT_INTO(rooms, VALUES(r, ROOMS)));
    rc = rc ? rc : vg_exec(db, INSERT_INTO(stays, VALUES(s, LINKS)));
    return rc ? rc : vg_exec(db, INSERT_INTO(liked, VALUES(l, LINKS)));
}

static int setup(void **state)
{
    int rc = fixture_open(state, &forest, NULL);
    fixture *f = *state;
    state_of_luck = 20240229;
    rc = rc ? rc : plant(f->db);
    for (size_t i = 0; !rc && i < TABLES; i++) {
        vg_clause all = vg_select(NULL, shapes[i]);
        rc = vg_run_all(f->db, &f->arena, &tables[i], "", &all, 1);
    }
    return rc;
}

/* ---- the loader that is too simple to be wrong ---- */

/* The value of a column; false: it is NULL. */
static bool value_of(const vg_shape *shape, const char *row, const char *name,
                     vg_value *out)
{
    const vg_column *c = vg_find_column(shape, name);
    const void *at = row + c->offset;
    switch (c->type) {
    case VG_TYPE_INTEGER:
        *out =
            vg_of_int(c->nullable ? ((const vg_opt_int *)at)->v : *(const int64_t *)at);
        return !c->nullable || ((const vg_opt_int *)at)->has;
    case VG_TYPE_TIMESTAMP:
        *out = vg_of_int(c->nullable ? ((const vg_opt_time *)at)->v.us
                                     : ((const vg_timestamp *)at)->us);
        return !c->nullable || ((const vg_opt_time *)at)->has;
    case VG_TYPE_BOOLEAN:
        *out =
            vg_of_int(c->nullable ? ((const vg_opt_bool *)at)->v : *(const bool *)at);
        return !c->nullable || ((const vg_opt_bool *)at)->has;
    case VG_TYPE_UUID: {
        const vg_opt_uuid *u = at; /* all of them may be NULL here */
        memcpy(&out->i, &u->v, sizeof out->i);
        return u->has;
    }
    default: out->s = *(const char *const *)at; return out->s != NULL;
    }
}

static bool equal(const vg_shape *a, const char *x, const char *const *names_a,
                  const vg_shape *b, const char *y, const char *const *names_b)
{
    static const char *const id[] = {"id", NULL}, *const room[] = {"house", "no", NULL};
    names_a = names_a ? names_a : a == &rooms.vg_shape ? room : id;
    names_b = names_b ? names_b : b == &rooms.vg_shape ? room : id;
    for (; *names_a; names_a++, names_b++) {
        vg_value v, w;
        if (!value_of(a, x, *names_a, &v) || !value_of(b, y, *names_b, &w))
            return false;
        if (vg_find_column(a, *names_a)->type == VG_TYPE_TEXT ? strcmp(v.s, w.s) != 0
                                                              : v.i != w.i)
            return false;
    }
    return *names_b == NULL;
}

static list all_of(const vg_shape *shape)
{
    for (size_t i = 0; i < TABLES; i++)
        if (shapes[i] == shape)
            return tables[i];
    return (list){0};
}

static int64_t number(const vg_shape *shape, const char *row, const char *name)
{
    vg_value v = {0};
    value_of(shape, row, name, &v);
    return v.i;
}

/* What a WITH says, as data. */
typedef struct plan plan;
struct plan {
    const vg_shape *shape;
    const vg_relation *relation;
    int64_t above; /* WHERE n > above; negative: none */
    int64_t limit, offset;
    int order;       /* 0: none, 1: by id, 2: by n desc, id desc */
    uint64_t chosen; /* columns of ONLY or OMIT */
    int choice;      /* 0: neither, 1: ONLY, 2: OMIT */
    plan *below[3];
    size_t below_count, clause_count, chosen_count;
    vg_clause clauses[12];
    vg_node where, descending[2];
    const vg_node *terms[2], *columns[8];
};

static const plan *sorted_by;

static int by_order(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const vg_shape *target = sorted_by->relation->target;
    int64_t i = number(target, x, "id"), j = number(target, y, "id");
    if (sorted_by->order == 2) {
        int64_t n = number(target, x, "n"), m = number(target, y, "n");
        return n != m ? (n < m) - (n > m) : (i < j) - (i > j);
    }
    return (i > j) - (i < j);
}

/* The rows that belong to `row`; how many, all of them in `out`. */
static size_t expected(const plan *w, const char *row, const char *out[POSTS + LINKS])
{
    const vg_relation *r = w->relation;
    const vg_shape *target = r->target;
    list all = all_of(target),
         links = r->junction ? all_of(r->junction) : (list){NULL, 1};
    size_t count = 0;
    for (size_t k = 0; k < links.len; k++) {
        const char *link = r->junction ? links.data + k * r->junction->row_size : NULL;
        if (link && !equal(w->shape, row, r->own, r->junction, link, r->junction_own))
            continue;
        for (size_t i = 0; i < all.len; i++) {
            const char *t = all.data + i * target->row_size;
            bool ours =
                link ? equal(target, t, r->other, r->junction, link, r->junction_other)
                     : equal(w->shape, row, r->own, target, t, r->other);
            if (ours && number(target, t, "n") > w->above)
                out[count++] = t;
        }
    }
    sorted_by = w;
    qsort(out, count, sizeof *out, by_order);
    size_t from = (size_t)w->offset < count ? (size_t)w->offset : count;
    count -= from;
    if (w->limit >= 0 && (size_t)w->limit < count)
        count = (size_t)w->limit;
    memmove(out, out + from, count * sizeof *out);
    return count;
}

/* ---- comparing ---- */

static const void *seen[1 << 14]; /* lists whose rows were looked into */
static size_t seen_count;

static bool looked_into(const void *data)
{
    for (size_t i = 0; i < seen_count; i++)
        if (seen[i] == data)
            return true;
    if (seen_count < sizeof seen / sizeof *seen)
        seen[seen_count++] = data;
    return false;
}

/* Columns that were read are as they are in the table, the others are marked. */
static void compare_columns(const plan *w, const char *got, const char *row)
{
    const vg_shape *t = w->relation->target;
    uint64_t left = *(const uint64_t *)(const void *)(got + t->loaded_offset + 8), all;
    all = (UINT64_C(1) << t->column_count) - 1;
    uint64_t out = w->choice == 1 ? all & ~w->chosen : w->choice == 2 ? w->chosen : 0;
    assert_int_equal(left, out);
    for (uint32_t i = 0; i < t->column_count; i++) {
        vg_value a = {0}, b = {0};
        if (out >> i & 1)
            continue;
        bool has = value_of(t, got, t->columns[i].name, &a);
        assert_int_equal(has, value_of(t, row, t->columns[i].name, &b));
        if (has && t->columns[i].type == VG_TYPE_TEXT)
            assert_string_equal(a.s, b.s);
        else if (has)
            assert_int_equal(a.i, b.i);
    }
}

/* `true_row` is the row of the table that `row` was read from. */
static void compare(const plan *w, const char *row, const char *true_row)
{
    static const char *rooms_for_rows[6][POSTS + LINKS];
    static size_t depth;
    const vg_relation *r = w->relation;
    const char **want = rooms_for_rows[depth++];
    const char *at = row + r->offset;
    size_t count = expected(w, true_row, want);
    list got = {NULL, 0};
    if (r->kind != VG_RELATION_ONE)
        memcpy(&got, at, sizeof got);
    else if ((memcpy(&got.data, at, sizeof got.data), got.data))
        got.len = 1;
    assert_true(
        *(const uint64_t *)(const void *)(row + w->shape->loaded_offset) >> r->bit & 1);
    assert_int_equal(got.len, count);
    bool known = !count || looked_into(got.data);
    uint32_t size = r->target->row_size;
    if (!w->order && !known)
        for (size_t i = 0; i < count; i++) { /* any order: pick the equal one */
            size_t k = i;
            while (k < count && number(r->target, want[k], "id") !=
                                    number(r->target, got.data + i * size, "id"))
                k++;
            assert_int_not_equal(k, count);
            const char *keep = want[i];
            want[i] = want[k];
            want[k] = keep;
        }
    for (size_t i = 0; i < count && !known; i++) {
        assert_int_equal(number(r->target, want[i], "id"),
                         number(r->target, got.data + i * size, "id"));
        compare_columns(w, got.data + i * size, want[i]);
        for (size_t k = 0; k < w->below_count; k++)
            compare(w->below[k], got.data + i * size, want[i]);
    }
    depth--;
}

/* ---- queries ---- */

static void choose(plan *w)
{
    const vg_shape *t = w->relation->target;
    uint64_t id = UINT64_C(1) << (vg_find_column(t, "id") - t->columns);
    w->choice = (int)luck(3);
    if (!w->choice)
        return;
    w->chosen = (state_of_luck >> 20) & ((UINT64_C(1) << t->column_count) - 1);
    w->chosen = w->choice == 1 ? w->chosen | id : w->chosen & ~id;
    for (uint32_t i = 0; i < t->column_count; i++)
        if (w->chosen >> i & 1)
            w->columns[w->chosen_count++] = &t->nodes[i];
    if (!w->chosen_count)
        w->choice = 0;
    else
        w->clauses[w->clause_count++] =
            vg_columns(w->choice == 2, w->chosen_count, w->columns);
}

static void order(plan *w)
{
    const vg_shape *t = w->relation->target;
    const vg_node *id = &t->nodes[vg_find_column(t, "id") - t->columns];
    const vg_node *n = &t->nodes[vg_find_column(t, "n") - t->columns];
    w->order = 1 + (int)luck(2);
    w->descending[0] = (vg_node){.op = VG_OP_DESC, .a = n};
    w->descending[1] = (vg_node){.op = VG_OP_DESC, .a = id};
    w->terms[0] = w->order == 1 ? id : &w->descending[0];
    w->terms[1] = &w->descending[1];
    w->clauses[w->clause_count++] =
        vg_terms(VG_CLAUSE_ORDER_BY, w->order == 1 ? 1 : 2, w->terms);
}

static plan *sow(vg_arena *arena, const vg_shape *shape, unsigned depth)
{
    plan *w = vg_arena_alloc(arena, sizeof *w);
    size_t count = 0;
    while (shape->relations[count].kind != VG_RELATION_END)
        count++;
    *w = (plan){.shape = shape, .above = -1, .limit = -1};
    w->relation = &shape->relations[luck((unsigned)count)];
    const vg_shape *target = w->relation->target;
    bool one = w->relation->kind == VG_RELATION_ONE;
    if (luck(2))
        choose(w);
    if (luck(2))
        order(w);
    if (w->order && !one && luck(2))
        w->clauses[w->clause_count++] =
            vg_number(VG_CLAUSE_LIMIT, vg_of_int(w->limit = luck(4)));
    if (w->order && !one && luck(3) == 0)
        w->clauses[w->clause_count++] =
            vg_number(VG_CLAUSE_OFFSET, vg_of_int(w->offset = 1 + luck(2)));
    if (luck(3) == 0) {
        w->above = luck(50);
        w->where = (vg_node){
            .op = VG_OP_GT,
            .a = &target->nodes[vg_find_column(target, "n") - target->columns],
            .b = vg_of_int(w->above)};
        w->clauses[w->clause_count++] = vg_condition(VG_CLAUSE_WHERE, &w->where);
    }
    for (unsigned i = luck(4); depth && i; i--) {
        plan *below = sow(arena, target, depth - 1);
        bool twice = false;
        for (size_t k = 0; k < w->below_count; k++)
            twice |= w->below[k]->relation == below->relation;
        if (twice)
            continue;
        w->below[w->below_count++] = below;
        w->clauses[w->clause_count++] =
            vg_with(NULL, target, (size_t)(below->relation - target->relations),
                    below->clause_count, below->clauses);
    }
    return w;
}

static void print(const plan *w, int depth)
{
    fprintf(stderr, "%*s%s.%s above %d order %d limit %d offset %d choice %d\n",
            depth * 2, "", w->shape->name, w->relation->name, (int)w->above, w->order,
            (int)w->limit, (int)w->offset, w->choice);
    for (size_t i = 0; i < w->below_count; i++)
        print(w->below[i], depth + 1);
}

static const char *row_of(const vg_shape *shape, int64_t id)
{
    list all = all_of(shape);
    for (size_t i = 0; i < all.len; i++)
        if (number(shape, all.data + i * shape->row_size, "id") == id)
            return all.data + i * shape->row_size;
    return NULL;
}

static void harvest(fixture *f, unsigned seed)
{
    static const unsigned sizes[] = {1, 2, 7, 300, 400};
    vg_arena arena = {0};
    state_of_luck = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    const vg_shape *shape = shapes[luck(3)];
    plan *w[3] = {NULL};
    const vg_node *id = &shape->nodes[vg_find_column(shape, "id") - shape->columns];
    vg_clause query[8] = {vg_select(NULL, shape), vg_terms(VG_CLAUSE_ORDER_BY, 1, &id),
                          vg_number(VG_CLAUSE_LIMIT, vg_of_int(sizes[luck(5)])),
                          vg_number(VG_CLAUSE_OFFSET, vg_of_int(luck(30)))};
    size_t count = 4, withs = 1 + luck(2);
    for (size_t i = 0; i < withs; i++) {
        do
            w[i] = sow(&arena, shape, luck(4));
        while (i && w[i]->relation == w[0]->relation);
        query[count++] =
            vg_with(NULL, shape, (size_t)(w[i]->relation - shape->relations),
                    w[i]->clause_count, w[i]->clauses);
        if (getenv("VIRGA_TREE_SEED"))
            print(w[i], 0);
    }
    list roots;
    check_ok(f->db, vg_run_all(f->db, &arena, &roots, "", query, count));
    seen_count = 0;
    for (size_t i = 0; i < roots.len; i++) {
        const char *row = roots.data + i * shape->row_size;
        for (size_t k = 0; k < withs; k++)
            compare(w[k], row, row_of(shape, number(shape, row, "id")));
    }
    vg_arena_free(&arena);
}

/* Proves: R005 R006 R018 R019 R030. */
static void test_tree__random_trees_are_as_a_simple_loader_has_them(void **state)
{
    /* One seed alone, or more or fewer of them: VIRGA_TREE_SEED=7, VIRGA_TREE_SEEDS=500. */
    const char *only = getenv("VIRGA_TREE_SEED"), *many = getenv("VIRGA_TREE_SEEDS");
    unsigned first = only ? (unsigned)atoi(only) : 1;
    unsigned count = only ? 1 : many ? (unsigned)atoi(many) : QUERIES;
    for (unsigned seed = first; seed < first + count; seed++) {
        printf("seed %u\n", seed);
        harvest(*state, seed);
    }
}

int main(void)
{
    struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_tree__random_trees_are_as_a_simple_loader_has_them, setup,
            fixture_close),
    };
    return run_portable_tests(tests);
}
