/* Trees by keys of every kind and number, where they may stand, and what is refused; on SQLite
 * and once more on PostgreSQL. */
#include "check.h"
#include <stdio.h>

ENUM(tone, VALUE(LOW, "low"), VALUE(HIGH, "high"))

// clang-format off
TABLE(rooms,
    COLUMN(house, TEXT,    NOT_NULL),
    COLUMN(no,    INTEGER, NOT_NULL),
    COLUMN(code,  UUID,    NOT_NULL),
    COLUMN(tone,  ENUM_TEXT(tone), NOT_NULL),
    PRIMARY_KEY(house, no),
    MANY(guests, guests, COLUMNS(house, no)),
    MANY(by_house, guests, house, house),
    MANY(by_tone, guests, tone, tone),
    MANY(neighbours, rooms, house, house),
    MANY_THROUGH(keepers, keepers, room_keepers, COLUMNS(house, no), keeper),
    MANY(keys, room_keys, code, code))

TABLE(guests,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(house,  TEXT),
    COLUMN(no,     INTEGER),
    COLUMN(tone,   ENUM_TEXT(tone)),
    COLUMN(wealth, NUMERIC),
    COLUMN(seen,   TIMESTAMP),
    COLUMN(photo,  BLOB),
    COLUMN(ratio,  REAL),
    COLUMN(big,    INTEGER),
    COLUMN(vip,    BOOLEAN),
    ONE(room, rooms, COLUMNS(house, no)),
    ONE(host, guests, big),
    ONE(twin, guests, no, big))

TABLE(keepers,
    COLUMN(name, TEXT, PRIMARY_KEY),
    MANY_THROUGH(rooms, rooms, room_keepers, keeper, COLUMNS(house, no)))

TABLE(room_keepers,
    COLUMN(house,  TEXT,    NOT_NULL),
    COLUMN(no,     INTEGER, NOT_NULL),
    COLUMN(keeper, TEXT,    NOT_NULL))

TABLE(room_keys,
    COLUMN(code, UUID, NOT_NULL),
    COLUMN(n,    INTEGER, NOT_NULL))

TABLE(numbers,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(half, INTEGER, NOT_NULL),
    ONE(smaller, numbers, half),
    MANY(doubles, numbers, half))

VIEW_SQL(big_numbers, "select id, half from numbers where id > 600",
    COLUMN(id,   INTEGER, NOT_NULL),
    COLUMN(half, INTEGER, NOT_NULL),
    ONE(smaller, numbers, half),
    MANY(doubles, some_numbers, half, id))

VIEW_SQL(some_numbers, "select id, half from numbers where id < 1300",
    COLUMN(id,   INTEGER, NOT_NULL),
    COLUMN(half, INTEGER, NOT_NULL))

VIEW(odd_numbers, numbers, SELECT(numbers), WHERE(EQ(MOD(numbers.id, 2), 1)))
// clang-format on

SCHEMA(inn, rooms, guests, keepers, room_keepers, room_keys, numbers, big_numbers,
       some_numbers, odd_numbers)
ALIAS(others, numbers)

enum { NUMBERS = 1000 };

static int setup(void **state)
{
    int rc = fixture_open(state, &inn, NULL);
    fixture *f = *state;
    static struct numbers_new numbers_rows[NUMBERS];
    for (int i = 0; i < NUMBERS; i++)
        numbers_rows[i] =
            (struct numbers_new){.id = {true, i + 1}, .half = (i + 1) / 2};
    vg_uuid code = {{1, 2, 3}}, other = {{9}};
    struct rooms_new new_rooms[] = {{.house = "b", .no = 1, .code = code, .tone = HIGH},
                                    {.house = "a", .no = 1, .code = other, .tone = LOW},
                                    {.house = "a", .no = 2, .code = code, .tone = LOW}};
    struct guests_new new_guests[] = {
        {.id = {true, 1}, .house = "a", .no = {true, 1}, .tone = {true, HIGH}},
        {.id = {true, 2},
         .house = "a",
         .no = {true, 2},
         .big = {true, INT64_MAX},
         .wealth = "12345678901234567890.5",
         .seen = {true, {1700000000123456}},
         .photo = {"\0\1", 2},
         .ratio = {true, 0.1},
         .vip = {true, true}},
        {.id = {true, 3}, .house = "b", .big = {true, 1}},
        {.id = {true, 4}, .no = {true, 1}, .big = {true, 2}},
        {.id = {true, 5}, .house = "a", .no = {true, 2}, .big = {true, 77}}};
    struct room_keepers_new links[] = {{.house = "a", .no = 1, .keeper = "Eve"},
                                       {.house = "a", .no = 2, .keeper = "Eve"},
                                       {.house = "a", .no = 2, .keeper = "Bo"}};
    if (rc)
        return rc;
    vg_exec(f->db, INSERT_INTO(numbers, VALUES(numbers_rows, NUMBERS)));
    vg_exec(f->db, INSERT_INTO(rooms, VALUES(new_rooms, 3)));
    vg_exec(f->db, INSERT_INTO(guests, VALUES(new_guests, 5)));
    vg_exec(f->db, INSERT_INTO(room_keepers, VALUES(links, 3)));
    vg_exec(f->db, INSERT_INTO(room_keys, SET(code, &code), SET(n, 1)));
    return vg_exec(
        f->db,
        INSERT_INTO(keepers, VALUES(((struct keepers_new[]){{"Eve"}, {"Bo"}}), 2)));
}

/* Proves: R018 R020. */
static void test_tree_keys__of_every_kind(void **state)
{
    fixture *f = *state;
    rooms_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(rooms),
                    ORDER_BY(DESC(rooms.house), rooms.no),
                    WITH(rooms, guests, ORDER_BY(guests.id)), WITH(rooms, by_house),
                    WITH(rooms, by_tone), WITH(rooms, neighbours), WITH(rooms, keys),
                    WITH(rooms, keepers, ORDER_BY(keepers.name),
                         WITH(keepers, rooms, ORDER_BY(rooms.no)))));
    const struct rooms *b1 = list.data, *a1 = b1 + 1, *a2 = b1 + 2;
    assert_int_equal(b1->guests.len, 0);
    assert_int_equal(a1->guests.len, 1);
    assert_int_equal(a2->guests.len, 2);
    assert_int_equal(a2->guests.data[1].id, 5);
    assert_int_equal(b1->by_house.len, 1);
    assert_int_equal(a1->by_house.len, 3);
    assert_ptr_equal(a1->by_house.data, a2->by_house.data);
    assert_int_equal(b1->by_tone.len, 1);
    assert_int_equal(a1->by_tone.len, 0);
    assert_int_equal(a1->neighbours.len, 2);
    assert_int_equal(b1->keys.len, 1);
    assert_int_equal(a1->keys.len, 0);
    assert_int_equal(a2->keys.len, 1);
    assert_int_equal(b1->keepers.len, 0);
    assert_int_equal(a2->keepers.len, 2);
    assert_string_equal(a2->keepers.data[0].name, "Bo");
    assert_int_equal(a2->keepers.data[0].rooms.len, 1);
    assert_int_equal(a1->keepers.data[0].rooms.len, 2);
    assert_int_equal(a1->keepers.data[0].rooms.data[1].no, 2);
}

/* LIMIT of each parent by a key of several columns, and through a junction. */
static void test_tree_keys__limit_each_parent(void **state)
{
    fixture *f = *state;
    rooms_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(rooms),
                    ORDER_BY(rooms.house, rooms.no),
                    WITH(rooms, guests, ORDER_BY(DESC(guests.id)), LIMIT(1)),
                    WITH(rooms, keepers, ORDER_BY(keepers.name), LIMIT(1), OFFSET(1))));
    assert_int_equal(list.data[1].guests.len, 1);
    assert_int_equal(list.data[1].guests.data[0].id, 5);
    assert_int_equal(list.data[0].keepers.len, 0);
    assert_int_equal(list.data[1].keepers.len, 1);
    assert_string_equal(list.data[1].keepers.data[0].name, "Eve");
}

/* Proves: R034. */
static void test_tree_keys__rows_are_as_a_select_reads_them(void **state)
{
    fixture *f = *state;
    struct guests *flat, *five;
    check_ok(f->db,
             vg_one(f->db, &f->arena, &flat, SELECT(guests), WHERE(EQ(guests.id, 2))));
    check_ok(f->db,
             vg_one(f->db, &f->arena, &five, SELECT(guests), WHERE(EQ(guests.id, 4)),
                    WITH(guests, host), WITH(guests, room)));
    const struct guests *two = five->host;
    assert_null(five->room); /* one of its columns is NULL */
    assert_int_equal(two->big.v, INT64_MAX);
    assert_string_equal(two->wealth, flat->wealth);
    assert_int_equal(two->seen.v.us, 1700000000123456);
    assert_int_equal(two->photo.len, 2);
    assert_memory_equal(two->photo.data, "\0\1", 2);
    assert_true(two->ratio.v == 0.1);
    assert_true(two->vip.v);
    assert_false(two->tone.has);
    assert_false(VG_LOADED(two, host));
}

/* Several relations to one table, one of them not by its key. */
static void test_tree_keys__one_by_any_column(void **state)
{
    fixture *f = *state;
    guests_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(guests), ORDER_BY(guests.id),
                           WITH(guests, room), WITH(guests, twin), WITH(guests, host)));
    assert_int_equal(list.data[0].twin->id, 3);
    assert_ptr_equal(list.data[0].twin, list.data[3].twin);
    assert_int_equal(list.data[1].twin->id, 4);
    assert_null(list.data[2].twin);
    assert_int_equal(list.data[2].host->id, 1);
    assert_string_equal(list.data[4].room->house, "a");
}

/* More keys than one statement takes on SQLite; rows come from several. */
static void test_tree_keys__many(void **state)
{
    fixture *f = *state;
    numbers_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(numbers),
                    ORDER_BY(DESC(numbers.id)),
                    WITH(numbers, smaller, WITH(numbers, smaller)),
                    WITH(numbers, doubles, ORDER_BY(DESC(numbers.id)), LIMIT(1))));
    assert_int_equal(list.len, NUMBERS);
    for (size_t i = 0; i < list.len; i++) {
        const struct numbers *n = &list.data[i];
        assert_int_equal(n->id, (int64_t)(NUMBERS - i));
        if (n->half) {
            assert_int_equal(n->smaller->id, n->id / 2);
            assert_true(n->id < 4 ? !n->smaller->smaller
                                  : n->smaller->smaller->id == n->id / 4);
        } else {
            assert_null(n->smaller);
        }
        assert_int_equal(n->doubles.len, n->id * 2 <= NUMBERS);
        if (n->doubles.len)
            assert_int_equal(n->doubles.data[0].id, n->id * 2 + (n->id * 2 < NUMBERS));
    }
}

/* Proves: R032. */
static void test_tree_keys__views(void **state)
{
    fixture *f = *state;
    big_numbers_list list;
    numbers_list odd;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(big_numbers),
                           WHERE(LTE(big_numbers.id, 602)), ORDER_BY(big_numbers.id),
                           WITH(big_numbers, smaller, WITH(numbers, smaller)),
                           WITH(big_numbers, doubles)));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.data[0].smaller->smaller->id, 150);
    assert_int_equal(list.data[0].doubles.len, 0);
    check_ok(f->db, vg_all(f->db, &f->arena, &odd, SELECT(odd_numbers),
                           WHERE(HAS(odd_numbers, doubles, GT(numbers.id, 990))),
                           ORDER_BY(odd_numbers.id), WITH(odd_numbers, doubles)));
    assert_int_equal(odd.len, 3);
    assert_int_equal(odd.data[0].id, 495);
    assert_int_equal(odd.data[0].doubles.len, 2);
    check_ok(f->db, vg_all(f->db, &f->arena, &odd, SELECT(others),
                           WHERE(EQ(others.id, 9)), WITH(numbers, smaller)));
    assert_int_equal(odd.data[0].smaller->id, 4);
}

/* Proves: R013 R027 R028 R029. */
static void test_tree_keys__statements_are_kept(void **state)
{
    fixture *f = *state;
    uint64_t misses = 0;
    for (int i = 0; i < 20; i++) {
        numbers_list list;
        check_ok(f->db,
                 vg_all(f->db, &f->arena, &list, SELECT(numbers),
                        WHERE(AND(GT(numbers.id, 10 + i),
                                  HAS(numbers, smaller, GT(numbers.id, i % 3)))),
                        ORDER_BY(ADD(numbers.id, 0)), LIMIT(5 + i % 4),
                        OFFSET(i % 3 + 1),
                        WITH(numbers, doubles, LIMIT(1 + i % 2), ORDER_BY(numbers.id),
                             WHERE(AND(GTE(numbers.id, i),
                                       i < 100 ? SKIP : EQ(numbers.id, 1))))));
        assert_int_equal(list.len, 5 + i % 4);
        assert_int_equal(list.data[0].id, 10 + i + i % 3 + 2);
        assert_int_equal(list.data[0].doubles.len, 1 + i % 2);
        assert_int_equal(list.data[0].doubles.data[0].id, list.data[0].id * 2);
        if (i == 0)
            misses = vg_statistics(f->db).misses;
    }
    assert_int_equal(vg_statistics(f->db).misses, misses);
}

/* Proves: R014 R036. */
static void test_tree_keys__in_a_transaction(void **state)
{
    fixture *f = *state;
    numbers_list list = {NULL, 0};
    VG_TRANSACTION(f->db, tx) {
        vg_exec(f->db, INSERT_INTO(numbers, SET(id, 5000), SET(half, 3)));
        check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(numbers),
                               WHERE(EQ(numbers.id, 5000)), WITH(numbers, smaller)));
        assert_int_equal(list.data[0].smaller->id, 3);
        vg_rollback(tx);
    }
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(numbers),
                           WHERE(EQ(numbers.id, 5000)), WITH(numbers, smaller)));
    assert_int_equal(list.len, 0);
}

static void test_tree_keys__a_cursor_streams_trees(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct numbers *row;
    int64_t n = 0;
    check_ok(f->db,
             vg_query(f->db, &cursor, &row, SELECT(numbers), ORDER_BY(numbers.id),
                      WITH(numbers, smaller), WITH(numbers, doubles)));
    while (vg_next(cursor)) {
        assert_int_equal(row->id, ++n);
        assert_true(n < 2 ? !row->smaller : row->smaller->id == n / 2);
        assert_int_equal(row->doubles.len, n < NUMBERS / 2 ? 2 : n == NUMBERS / 2);
    }
    check_ok(f->db, vg_finish(cursor));
    assert_int_equal(n, NUMBERS);
}

/* Proves: R033. */
static void test_tree_keys__get_and_plain(void **state)
{
    fixture *f = *state;
    struct numbers one;
    keepers_list list;
    check_ok(f->db,
             vg_get(f->db, &f->arena, &one, SELECT(numbers), WHERE(EQ(numbers.id, 7)),
                    WITH(numbers, doubles, ORDER_BY(numbers.id))));
    assert_int_equal(one.doubles.data[1].id, 15);
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(keepers), ORDER_BY(keepers.name)));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.data[0].vg_loaded, 0);
}

QUERY(each_tree, EACH(numbers), PARAMS(), SELECT(numbers), WITH(numbers, doubles))

/* What is equal for the database alone is told, be it one parent or several. */
/* Proves: R002. */
static void test_tree_keys__of_a_collation_are_told_on_sqlite(void **state)
{
    (void)state;
    vg_db *db;
    vg_arena arena = {0};
    keepers_list list;
    assert_int_equal(vg_open(&db, "sqlite::memory:", NULL), VG_OK);
    check_ok(db,
             vg_script(db,
                       "create table keepers (name text not null);"
                       "create table room_keepers (house, no, keeper collate nocase);"
                       "create table rooms (house, no, code, tone);"
                       "insert into keepers values ('a'), ('A'), ('b');"
                       "insert into rooms values ('h', 1, zeroblob(16), 'low'),"
                       "  ('h', 2, zeroblob(16), 'low'), ('h', 3, zeroblob(16), 'low');"
                       "insert into room_keepers values ('h', 1, 'a'), ('h', 2, 'A'),"
                       "  ('h', 3, 'a');"));
    static const char told[] =
        "relation keepers.rooms: a row has a key that is equal to its parent's for the "
        "database alone (a collation, a number's spelling); make them the same";
    check_fails(db, vg_all(db, &arena, &list, SELECT(keepers), WITH(keepers, rooms)),
                VG_VALUE, told);
    check_fails(db,
                vg_all(db, &arena, &list, SELECT(keepers), WHERE(EQ(keepers.name, "a")),
                       WITH(keepers, rooms)),
                VG_VALUE, told);
    check_ok(db, vg_all(db, &arena, &list, SELECT(keepers),
                        WHERE(EQ(keepers.name, "b")), WITH(keepers, rooms)));
    vg_arena_free(&arena);
    vg_close(db);
}

/* Proves: R002. */
static void test_tree_keys__refused(void **state)
{
    fixture *f = *state;
    numbers_list list;
    struct numbers one;
    check_fails(
        f->db, vg_all(f->db, &f->arena, &list, SELECT(numbers), WITH(rooms, guests)),
        VG_INVALID, "WITH(rooms, ...): the rows that it loads into are of numbers");
    check_fails(f->db,
                vg_all(f->db, &f->arena, &list, SELECT(numbers),
                       WITH(numbers, smaller, LIMIT(3))),
                VG_INVALID,
                "WITH(numbers, smaller): it is one row: LIMIT and OFFSET are for MANY");
    check_fails(
        f->db,
        vg_all(f->db, &f->arena, &list, SELECT(numbers),
               WITH(numbers, smaller, FROM(rooms))),
        VG_INVALID,
        "WITH(numbers, smaller): it takes WHERE, ORDER_BY, LIMIT, OFFSET, ONLY, OMIT, "
        "WITH_EXTRA and WITH");
    check_fails(f->db,
                vg_get(f->db, NULL, &one, SELECT(numbers), WITH(numbers, smaller)),
                VG_MISUSE, "WITH needs an arena for the rows it loads");
    check_fails(
        f->db,
        vg_all(f->db, &f->arena, &list, UPDATE(numbers, SET(half, 1)),
               WHERE(EQ(numbers.id, 1)), WITH(numbers, smaller), RETURNING(numbers)),
        VG_INVALID,
        "WITH loads into the rows of a SELECT: RETURNING has none that it could; "
        "select them after it");
    check_fails(f->db, vg_all(f->db, &f->arena, &list, SELECT(numbers), ONLY(rooms.no)),
                VG_INVALID, "ONLY: not a column of numbers");
    struct numbers *row;
    vg_cursor *cursor;
    check_fails(f->db, each_tree(f->db, &cursor, &row), VG_UNSUPPORTED,
                "QUERY(each_tree): EACH takes no WITH; say ALL, or ask by vg_query");
    check_fails(
        f->db,
        vg_all(f->db, &f->arena, &list, SELECT(numbers),
               WHERE(EXISTS(SELECT(others), WITH(others, smaller)))),
        VG_INVALID,
        "WITH, ONLY, OMIT and WITH_EXTRA belong to the whole statement, not to a query "
        "inside");
    vg_batch *batch;
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    check_fails(
        f->db,
        vg_batch_all(batch, &f->arena, &list, SELECT(numbers), WITH(numbers, smaller)),
        VG_UNSUPPORTED, "a batch takes no WITH: load the tree by vg_all");
    vg_batch_close(batch);
    assert_int_equal(list.len, 0);
}

/* Rows of a tree that cannot be read leave nothing behind, and the database usable. */
static void test_tree_keys__fail_as_a_whole(void **state)
{
    fixture *f = *state;
    rooms_list list;
    check_ok(f->db,
             vg_script(f->db,
                       "insert into guests (id, house, tone) values (50, 'b', 'odd')"));
    assert_int_equal(
        vg_all(f->db, &f->arena, &list, SELECT(rooms), WITH(rooms, by_house)),
        VG_VALUE);
    assert_int_equal(list.len, 0);
    struct rooms room;
    assert_int_equal(vg_get(f->db, &f->arena, &room, SELECT(rooms),
                            WHERE(EQ(rooms.house, "b")), WITH(rooms, by_house)),
                     VG_VALUE);
    assert_null(room.house);
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(guests), WHERE(EQ(guests.id, 50))));
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(rooms), WITH(rooms, by_house)));
    assert_int_equal(list.len, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_tree_keys__##name, setup, fixture_close)
        TEST(of_every_kind),
        TEST(limit_each_parent),
        TEST(rows_are_as_a_select_reads_them),
        TEST(one_by_any_column),
        TEST(many),
        TEST(views),
        TEST(statements_are_kept),
        TEST(in_a_transaction),
        TEST(a_cursor_streams_trees),
        TEST(get_and_plain),
        TEST(refused),
        cmocka_unit_test(test_tree_keys__of_a_collation_are_told_on_sqlite),
        TEST(fail_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
