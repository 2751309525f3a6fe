/* Registered queries: what QUERY makes of each result and each kind of parameter, and how
 * its statement lives in the cache. */
#include "check.h"
#include "rt_bank.h"
#include "rt_heap.h"

// clang-format off
TABLE(events,
    COLUMN(id,     UUID,      PRIMARY_KEY, DEFAULT_FN(vg_default_uuid_v7)),
    COLUMN(name,   TEXT,      NOT_NULL),
    COLUMN(at,     TIMESTAMP, NOT_NULL, MODE(SECONDS)),
    COLUMN(day,    DATE),
    COLUMN(iso,    TIMESTAMP, MODE(ISO_TEXT)),
    COLUMN(key,    UUID,      MODE(BINARY)),
    COLUMN(ratio,  REAL),
    COLUMN(done,   BOOLEAN,   NOT_NULL, DEFAULT(false)),
    COLUMN(data,   BLOB),
    COLUMN(extra,  JSON),
    COLUMN(price,  NUMERIC))

QUERY(all_owners, ALL(owners), PARAMS(), SELECT(owners), ORDER_BY(owners.id))
QUERY(owner_by_name, ONE(owners), PARAMS(TEXT(name)),
      SELECT(owners), WHERE(EQ(owners.name, name)))
QUERY(owner_into, GET(owners), PARAMS(INTEGER(id)), SELECT(owners), WHERE(EQ(owners.id, id)))
QUERY(owner_count, GET(INTEGER), PARAMS(), SELECT_VALUE(COUNT()), FROM(owners))
QUERY(richest, GET(OPT_INTEGER), PARAMS(INTEGER(owner)),
      SELECT_VALUE(MAX(accounts.balance)), FROM(accounts),
      WHERE(EQ(accounts.owner_id, owner)))
QUERY(page, ALL(INTEGER), PARAMS(INTEGER(most), INTEGER(skip)),
      SELECT_VALUE(accounts.id), FROM(accounts), ORDER_BY(accounts.id), LIMIT(most), OFFSET(skip))
QUERY(each_account, EACH(accounts), PARAMS(INTEGER(least)),
      SELECT(accounts), WHERE(GTE(accounts.balance, least)), ORDER_BY(accounts.id))
QUERY(rename_owner, EXEC, PARAMS(INTEGER(id), TEXT(name), OPT_TEXT(email)),
      UPDATE(owners, SET(name, name), SET(email, email)), WHERE(EQ(owners.id, id)))
QUERY(find_mail, ALL(owners), PARAMS(OPT_TEXT(email)),
      SELECT(owners), WHERE(EQ(owners.email, email)))
QUERY(deposit, ONE(accounts), PARAMS(INTEGER(id), INTEGER(amount)),
      UPDATE(accounts, SET(balance, ADD(accounts.balance, amount))),
      WHERE(EQ(accounts.id, id)), RETURNING(accounts))
QUERY(upsert, EXEC, PARAMS(TEXT(name), INTEGER(level)),
      INSERT_INTO(owners, SET(name, name), SET(level, level)),
      ON_CONFLICT(owners, KEY(name), SET(level, ADD(owners.level, level))))
QUERY(add_event, GET(events),
      PARAMS(STR(name), TIMESTAMP(at), OPT_DATE(day), OPT_TIMESTAMP(iso), OPT_UUID(key),
             OPT_REAL(ratio), BOOLEAN(done), OPT_BLOB(data), OPT_JSON(extra), OPT_NUMERIC(price)),
      INSERT_INTO(events, SET(name, name), SET(at, at), SET(day, day), SET(iso, iso),
                  SET(key, key), SET(ratio, ratio), SET(done, done), SET(data, data),
                  SET(extra, extra), SET(price, price)),
      RETURNING(events))
QUERY(find_event, GET(TEXT),
      PARAMS(TIMESTAMP(from), DATE(day), TIMESTAMP(iso), UUID(key), REAL(ratio), BOOLEAN(done),
             BLOB(data), JSON(extra), NUMERIC(price)),
      SELECT_VALUE(events.name), FROM(events),
      WHERE(AND(GTE(events.at, from), EQ(events.day, day), BETWEEN(events.iso, iso, iso),
                IN(events.key, key), EQ(events.ratio, ratio), EQ(events.done, done),
                EQ(events.data, data), EQ(events.extra, extra), EQ(events.price, price))))
QUERY(constants, ALL(owners), PARAMS(),
      SELECT(owners), WHERE(AND(IN(owners.name, "Ada", "Bob"), NE(owners.email, "x"))))
// clang-format on

SCHEMA(calendar, events)

static int setup(void **state)
{
    int rc = fixture_open(state, &bank, BANK_ROWS);
    fixture *f = *state;
    return rc ? rc : vg_create(f->db, &calendar);
}

/* Proves: Q043. */
static void test_registered__results(void **state)
{
    fixture *f = *state;
    owners_list list;
    struct owners *one, into;
    int64_t count;
    vg_opt_int most;
    vg_int_list ids;
    for (int i = 0; i < 3; i++) {
        check_ok(f->db, all_owners(f->db, &f->arena, &list));
        assert_int_equal(list.len, 3);
        assert_string_equal(list.data[2].name, "Cyd");
        check_ok(f->db, owner_by_name(f->db, &f->arena, &one, i ? "Bob" : "Ada"));
        assert_int_equal(one->id, i ? 2 : 1);
        assert_int_equal(owner_by_name(f->db, &f->arena, &one, "Nobody"), VG_NOT_FOUND);
        assert_null(one);
        check_ok(f->db, owner_into(f->db, &f->arena, &into, 3));
        assert_string_equal(into.name, "Cyd");
        check_ok(f->db, owner_count(f->db, NULL, &count));
        assert_int_equal(count, 3);
        check_ok(f->db, richest(f->db, NULL, &most, 1));
        assert_true(most.has && most.v == 900);
        check_ok(f->db, richest(f->db, NULL, &most, 3));
        assert_false(most.has);
        check_ok(f->db, page(f->db, &f->arena, &ids, 2, i));
        assert_int_equal(ids.len, i < 2 ? 2 : 1);
        assert_int_equal(ids.data[0], i + 1);
        check_ok(f->db, constants(f->db, &f->arena, &list));
        assert_int_equal(list.len, 1);
    }
    vg_stats stats = vg_statistics(f->db);
    assert_int_equal(stats.nested, 0);
}

/* Proves: Q044 Q045. */
static void test_registered__parameters_are_stored_as_their_column(void **state)
{
    fixture *f = *state;
    struct events e;
    const char *name;
    vg_uuid key = {{1, 2, 3}};
    vg_timestamp at = {1790000000 * INT64_C(1000000)};
    vg_timestamp day = {20000 * INT64_C(86400000000)};
    vg_bytes data = {"\0x", 2};
    check_ok(f->db, add_event(f->db, &f->arena, &e, (vg_str){"launch!", 6}, at,
                              (vg_opt_time)VG_SOME(day), (vg_opt_time)VG_SOME(at),
                              &(vg_opt_uuid)VG_SOME(key), (vg_opt_real)VG_SOME(0.5),
                              true, data, "{}", "1.5"));
    check_rows(f->db,
               "select name, at, day, iso, hex(key), ratio, done, data, extra, price, "
               "length(id) from events",
               "launch|1790000000|2024-10-04|2026-09-21T14:13:20.000000Z|"
               "01020300000000000000000000000000|0.5|1|x'0078'|{}|1.5|36");
    assert_string_equal(e.name, "launch");
    assert_int_equal(e.at.us, at.us);
    check_ok(f->db, find_event(f->db, &f->arena, &name, at, day, at, &key, 0.5, true,
                               data, "{}", "1.5"));
    assert_string_equal(name, "launch");
    /* The second row's values, generated key included, are its own. */
    check_ok(f->db, add_event(f->db, &f->arena, &e, (vg_str){"later", 5}, at,
                              (vg_opt_time){0}, (vg_opt_time){0}, NULL,
                              (vg_opt_real){0}, false, (vg_bytes){0}, NULL, NULL));
    check_rows(f->db,
               "select count(distinct id), sum(day is null and iso is null and key is "
               "null and ratio is null and data is null and extra is null and price is "
               "null) from events",
               "2|1");
}

/* Proves: Q045 Q097. */
static void test_registered__writes(void **state)
{
    fixture *f = *state;
    struct accounts *account;
    check_ok(f->db, rename_owner(f->db, 2, "Robert", "bob@example.org"));
    check_ok(f->db, rename_owner(f->db, 3, "Cy", NULL));
    assert_int_equal(vg_changes(f->db), 1);
    check_rows(f->db, "select name, email from owners where id > 1",
               "Robert|bob@example.org;Cy|null");
    check_ok(f->db, deposit(f->db, &f->arena, &account, 3, 25));
    assert_int_equal(account->balance, 75);
    assert_int_equal(deposit(f->db, &f->arena, &account, 9, 25), VG_NOT_FOUND);
    check_ok(f->db, upsert(f->db, "Dee", 4));
    check_ok(f->db, upsert(f->db, "Dee", 5));
    check_rows(f->db, "select level from owners where name = 'Dee'", "9");
    VG_TRANSACTION(f->db, tx) {
        deposit(f->db, &f->arena, &account, 3, 25);
        upsert(f->db, "Dee", 1);
        vg_rollback(tx);
    }
    check_rows(f->db, "select balance from accounts where id = 3", "75");
    rt_check_sound(f->db);
}

/* Proves: Q046. */
static void test_registered__null_is_refused(void **state)
{
    fixture *f = *state;
    struct owners *one;
    owners_list list;
    const char *name;
    check_fails(
        f->db, owner_by_name(f->db, &f->arena, &one, NULL), VG_INVALID,
        "owner_by_name: the parameter name is NULL; declare it as OPT_... if that "
        "is meant");
    assert_non_null(strstr(vg_errinfo(f->db)->file, "test_registered.c"));
    assert_true(vg_errinfo(f->db)->line > 10);
    check_fails(
        f->db, rename_owner(f->db, 1, NULL, NULL), VG_INVALID,
        "rename_owner: the parameter name is NULL; declare it as OPT_... if that is "
        "meant");
    check_fails(f->db, find_mail(f->db, &f->arena, &list, NULL), VG_INVALID,
                "find_mail: the parameter email is NULL where it is compared, and NULL "
                "equals no row");
    assert_int_equal(list.len, 0);
    check_fails(
        f->db,
        find_event(f->db, &f->arena, &name, (vg_timestamp){0}, (vg_timestamp){0},
                   (vg_timestamp){0}, NULL, 0, true, (vg_bytes){"", 0}, "", ""),
        VG_INVALID,
        "find_event: the parameter key is NULL; declare it as OPT_... if that is "
        "meant");
    check_ok(f->db, find_mail(f->db, &f->arena, &list, "ada@example.org"));
    assert_int_equal(list.len, 1);
}

static void test_registered__cursor_while_the_query_runs_again(void **state)
{
    fixture *f = *state;
    vg_cursor *outer, *inner;
    struct accounts *a, *b;
    int pairs = 0;
    check_ok(f->db, each_account(f->db, &outer, &a, 60));
    while (vg_next(outer)) {
        assert_true(a->balance >= 60);
        check_ok(f->db, each_account(f->db, &inner, &b, 0));
        while (vg_next(inner))
            pairs++;
        check_ok(f->db, vg_finish(inner));
    }
    check_ok(f->db, vg_finish(outer));
    assert_int_equal(pairs, 6);
    assert_int_equal(vg_statistics(f->db).nested, 1);
}

/* Proves: Q043. */
static void test_registered__found_without_a_miss(void **state)
{
    fixture *f = *state;
    struct owners *one;
    check_ok(f->db, owner_by_name(f->db, &f->arena, &one, "Ada"));
    vg_stats before = vg_statistics(f->db);
    for (int i = 0; i < 10; i++)
        check_ok(f->db, owner_by_name(f->db, &f->arena, &one, "Bob"));
    vg_stats after = vg_statistics(f->db);
    assert_int_equal(after.misses, before.misses);
    assert_int_equal(after.hits - before.hits, 10);
}

static void test_registered__survives_eviction_and_schema_change(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(&(vg_options){.statement_cache = 1});
    vg_arena arena = {0};
    struct owners *one;
    int64_t count;
    for (int i = 0; i < 3; i++) {
        check_ok(db, owner_by_name(db, &arena, &one, "Ada"));
        check_ok(db, owner_count(db, NULL, &count));
        check_ok(db, vg_exec(db, RAW("select 1")));
    }
    assert_int_equal(vg_statistics(db).cached, 1);
    assert_true(vg_statistics(db).evicted >= 8);
    check_ok(db, owner_by_name(db, &arena, &one, "Ada"));
    check_ok(db, vg_script(db, "create index later on owners (level);"
                               "alter table owners add column more text"));
    check_ok(db, owner_by_name(db, &arena, &one, "Bob"));
    assert_int_equal(one->id, 2);
    check_ok(db, vg_script(db, "drop table accounts; drop table owners"));
    assert_int_equal(owner_by_name(db, &arena, &one, "Bob"), VG_SCHEMA);
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
}

/* What points into the body's own block is copied into the statement. */
static const char *volatile_text(char *room)
{
    memcpy(room, "Ada", 4);
    return room;
}

// clang-format off
QUERY(by_constant, ONE(owners), PARAMS(INTEGER(most)),
      SELECT(owners), WHERE(AND(EQ(owners.name, volatile_text((char[8]){0})),
                                IN(owners.level, 1, 2))), LIMIT(most))
// clang-format on

static void test_registered__constants_are_kept(void **state)
{
    fixture *f = *state;
    struct owners *one;
    for (int i = 0; i < 3; i++) {
        check_ok(f->db, by_constant(f->db, &f->arena, &one, 1));
        assert_int_equal(one->id, 1);
    }
}

static void log_event(void *ctx, const vg_log_event *event)
{
    const char **seen = ctx;
    assert_int_equal(event->param_count, 1);
    assert_string_equal(event->params[0].s, "Bob");
    assert_non_null(strstr(event->here, "test_registered.c:"));
    *seen = "logged";
}

static void test_registered__is_logged(void **state)
{
    (void)state;
    const char *seen = NULL;
    vg_db *db = rt_bank_open(NULL);
    assert_int_equal(vg_close(db), VG_OK);
    char path[64];
    db = rt_bank_open_file(temp_file(path), NULL, true);
    assert_int_equal(vg_close(db), VG_OK);
    db = rt_bank_open_file(path, &(vg_options){.log = log_event, .log_ctx = &seen},
                           false);
    vg_arena arena = {0};
    struct owners *one;
    check_ok(db, owner_by_name(db, &arena, &one, "Bob"));
    assert_string_equal(seen, "logged");
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

/* Every allocation fails once: nothing leaks and the next call works. */
static void test_registered__memory(void **state)
{
    (void)state;
    bool done = false;
    for (size_t nth = 1; !done; nth++) {
        rt_heap heap = {0};
        vg_db *db = rt_bank_open(&(vg_options){.allocator = rt_allocator(&heap)});
        vg_arena arena = {.allocator = rt_allocator(&heap)};
        struct owners *one;
        struct accounts *account;
        vg_cursor *cursor = NULL;
        rt_heap_arm(&heap, nth, false);
        int rc = owner_by_name(db, &arena, &one, "Bob");
        if (rc == VG_OK)
            rc = deposit(db, &arena, &account, 1, 1);
        if (rc == VG_OK)
            rc = each_account(db, &cursor, &account, 0);
        while (rc == VG_OK && vg_next(cursor))
            ;
        if (cursor)
            rc = vg_finish(cursor);
        done = !heap.failed;
        assert_int_equal(rc, done ? VG_OK : VG_NO_MEMORY);
        rt_heap_arm(&heap, 0, false);
        check_ok(db, owner_by_name(db, &arena, &one, "Bob"));
        assert_int_equal(one->id, 2);
        vg_arena_free(&arena);
        assert_int_equal(vg_close(db), VG_OK);
        rt_heap_check_empty(&heap);
    }
}

typedef struct listing {
    size_t count;
    bool found;
    const vg_registration *last;
} listing;

static int list_one(void *ctx, const vg_registration *entry)
{
    listing *l = ctx;
    l->count++;
    assert_string_equal(entry->here, entry->query->here);
    if (strcmp(entry->query->name, "rename_owner") == 0) {
        const vg_registered *q = entry->query;
        l->found = true;
        assert_int_equal(q->result, VG_RESULT_NONE);
        assert_int_equal(q->param_count, 3);
        assert_string_equal(q->params[2].name, "email");
        assert_int_equal(q->params[2].type, VG_TYPE_TEXT);
        assert_int_equal(q->params[2].nullable, 1);
        assert_int_equal(q->params[1].nullable, 0);
    }
    l->last = entry;
    return l->count == 100 ? 7 : 0;
}

static void test_registered__are_listed_in_order(void **state)
{
    (void)state;
    listing l = {0};
    assert_int_equal(vg_registry_each(list_one, &l), VG_OK);
    assert_true(l.found);
    assert_int_equal(l.count, 15);
    assert_string_equal(l.last->query->name, "by_constant");
    l.count = 99;
    assert_int_equal(vg_registry_each(list_one, &l), 7);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_registered__##name, setup, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(results),
        TEST(parameters_are_stored_as_their_column),
        TEST(writes),
        TEST(null_is_refused),
        TEST(cursor_while_the_query_runs_again),
        TEST(found_without_a_miss),
        cmocka_unit_test(test_registered__survives_eviction_and_schema_change),
        TEST(constants_are_kept),
        cmocka_unit_test(test_registered__is_logged),
        cmocka_unit_test(test_registered__memory),
        cmocka_unit_test(test_registered__are_listed_in_order),
    };
    return cmocka_run_group_tests_name("registered", tests, NULL, NULL);
}
