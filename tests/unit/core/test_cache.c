/* The statement cache: what hits, misses, is evicted and is prepared twice; what a changed
 * schema does to it; that it stays bounded; and that a warm query allocates nothing. */
#include "check.h"
#include "rt_bank.h"
#include "rt_heap.h"
#include <sqlite3.h>

#define check_stats(db, hits_, misses_, evicted_, nested_, cached_) \
    do {                                                            \
        vg_stats got = vg_statistics(db);                           \
        assert_int_equal(got.hits, (hits_));                        \
        assert_int_equal(got.misses, (misses_));                    \
        assert_int_equal(got.evicted, (evicted_));                  \
        assert_int_equal(got.nested, (nested_));                    \
        assert_int_equal(got.cached, (cached_));                    \
    } while (0)

/* A bank whose schema and rows left nothing in the cache; queries are repeated on purpose. */
static vg_db *open_bank(const vg_options *given)
{
    vg_options options = given ? *given : (vg_options){0};
    options.repeat_limit = -1;
    vg_db *db = rt_open(":memory:", &options);
    check_ok(db,
             vg_script(db, "create table owners (id integer primary key, name text not "
                           "null unique, email text, level integer not null default 1, "
                           "seen integer);"
                           "create table accounts (id integer primary key, owner_id "
                           "integer not null, label text not null, balance integer not "
                           "null default 0, note text);" BANK_ROWS));
    check_stats(db, 0, 0, 0, 0, 0);
    return db;
}

/* Query number `shape`, of which there are six different ones. */
static void query(vg_db *db, int shape)
{
    int64_t n;
    switch (shape) {
    case 0: check_ok(db, vg_count(db, &n, FROM(owners))); break;
    case 1: check_ok(db, vg_count(db, &n, FROM(accounts))); break;
    case 2:
        check_ok(db, vg_count(db, &n, FROM(owners), WHERE(EQ(owners.id, 1))));
        break;
    case 3:
        check_ok(db, vg_count(db, &n, FROM(owners), WHERE(GT(owners.id, 1))));
        break;
    case 4:
        check_ok(db, vg_count(db, &n, FROM(owners), WHERE(LT(owners.id, 1))));
        break;
    case 5:
        check_ok(db, vg_count(db, &n, FROM(owners), WHERE(NE(owners.id, 1))));
        break;
    default: fail();
    }
}

static void queries(vg_db *db, const char *shapes)
{
    for (; *shapes; shapes++)
        query(db, *shapes - '0');
}

static void test_cache__counts(void **state)
{
    (void)state;
    vg_db *db = open_bank(&(vg_options){.statement_cache = 4});
    queries(db, "0123");
    check_stats(db, 0, 4, 0, 0, 4);
    queries(db, "3210");
    check_stats(db, 4, 4, 0, 0, 4);
    queries(db, "4"); /* in the place of 3, the least recently used */
    check_stats(db, 4, 5, 1, 0, 4);
    queries(db, "210");
    check_stats(db, 7, 5, 1, 0, 4);
    queries(db, "3"); /* in the place of 4 */
    check_stats(db, 7, 6, 2, 0, 4);
    queries(db, "012345012345"); /* four hits for what is there, then none fits */
    vg_stats stats = vg_statistics(db);
    assert_int_equal(stats.hits + stats.misses, 8 + 5 + 12);
    assert_int_equal(stats.misses - stats.evicted, 4);
    assert_int_equal(stats.cached, 4);
    assert_int_equal(vg_close(db), VG_OK);
}

/* Values are no part of a statement, neither is the order of the clauses; NULLs, lengths of
 * lists and the presence of conditions are. */
/* Proves: Q043 Q044. */
static void test_cache__what_is_the_same(void **state)
{
    (void)state;
    vg_db *db = open_bank(NULL);
    vg_arena arena = {0};
    owners_list list;
    for (int i = 0; i < 3; i++)
        check_ok(db, vg_all(db, &arena, &list, SELECT(owners), WHERE(EQ(owners.id, i)),
                            LIMIT(i + 1)));
    check_stats(db, 2, 1, 0, 0, 1);
    check_ok(db, vg_all(db, &arena, &list, SELECT(owners), LIMIT(9),
                        WHERE(EQ(owners.id, 7))));
    check_stats(db, 3, 1, 0, 0, 1);
    check_ok(db, vg_all(db, &arena, &list, SELECT(owners), LIMIT(9),
                        WHERE(AND(SKIP, EQ(owners.id, 7)))));
    vg_stats stats = vg_statistics(db);
    for (int i = 0; i < 3; i++)
        check_ok(db, vg_all(db, &arena, &list, SELECT(owners),
                            WHERE(i == 1 ? SKIP : EQ(owners.id, i))));
    assert_int_equal(vg_statistics(db).misses, stats.misses + 2);
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
}

/* Two places in the program, and two kinds of call, share a statement of the same text. */
/* Proves: Q043. */
static void test_cache__is_shared_between_places(void **state)
{
    (void)state;
    vg_db *db = open_bank(NULL);
    vg_arena arena = {0};
    struct owners *one, row;
    check_ok(db, vg_one(db, &arena, &one, SELECT(owners), WHERE(EQ(owners.id, 1))));
    check_ok(db, vg_one(db, &arena, &one, SELECT(owners), WHERE(EQ(owners.id, 2))));
    check_text(one->name, "Bob");
    check_ok(db, vg_get(db, &arena, &row, SELECT(owners), WHERE(EQ(owners.id, 3))));
    check_text(row.name, "Cyd");
    check_stats(db, 2, 1, 0, 0, 1);
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
}

/* ---- nested use ---- */

/* Three cursors over the same query, each inside the other. */
static void test_cache__nested_cursors(void **state)
{
    (void)state;
    vg_db *db = open_bank(&(vg_options){.statement_cache = 4});
    int triples = 0;
    for (int round = 0; round < 2; round++) {
        vg_cursor *cursors[3];
        struct owners *rows[3];
        for (int i = 0; i < 3; i++) {
            check_ok(db, vg_query(db, &cursors[i], &rows[i], SELECT(owners),
                                  ORDER_BY(owners.id)));
            assert_true(vg_next(cursors[i]));
            assert_int_equal(rows[i]->id, 1);
        }
        while (vg_next(cursors[2]))
            triples++;
        assert_true(vg_next(cursors[1]));
        check_text(rows[1]->name, "Bob");
        check_text(rows[0]->name, "Ada");
        assert_true(vg_next(cursors[0]));
        check_text(rows[0]->name, "Bob");
        for (int i = 0; i < 3; i++)
            assert_int_equal(vg_finish(cursors[i]), VG_OK);
    }
    assert_int_equal(triples, 4);
    check_stats(db, 3, 3, 0, 2, 3);
    assert_int_equal(vg_close(db), VG_OK);
}

/* A cache that is full of statements in use grows, and shrinks again. */
static void test_cache__full_of_busy_statements(void **state)
{
    (void)state;
    vg_db *db = open_bank(&(vg_options){.statement_cache = 2});
    vg_cursor *cursors[6];
    struct owners *rows[6];
    for (int i = 0; i < 6; i++) {
        check_ok(db, vg_query(db, &cursors[i], &rows[i], SELECT(owners)));
        assert_true(vg_next(cursors[i]));
    }
    query(db, 0);
    assert_int_equal(vg_statistics(db).cached, 7);
    for (int i = 0; i < 6; i++) {
        assert_true(vg_next(cursors[i]));
        check_text(rows[i]->name, "Bob");
        assert_int_equal(vg_finish(cursors[i]), VG_OK);
    }
    query(db, 1);
    assert_int_equal(vg_statistics(db).cached, 2);
    queries(db, "0123450123");
    assert_int_equal(vg_statistics(db).cached, 2);
    assert_int_equal(vg_close(db), VG_OK);
}

/* ---- a schema that changes ---- */

static const char *email_of(vg_db *db, vg_arena *arena, int64_t id)
{
    struct owners *row;
    check_ok(db, vg_one(db, arena, &row, SELECT(owners), WHERE(EQ(owners.id, id))));
    return row->email;
}

static void test_cache__schema_change(void **state)
{
    (void)state;
    vg_arena arena = {0};
    vg_db *db = open_bank(NULL);
    check_text(email_of(db, &arena, 1), "ada@example.org");
    check_ok(db, vg_script(db, "alter table owners add column extra text default 'x'"));
    check_text(email_of(db, &arena, 1), "ada@example.org");
    check_ok(db, vg_script(
                     db, "drop table owners; create table owners (seen integer, level "
                         "integer, email text, name text, id integer primary key);"
                         "insert into owners values (null, 3, 'new@x.org', 'Ada', 1)"));
    check_text(email_of(db, &arena, 1), "new@x.org");
    check_ok(db, vg_script(db, "alter table owners rename column email to mail"));
    struct owners *row;
    assert_int_equal(vg_one(db, &arena, &row, SELECT(owners), WHERE(EQ(owners.id, 1))),
                     VG_SCHEMA);
    check_ok(db, vg_script(db, "alter table owners rename column mail to email"));
    check_text(email_of(db, &arena, 1), "new@x.org");
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_cache__schema_change_by_another(void **state)
{
    (void)state;
    char path[64];
    vg_arena arena = {0};
    vg_db *db = rt_bank_open_file(temp_file(path), NULL, true);
    vg_db *other = rt_bank_open_file(path, NULL, false);
    vg_cursor *cursor;
    struct accounts *row;
    check_text(email_of(db, &arena, 1), "ada@example.org");
    check_ok(db, vg_query(db, &cursor, &row, SELECT(accounts), ORDER_BY(accounts.id)));
    assert_true(vg_next(cursor));
    check_ok(other,
             vg_script(other, "alter table owners add column extra text;"
                              "update owners set email = 'new@x.org' where id = 1"));
    assert_true(vg_next(cursor)); /* it reads on in its snapshot */
    assert_int_equal(row->id, 2);
    assert_int_equal(vg_finish(cursor), VG_OK);
    check_text(email_of(db, &arena, 1), "new@x.org");
    check_ok(db, vg_exec(db, INSERT_INTO(owners, SET(name, "Eve"))));
    check_rows(db, "select name, extra from owners where id = 4", "Eve|null");
    vg_arena_free(&arena);
    assert_int_equal(vg_close(other), VG_OK);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

/* ---- bounds ---- */

/* Of the owners 1, 2 and 3 those that are below a, but not below b. */
static int64_t expected_rows(size_t a, size_t b)
{
    int64_t n = 0;
    for (size_t id = 1; id <= 3; id++)
        n += id < a && id >= b;
    return n;
}

/* Hundreds of statements that differ in the lengths of two lists, then a long one. */
static void test_cache__stays_bounded(void **state)
{
    (void)state;
    enum { LENGTHS = 30, LONGEST = 20000, CACHE = 16 };
    static int64_t ids[LONGEST];
    rt_heap heap = {0};
    vg_options options = {.statement_cache = CACHE, .allocator = rt_allocator(&heap)};
    vg_db *db = open_bank(&options);
    size_t blocks = 0;
    int64_t n;
    for (int i = 0; i < LONGEST; i++)
        ids[i] = i;
    for (size_t a = 0; a < LENGTHS; a++) {
        for (size_t b = 0; b < LENGTHS; b++) {
            check_ok(db, vg_count(db, &n, FROM(owners),
                                  WHERE(AND(IN_ARRAY(owners.id, ids, a),
                                            NOT_IN_ARRAY(owners.id, ids, b)))));
            assert_int_equal(n, expected_rows(a, b));
        }
        assert_in_range(vg_statistics(db).cached, 1, CACHE);
        if (a == 1)
            blocks = heap.blocks;
    }
    assert_int_equal(heap.blocks, blocks);
    check_ok(db,
             vg_count(db, &n, FROM(owners), WHERE(IN_ARRAY(owners.id, ids, LONGEST))));
    assert_int_equal(n, 3);
    vg_stats stats = vg_statistics(db);
    assert_int_equal(stats.hits, 0);
    assert_int_equal(stats.misses, LENGTHS * LENGTHS + 1);
    assert_int_equal(stats.misses - stats.evicted, CACHE);
    sqlite3 *raw = vg_raw(db);
    int prepared = 0;
    for (sqlite3_stmt *s = sqlite3_next_stmt(raw, NULL); s;
         s = sqlite3_next_stmt(raw, s))
        prepared++;
    assert_int_equal(prepared, CACHE);
    assert_int_equal(vg_close(db), VG_OK);
    rt_heap_check_empty(&heap);
}

/* ---- warm queries allocate nothing ---- */

static void warm_reads(vg_db *db, vg_arena *arena)
{
    owners_list list;
    struct owners *one, row;
    vg_cursor *cursor;
    int64_t n, ids[] = {1, 2, 3};
    bool there;
    int seen = 0;
    vg_arena_reset(arena);
    check_ok(db, vg_all(db, arena, &list, SELECT(owners),
                        WHERE(AND(IN_ARRAY(owners.id, ids, 3), LIKE(owners.name, "%"))),
                        ORDER_BY(owners.id)));
    assert_int_equal(list.len, 3);
    check_text(list.data[0].email, "ada@example.org");
    check_ok(db, vg_one(db, arena, &one, SELECT(owners), WHERE(EQ(owners.id, 2))));
    check_ok(db, vg_get(db, arena, &row, SELECT(owners), WHERE(EQ(owners.id, 2))));
    check_text(row.name, "Bob");
    check_ok(db, vg_count(db, &n, FROM(owners)));
    check_ok(db, vg_exists(db, &there, FROM(owners), WHERE(EQ(owners.id, 99))));
    assert_false(there);
    check_ok(db, vg_query(db, &cursor, &one, SELECT(owners), WHERE(LTE(owners.id, 3))));
    while (vg_next(cursor))
        seen++;
    assert_int_equal(vg_finish(cursor), VG_OK);
    assert_int_equal(seen, 3);
    assert_int_equal(vg_one(db, arena, &one, SELECT(owners), WHERE(EQ(owners.id, 99))),
                     VG_NOT_FOUND);
}

static void warm_writes(vg_db *db, vg_arena *arena)
{
    struct accounts_new rows[] = {{.owner_id = 2, .label = "a"},
                                  {.owner_id = 2, .label = "b", .balance = {true, 7}}};
    struct accounts *back;
    vg_arena_reset(arena);
    VG_TRANSACTION(db, tx) {
        check_ok(db, vg_exec(db, INSERT_INTO(accounts, VALUES(rows, 2))));
        check_ok(db, vg_exec(db, INSERT_INTO(accounts, VALUES(rows))));
        VG_TRANSACTION(db, nested) {
            check_ok(db, vg_exec(db, UPDATE(accounts, SET(note, "x")),
                                 WHERE(EQ(accounts.label, "a"))));
        }
    }
    assert_int_equal(vg_result(db), VG_OK);
    check_ok(db, vg_one(db, arena, &back,
                        INSERT_INTO(accounts, SET(owner_id, 2), SET(label, "c")),
                        RETURNING(accounts)));
    check_text(back->label, "c");
    check_ok(db, vg_exec(db, DELETE_FROM(accounts), WHERE(EQ(accounts.owner_id, 2))));
    assert_int_equal(vg_changes(db), 4);
}

/* A call that fails allocates no more than one that does not. */
static void warm_failures(vg_db *db, vg_arena *arena)
{
    struct owners_new twice[] = {{.name = "Eve"}, {.name = "Eve"}};
    vg_arena_reset(arena);
    assert_int_equal(vg_exec(db, INSERT_INTO(owners, SET(name, "Ada"))), VG_UNIQUE);
    assert_int_equal(vg_exec(db, INSERT_INTO(owners, VALUES(twice, 2))), VG_UNIQUE);
    VG_TRANSACTION(db, tx) {
        assert_int_equal(vg_exec(db, INSERT_INTO(owners, SET(name, "Ada"))), VG_UNIQUE);
    }
    assert_int_equal(vg_result(db), VG_UNIQUE);
}

static void count_events(void *ctx, const vg_log_event *event)
{
    *(size_t *)ctx += event->sql != NULL;
}

static void check_warm(void (*run)(vg_db *, vg_arena *), bool logs)
{
    rt_heap heap = {0};
    size_t events = 0;
    vg_options options = {.allocator = rt_allocator(&heap)};
    if (logs) {
        options.log = count_events;
        options.log_ctx = &events;
    }
    vg_arena arena = {.allocator = rt_allocator(&heap)};
    vg_db *db = open_bank(&options);
    check_ok(db, vg_exec(db, DELETE_FROM(accounts), WHERE(EQ(accounts.owner_id, 2))));
    for (int i = 0; i < 3; i++)
        run(db, &arena);
    size_t before = heap.calls, misses = vg_statistics(db).misses;
    assert_true(before > 0);
    for (int i = 0; i < 10; i++)
        run(db, &arena);
    assert_int_equal(heap.calls - before, 0);
    assert_int_equal(vg_statistics(db).misses, misses);
    assert_int_equal(events > 0, logs);
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
    rt_heap_check_empty(&heap);
}

/* Proves: Q107. */
static void test_cache__warm_reads_allocate_nothing(void **state)
{
    (void)state;
    check_warm(warm_reads, false);
    check_warm(warm_reads, true);
}

static void test_cache__warm_writes_allocate_nothing(void **state)
{
    (void)state;
    check_warm(warm_writes, false);
    check_warm(warm_writes, true);
}

static void test_cache__warm_failures_allocate_nothing(void **state)
{
    (void)state;
    check_warm(warm_failures, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cache__counts),
        cmocka_unit_test(test_cache__what_is_the_same),
        cmocka_unit_test(test_cache__is_shared_between_places),
        cmocka_unit_test(test_cache__nested_cursors),
        cmocka_unit_test(test_cache__full_of_busy_statements),
        cmocka_unit_test(test_cache__schema_change),
        cmocka_unit_test(test_cache__schema_change_by_another),
        cmocka_unit_test(test_cache__stays_bounded),
        cmocka_unit_test(test_cache__warm_reads_allocate_nothing),
        cmocka_unit_test(test_cache__warm_writes_allocate_nothing),
        cmocka_unit_test(test_cache__warm_failures_allocate_nothing),
    };
    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
