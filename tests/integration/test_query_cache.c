/* The query cache: what is kept, what makes it forget, and what is never kept. How often it
 * was asked is read from its statistics. */
#include "check.h"
#include "rt_bank.h"
#include <stdlib.h>
#include <time.h>

// clang-format off
QUERY(owners_above, ALL(owners), PARAMS(INTEGER(id)),
      SELECT(owners), WHERE(GT(owners.id, id)), ORDER_BY(owners.id), CACHE(60000))
QUERY(tagged, ALL(owners), PARAMS(), SELECT(owners), CACHE(0, TAG("people")))
PROJECTION(statement,
    FIELD(name,  owners.name),
    FIELD(label, NULLABLE(accounts.label)),
    OPT_ROW(account, accounts))
TABLE(parcels,
    COLUMN(id,     INTEGER,   PRIMARY_KEY),
    COLUMN(bytes,  BLOB),
    COLUMN(text,   TEXT),
    COLUMN(code,   UUID,      NOT_NULL),
    COLUMN(seen,   TIMESTAMP),
    COLUMN(weight, REAL))
// clang-format on

typedef struct bench {
    vg_query_cache *cache;
    vg_db *db;
    vg_arena arena;
} bench;

static int open_with(void **state, const vg_query_cache_options *options)
{
    bench *b = calloc(1, sizeof *b);
    *state = b;
    if (!b || vg_query_cache_open(&b->cache, options) != VG_OK)
        return -1;
    b->db = rt_bank_open(&(vg_options){.query_cache = b->cache});
    return 0;
}

static int setup(void **state)
{
    return open_with(state, NULL);
}

static int setup_all(void **state)
{
    return open_with(state, &(vg_query_cache_options){.all = true});
}

static int teardown(void **state)
{
    bench *b = *state;
    assert_int_equal(vg_close(b->db), VG_OK);
    vg_query_cache_close(b->cache);
    vg_arena_free(&b->arena);
    free(b);
    return 0;
}

#define check_stats(b, hit, miss)                                             \
    do {                                                                      \
        vg_query_cache_stats check_s = vg_query_cache_statistics((b)->cache); \
        assert_int_equal(check_s.hits, (hit));                                \
        assert_int_equal(check_s.misses, (miss));                             \
    } while (0)

static int64_t sum(bench *b)
{
    int64_t n = 0;
    check_ok(b->db, vg_get(b->db, NULL, &n,
                           SELECT_VALUE(SQL(INTEGER, "coalesce(sum(balance), 0)")),
                           FROM(accounts), CACHE(0)));
    return n;
}

/* Proves: Q100 Q101. */
static void test_cache__second_read_is_a_hit(void **state)
{
    bench *b = *state;
    owners_list list;
    for (int i = 0; i < 3; i++) {
        check_ok(b->db, vg_all(b->db, &b->arena, &list, SELECT(owners),
                               WHERE(GT(owners.id, 1)), ORDER_BY(owners.id), CACHE(0)));
        assert_int_equal(list.len, 2);
        check_text(list.data[1].name, "Cyd");
        assert_int_equal(vg_text_len(list.data[0].name), 3);
        assert_null(list.data[0].email);
    }
    check_stats(b, 2, 1);
    check_ok(b->db, vg_all(b->db, &b->arena, &list, SELECT(owners),
                           WHERE(GT(owners.id, 2)), ORDER_BY(owners.id), CACHE(0)));
    assert_int_equal(list.len, 1);
    check_stats(b, 2, 2);
}

/* A registered query is kept by its arguments; tags are for the others. */
static void test_cache__registered(void **state)
{
    bench *b = *state;
    for (int i = 0; i < 3; i++) {
        owners_list list;
        check_ok(b->db, owners_above(b->db, &b->arena, &list, 1));
        assert_int_equal(list.len, 2);
        check_ok(b->db, owners_above(b->db, &b->arena, &list, 2));
        assert_int_equal(list.len, 1);
        check_text(list.data[0].name, "Cyd");
    }
    check_stats(b, 4, 2);
    owners_list list;
    check_fails(b->db, tagged(b->db, &b->arena, &list), VG_INVALID,
                "CACHE: a registered query takes no TAG; its rows can be forgotten by "
                "their tables");
}

/* Not asked for, not kept; without a cache the clause says nothing. */
/* Proves: Q101. */
static void test_cache__only_when_asked(void **state)
{
    bench *b = *state;
    int64_t n;
    check_ok(b->db, vg_count(b->db, &n, FROM(owners)));
    check_ok(b->db, vg_count(b->db, &n, FROM(owners)));
    check_ok(b->db,
             vg_get(b->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(owners), NO_CACHE));
    check_stats(b, 0, 0);
    vg_db *plain = rt_bank_open(NULL);
    check_ok(plain, vg_count(plain, &n, FROM(owners), CACHE(0)));
    assert_int_equal(n, 3);
    assert_int_equal(vg_close(plain), VG_OK);
}

/* Proves: Q101. */
static void test_cache__all(void **state)
{
    bench *b = *state;
    int64_t n;
    bool there;
    for (int i = 0; i < 2; i++) {
        check_ok(b->db, vg_count(b->db, &n, FROM(owners)));
        check_ok(b->db,
                 vg_exists(b->db, &there, FROM(owners), WHERE(EQ(owners.id, 2))));
        assert_int_equal(n, 3);
        assert_true(there);
    }
    check_stats(b, 2, 2);
    check_ok(b->db, vg_count(b->db, &n, FROM(owners), NO_CACHE));
    check_ok(b->db, vg_count(b->db, &n, FROM(owners), NO_CACHE));
    owners_list list;
    check_ok(b->db, vg_all(b->db, &b->arena, &list,
                           RAW_SELECT(owners, "select * from owners")));
    check_stats(b, 2, 2);
}

/* Every kind of field, and the result of vg_one, vg_get and vg_all, come out whole. */
static void test_cache__rows_are_copied_whole(void **state)
{
    bench *b = *state;
    vg_uuid uuid = vg_uuid_v4();
    check_ok(b->db,
             vg_script(b->db,
                       "create table parcels (id integer primary key, bytes blob,"
                       "text text, code text, seen integer, weight real)"));
    vg_bytes bytes = {"a\0b", 3}, empty = {"", 0};
    check_ok(b->db, vg_exec(b->db, INSERT_INTO(parcels, SET(bytes, bytes),
                                               SET(text, ((vg_str){"x\0y", 3})),
                                               SET(code, &uuid), SET(weight, 0.5))));
    check_ok(b->db,
             vg_exec(b->db, INSERT_INTO(parcels, SET(bytes, empty), SET(text, ""),
                                        SET(code, &uuid), SET(seen, vg_now()))));
    for (int i = 0; i < 2; i++) {
        parcels_list list;
        struct parcels *one, got;
        check_ok(b->db, vg_all(b->db, &b->arena, &list, SELECT(parcels), CACHE(0)));
        assert_int_equal(list.len, 2);
        assert_memory_equal(list.data[0].bytes.data, "a\0b", 3);
        assert_int_equal(vg_text_len(list.data[0].text), 3);
        assert_memory_equal(list.data[0].text, "x\0y", 4);
        assert_memory_equal(&list.data[0].code, &uuid, 16);
        assert_true(list.data[0].weight.v == 0.5 && !list.data[0].seen.has);
        assert_true(list.data[1].bytes.data && list.data[1].bytes.len == 0);
        assert_int_equal(vg_text_len(list.data[1].text), 0);
        check_ok(b->db, vg_one(b->db, &b->arena, &one, SELECT(parcels),
                               WHERE(EQ(parcels.id, 1)), CACHE(0)));
        assert_memory_equal(one->bytes.data, "a\0b", 3);
        check_ok(b->db, vg_get(b->db, &b->arena, &got, SELECT(parcels),
                               WHERE(EQ(parcels.id, 1)), CACHE(0)));
        assert_memory_equal(got.text, "x\0y", 4);
        vg_arena_reset(&b->arena); /* what was given belongs to the caller */
    }
    check_stats(b, 4, 2); /* vg_one and vg_get share a row */
}

/* Proves: Q104. */
static void test_cache__nested_rows_and_joins(void **state)
{
    bench *b = *state;
    statement_list list;
    for (int i = 0; i < 4; i++) {
        check_ok(b->db, vg_all(b->db, &b->arena, &list, SELECT(statement), FROM(owners),
                               LEFT_JOIN(accounts, EQ(accounts.owner_id, owners.id)),
                               ORDER_BY(owners.name, accounts.label), CACHE(0)));
        assert_int_equal(list.len, 4);
        check_text(list.data[1].account->label, "savings");
        check_text(list.data[1].label, "savings");
        assert_null(list.data[3].account);
        if (i == 1) /* the joined table */
            check_ok(b->db, vg_exec(b->db, UPDATE(accounts, SET(balance, 5)),
                                    WHERE(EQ(accounts.id, 2))));
        assert_int_equal(list.data[1].account->balance, i < 2 ? 900 : 5);
    }
    check_stats(b, 2, 2);
}

/* Proves: Q101 Q104. */
static void test_cache__a_write_makes_it_forget(void **state)
{
    bench *b = *state;
    assert_int_equal(sum(b), 1050);
    check_ok(b->db,
             vg_exec(b->db, UPDATE(owners, SET(level, 2)), ALL_ROWS)); /* another */
    assert_int_equal(sum(b), 1050);
    check_stats(b, 1, 1);
    check_ok(b->db, vg_exec(b->db, UPDATE(accounts, SET(balance, 1)),
                            WHERE(EQ(accounts.id, 1))));
    assert_int_equal(sum(b), 951);
    check_ok(b->db,
             vg_exec(b->db, RAW("update accounts set balance = 0 where id = 2")));
    assert_int_equal(sum(b), 51);
    check_ok(
        b->db,
        vg_script(b->db, "update accounts set balance = 2 where id = 2; select 1"));
    assert_int_equal(sum(b), 53);
    check_ok(b->db, vg_exec(b->db, DELETE_FROM(accounts), ALL_ROWS));
    assert_int_equal(sum(b), 0);
    check_stats(b, 1, 5);
}

/* Through subqueries, views, triggers and cascades: SQLite names the tables. */
/* Proves: Q104. */
static void test_cache__tables_behind_the_text(void **state)
{
    bench *b = *state;
    int64_t n;
    check_ok(b->db, vg_script(b->db, "create view rich as select * from accounts where "
                                     "balance > 99; create table audit (n integer);"
                                     "create trigger t after update on owners begin "
                                     "update accounts set balance = 0; end"));
    for (int i = 0; i < 4; i++) {
        check_ok(b->db,
                 vg_get(b->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(owners),
                        WHERE(EXISTS(SELECT_VALUE(accounts.owner_id), FROM(accounts),
                                     WHERE(AND(EQ(accounts.owner_id, owners.id),
                                               GT(accounts.balance, 100))))),
                        CACHE(0)));
        assert_int_equal(n, i < 2 ? 1 : 0);
        owners_list list;
        check_ok(b->db,
                 vg_all(b->db, &b->arena, &list,
                        RAW_SELECT(owners, "select owners.* from owners join rich on "
                                           "rich.owner_id = owners.id"),
                        CACHE(0)));
        assert_int_equal(list.len, i < 2 ? 2 : 0);
        if (i == 1)
            check_ok(b->db, vg_exec(b->db, UPDATE(owners, SET(level, 9)),
                                    WHERE(EQ(owners.id, 3))));
    }
    check_stats(b, 4, 4);
}

/* A change of the schema makes everything uncertain. */
static void test_cache__schema_changes(void **state)
{
    bench *b = *state;
    assert_int_equal(sum(b), 1050);
    check_ok(b->db, vg_exec(b->db, RAW("create table more (id integer)")));
    assert_int_equal(sum(b), 1050);
    check_stats(b, 0, 2);
}

/* Proves: Q104. */
static void test_cache__not_in_a_transaction(void **state)
{
    bench *b = *state;
    assert_int_equal(sum(b), 1050);
    VG_TRANSACTION(b->db, tx) {
        assert_int_equal(sum(b), 1050);
        vg_exec(b->db, UPDATE(accounts, SET(balance, 0)), ALL_ROWS);
        assert_int_equal(sum(b), 0);
        vg_rollback(tx);
    }
    check_stats(b, 0, 1);
    assert_int_equal(sum(b), 1050);
    VG_TRANSACTION(b->db, tx) {
        vg_exec(b->db, UPDATE(accounts, SET(balance, 1)), ALL_ROWS);
    }
    assert_int_equal(sum(b), 3);
    assert_int_equal(sum(b), 3);
    check_stats(b, 1, 3);
}

/* An open cursor holds on to the state in which it began. */
static void test_cache__not_beside_an_open_cursor(void **state)
{
    bench *b = *state;
    vg_cursor *cursor;
    struct owners *row;
    check_ok(b->db, vg_query(b->db, &cursor, &row, SELECT(owners), CACHE(0)));
    assert_true(vg_next(cursor));
    assert_int_equal(sum(b), 1050);
    check_ok(b->db, vg_finish(cursor));
    check_stats(b, 0, 0);
}

/* What depends on more than tables that all connections share. */
static void test_cache__impure_is_not_kept(void **state)
{
    bench *b = *state;
    int64_t n;
    check_ok(b->db, vg_script(b->db, "create temp table own (n integer)"));
    for (int i = 0; i < 2; i++) {
        check_ok(b->db, vg_get(b->db, NULL, &n, SELECT_VALUE(SQL(INTEGER, "random()")),
                               FROM(owners), CACHE(0)));
        check_ok(b->db,
                 vg_get(b->db, NULL, &n,
                        SELECT_VALUE(SQL(INTEGER, "(select count(*) from temp.own)")),
                        FROM(owners), CACHE(0)));
    }
    check_stats(b, 0, 0);
}

/* No row is a result too. */
static void test_cache__nothing_is_kept_as_well(void **state)
{
    bench *b = *state;
    for (int i = 0; i < 2; i++) {
        struct owners *one;
        owners_list list;
        assert_int_equal(vg_one(b->db, &b->arena, &one, SELECT(owners),
                                WHERE(EQ(owners.id, 99)), CACHE(0)),
                         VG_NOT_FOUND);
        assert_null(one);
        check_ok(b->db, vg_all(b->db, &b->arena, &list, SELECT(owners),
                               WHERE(EQ(owners.id, 99)), CACHE(0)));
        assert_int_equal(list.len, 0);
    }
    check_stats(b, 2, 2);
}

/* Proves: Q102 Q101. */
static void test_cache__forget(void **state)
{
    bench *b = *state;
    int64_t n;
    const char *user = "user:7";
    for (int i = 0; i < 6; i++) {
        check_ok(b->db, vg_get(b->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(owners),
                               CACHE(0, TAG("people"), TAG(user))));
        if (i == 1)
            vg_query_cache_forget_tag(b->cache, "people");
        if (i == 2)
            vg_query_cache_forget_tag(b->cache, "user:7");
        if (i == 3)
            vg_query_cache_forget_table(b->cache, &owners.vg_shape);
        if (i == 4)
            vg_query_cache_forget_tag(b->cache, "user");
    }
    check_stats(b, 2, 4);
    vg_query_cache_forget_table(b->cache, &accounts.vg_shape);
    check_ok(b->db, vg_get(b->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(owners),
                           CACHE(0, TAG("people"), TAG(user))));
    check_stats(b, 3, 4);
    vg_query_cache_forget_all(b->cache);
    check_ok(b->db, vg_get(b->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(owners),
                           CACHE(0, TAG("people"), TAG(user))));
    check_stats(b, 3, 5);
}

/* Proves: Q101. */
static void test_cache__stale_rows_by_wish(void **state)
{
    bench *b = *state;
    int64_t n;
    for (int i = 0; i < 2; i++) {
        check_ok(b->db, vg_get(b->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(owners),
                               CACHE(60000, STALE, TAG("x"))));
        assert_int_equal(n, 3);
        check_ok(b->db,
                 vg_exec(b->db, INSERT_INTO(owners, SET(name, i ? "Dan" : "Eve"))));
    }
    check_stats(b, 1, 1);
}

/* Proves: Q103. */
static void test_cache__time_to_live(void **state)
{
    bench *b = *state;
    int64_t n;
    for (int i = 0; i < 3; i++) {
        if (i == 2)
            nanosleep(&(struct timespec){0, 30000000}, NULL);
        check_ok(b->db, vg_get(b->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(owners),
                               WHERE(GT(owners.id, 0)), CACHE(i < 2 ? 20000 : 10)));
    }
    check_stats(b, 2, 1);
    vg_query_cache_forget_all(b->cache);
    for (int i = 0; i < 2; i++) {
        check_ok(b->db, vg_get(b->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(owners),
                               WHERE(GT(owners.id, 0)), CACHE(10)));
        nanosleep(&(struct timespec){0, 30000000}, NULL);
    }
    check_stats(b, 2, 3);
}

/* The least recently used results go; one that is too large is not kept. */
static void test_cache__is_bounded(void **state)
{
    (void)state;
    void *made;
    assert_int_equal(open_with(&made, &(vg_query_cache_options){.max_bytes = 8192}), 0);
    bench *b = made;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 50; i++) {
            struct owners *one;
            check_ok(b->db,
                     vg_one(b->db, &b->arena, &one, SELECT(owners),
                            WHERE(AND(EQ(owners.id, 1), NE(owners.level, i + 100))),
                            CACHE(0)));
        }
    }
    vg_query_cache_stats stats = vg_query_cache_statistics(b->cache);
    assert_true(stats.bytes <= 8192 && stats.entries > 2 && stats.evicted > 50);
    assert_int_equal(stats.hits, 0);
    assert_int_equal(stats.kept - stats.evicted, stats.entries);
    check_ok(b->db,
             vg_script(b->db,
                       "insert into owners (name) with recursive n(i) as (select "
                       "1 union all select i + 1 from n where i < 500) select "
                       "'name ' || i from n"));
    owners_list list;
    check_ok(b->db, vg_all(b->db, &b->arena, &list, SELECT(owners), CACHE(0)));
    assert_int_equal(list.len, 503);
    assert_int_equal(vg_query_cache_statistics(b->cache).kept, stats.kept);
    teardown(&made);
}

/* Two connections to a file share results; a third without the cache, and one that writes
 * past Virga, are noticed. */
static void test_cache__several_connections(void **state)
{
    (void)state;
    char path[64];
    temp_file(path);
    vg_query_cache *cache;
    assert_int_equal(vg_query_cache_open(&cache, NULL), VG_OK);
    vg_options options = {.query_cache = cache};
    bench a = {.cache = cache, .db = rt_bank_open_file(path, &options, true)};
    bench b = {.cache = cache, .db = rt_bank_open_file(path, &options, false)};
    vg_db *stranger = rt_bank_open_file(path, NULL, false);
    assert_int_equal(sum(&a), 1050);
    assert_int_equal(sum(&b), 1050);
    check_stats(&a, 1, 1);
    check_ok(a.db, vg_exec(a.db, UPDATE(accounts, SET(balance, 1)), ALL_ROWS));
    assert_int_equal(sum(&b), 3);
    assert_int_equal(sum(&a), 3);
    check_ok(stranger, vg_exec(stranger, UPDATE(accounts, SET(balance, 2)), ALL_ROWS));
    assert_int_equal(sum(&b), 6);
    assert_int_equal(sum(&a), 6);
    check_rows(a.db, "update accounts set balance = 3 returning 1", "1;1;1");
    assert_int_equal(sum(&a), 9);
    assert_int_equal(sum(&b), 9);
    vg_db *memory = rt_bank_open(&options); /* a database of its own */
    bench m = {.cache = cache, .db = memory};
    assert_int_equal(sum(&m), 1050);
    assert_int_equal(vg_close(memory), VG_OK);
    assert_int_equal(vg_close(stranger), VG_OK);
    assert_int_equal(vg_close(a.db), VG_OK);
    assert_int_equal(vg_close(b.db), VG_OK);
    vg_query_cache_close(cache);
    temp_file_remove(path);
}

/* With nobody else at the file, a write of one connection costs only its tables. */
static void test_cache__alone(void **state)
{
    (void)state;
    char path[64];
    int64_t n;
    temp_file(path);
    vg_query_cache *cache;
    assert_int_equal(
        vg_query_cache_open(&cache, &(vg_query_cache_options){.alone = true}), VG_OK);
    vg_options options = {.query_cache = cache};
    bench a = {.cache = cache, .db = rt_bank_open_file(path, &options, true)};
    bench b = {.cache = cache, .db = rt_bank_open_file(path, &options, false)};
    assert_int_equal(sum(&a), 1050);
    check_ok(b.db, vg_exec(b.db, UPDATE(owners, SET(level, 8)), ALL_ROWS));
    assert_int_equal(sum(&a), 1050);
    check_stats(&a, 1, 1);
    check_ok(b.db, vg_exec(b.db, UPDATE(accounts, SET(balance, 1)), ALL_ROWS));
    assert_int_equal(sum(&a), 3);
    check_ok(b.db, vg_count(b.db, &n, FROM(accounts)));
    assert_int_equal(sum(&b), 3);
    check_stats(&a, 2, 2);
    assert_int_equal(vg_close(a.db), VG_OK);
    assert_int_equal(vg_close(b.db), VG_OK);
    vg_query_cache_close(cache);
    temp_file_remove(path);
}

static void test_cache__refused(void **state)
{
    bench *b = *state;
    int64_t n;
    check_fails(b->db, vg_exec(b->db, DELETE_FROM(owners), ALL_ROWS, CACHE(0)),
                VG_INVALID,
                "the statement is not valid: CACHE keeps what a SELECT reads; this "
                "statement writes");
    check_fails(
        b->db,
        vg_count(b->db, &n, FROM(owners),
                 WHERE(EXISTS(SELECT_VALUE(accounts.id), FROM(accounts), CACHE(0)))),
        VG_INVALID, "CACHE belongs to the whole statement, not to a subquery");
    check_fails(b->db, vg_count(b->db, &n, FROM(owners), CACHE(0), CACHE(1)),
                VG_INVALID, "the statement is not valid: CACHE stands twice");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_cache__second_read_is_a_hit),
        TEST(test_cache__registered),
        TEST(test_cache__only_when_asked),
        cmocka_unit_test_setup_teardown(test_cache__all, setup_all, teardown),
        TEST(test_cache__rows_are_copied_whole),
        TEST(test_cache__nested_rows_and_joins),
        TEST(test_cache__a_write_makes_it_forget),
        TEST(test_cache__tables_behind_the_text),
        TEST(test_cache__schema_changes),
        TEST(test_cache__not_in_a_transaction),
        TEST(test_cache__not_beside_an_open_cursor),
        TEST(test_cache__impure_is_not_kept),
        TEST(test_cache__nothing_is_kept_as_well),
        TEST(test_cache__forget),
        TEST(test_cache__stale_rows_by_wish),
        TEST(test_cache__time_to_live),
        cmocka_unit_test(test_cache__is_bounded),
        cmocka_unit_test(test_cache__several_connections),
        cmocka_unit_test(test_cache__alone),
        TEST(test_cache__refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
