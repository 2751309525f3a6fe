/* vg_create and what the schema promises afterwards: defaults of every class, generated
 * keys, constraints, odd names, wide tables, references in circles. The spelling of the
 * statements is unit/core/test_ddl.c's. */
#include "check.h"
#include <stdio.h>
#include <stdlib.h>

// clang-format off
TABLE(defaults,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(i,  INTEGER, NOT_NULL, DEFAULT(INT64_MIN + 1)),
    COLUMN(r,  REAL,    NOT_NULL, DEFAULT(-0.1)),
    COLUMN(b,  BOOLEAN, NOT_NULL, DEFAULT(true)),
    COLUMN(t,  TEXT,    NOT_NULL, DEFAULT("it's \"x\" `y` \\ 😀 -- ; ?")),
    COLUMN(e,  TEXT,    NOT_NULL, DEFAULT("")),
    COLUMN(n,  NUMERIC, NOT_NULL, DEFAULT("1.5")),
    COLUMN(bl, BLOB,    NOT_NULL, DEFAULT("a'\xff")),
    COLUMN(j,  JSON,    NOT_NULL, DEFAULT("{\"k\":\"it's\"}")),
    COLUMN(u,  UUID,    NOT_NULL, DEFAULT("00112233-4455-6677-8899-aabbccddeeff")),
    COLUMN(ub, UUID,    NOT_NULL, MODE(BINARY),
                        DEFAULT("00112233445566778899aabbccddeeff")),
    COLUMN(ts, TIMESTAMP, NOT_NULL, MODE(MILLISECONDS),
                          DEFAULT("1969-12-31T23:59:59.999Z")),
    COLUMN(d,  DATE,    NOT_NULL, DEFAULT("2024-02-29")),
    COLUMN(s,  TEXT,    NOT_NULL, DEFAULT_SQL("upper('it''s')")))

TABLE(nows,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(plain, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    COLUMN(s,  TIMESTAMP, NOT_NULL, MODE(SECONDS), DEFAULT_NOW),
    COLUMN(ms, TIMESTAMP, NOT_NULL, MODE(MILLISECONDS), DEFAULT_NOW),
    COLUMN(us, TIMESTAMP, NOT_NULL, MODE(MICROSECONDS), DEFAULT_NOW),
    COLUMN(iso, TIMESTAMP, NOT_NULL, MODE(ISO_TEXT), DEFAULT_NOW),
    COLUMN(d,  DATE, NOT_NULL, DEFAULT_NOW),
    COLUMN(ds, DATE, NOT_NULL, MODE(SECONDS), DEFAULT_NOW),
    COLUMN(dm, DATE, NOT_NULL, MODE(MILLISECONDS), DEFAULT_NOW),
    COLUMN(du, DATE, NOT_NULL, MODE(MICROSECONDS), DEFAULT_NOW))

static vg_value next_number(char room[VG_DEFAULT_ROOM]);
static vg_value word(char room[VG_DEFAULT_ROOM]);

TABLE(generated,
    COLUMN(v4,  UUID, PRIMARY_KEY, DEFAULT_FN(vg_default_uuid_v4)),
    COLUMN(v7,  UUID, NOT_NULL, MODE(BINARY), DEFAULT_FN(vg_default_uuid_v7)),
    COLUMN(cid, TEXT, NOT_NULL, DEFAULT_FN(vg_default_cuid2)),
    COLUMN(nr,  INTEGER, NOT_NULL, DEFAULT_FN(next_number)),
    COLUMN(wrd, TEXT, DEFAULT_FN(word)),
    COLUMN(note, TEXT))

/* Names that are reserved, odd, or differ from the C names. */
TABLE(odd,
    NAME("select \"from\""),
    COLUMN(id,    INTEGER, PRIMARY_KEY, NAME("the id")),
    COLUMN(group_, TEXT,   NOT_NULL, NAME("group")),
    COLUMN(quote, TEXT,    NAME("quo\"te`s'")),
    COLUMN(mark,  INTEGER, NAME("?"), UNIQUE),
    COLUMN(uni,   INTEGER, NAME("naïve 😀")),
    COLUMN(table_, INTEGER, NAME("odd.table")),
    COLUMN(parent, INTEGER, NAME("order"), REFERENCES(odd, id)))
ALIAS(o2, odd)
PROJECTION(odd_pair, FIELD(id, odd.id), FIELD(other, NULLABLE(o2.group_)))

TABLE_LATER(eggs)
TABLE(hens,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(egg_id, INTEGER, REFERENCES_LATER(eggs, id, ON_DELETE(SET_NULL))))
TABLE(eggs,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(hen_id, INTEGER, NOT_NULL, REFERENCES(hens, id, ON_DELETE(CASCADE),
                                                 ON_UPDATE(CASCADE))))

TABLE(rooms,
    COLUMN(house, TEXT, NOT_NULL), COLUMN(nr, INTEGER, NOT_NULL), COLUMN(beds, INTEGER),
    PRIMARY_KEY(house, nr), UNIQUE(rooms_beds, house, beds),
    CHECK(rooms_nr, "nr between 1 and 99"))
TABLE(guests,
    COLUMN(id, INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(house, TEXT, DEFAULT("inn")), COLUMN(room, INTEGER),
    COLUMN(gone, BOOLEAN, NOT_NULL, DEFAULT(false)),
    FOREIGN_KEY(COLUMNS(house, room), REFERENCES(rooms, house, nr),
                ON_DELETE(SET_DEFAULT)),
    UNIQUE_INDEX_WHERE(guests_present, "gone = 0", house, room))

TABLE(wide,
    COLUMN(a0, INTEGER, PRIMARY_KEY), COLUMN(a1, TEXT), COLUMN(a2, INTEGER),
    COLUMN(a3, INTEGER),
    COLUMN(a4, INTEGER), COLUMN(a5, INTEGER), COLUMN(a6, INTEGER), COLUMN(a7, INTEGER),
    COLUMN(b0, INTEGER), COLUMN(b1, TEXT), COLUMN(b2, INTEGER), COLUMN(b3, INTEGER),
    COLUMN(b4, INTEGER), COLUMN(b5, INTEGER), COLUMN(b6, INTEGER), COLUMN(b7, INTEGER),
    COLUMN(c0, INTEGER), COLUMN(c1, TEXT), COLUMN(c2, INTEGER), COLUMN(c3, INTEGER),
    COLUMN(c4, INTEGER), COLUMN(c5, INTEGER), COLUMN(c6, INTEGER), COLUMN(c7, INTEGER),
    COLUMN(d0, INTEGER), COLUMN(d1, TEXT), COLUMN(d2, INTEGER), COLUMN(d3, INTEGER),
    COLUMN(d4, INTEGER), COLUMN(d5, INTEGER), COLUMN(d6, INTEGER), COLUMN(d7, INTEGER),
    COLUMN(e0, INTEGER), COLUMN(e1, TEXT), COLUMN(e2, INTEGER), COLUMN(e3, INTEGER),
    COLUMN(e4, INTEGER), COLUMN(e5, INTEGER), COLUMN(e6, INTEGER), COLUMN(e7, INTEGER),
    COLUMN(f0, INTEGER), COLUMN(f1, TEXT), COLUMN(f2, INTEGER), COLUMN(f3, INTEGER),
    COLUMN(f4, INTEGER), COLUMN(f5, INTEGER), COLUMN(f6, INTEGER), COLUMN(f7, INTEGER),
    COLUMN(g0, INTEGER), COLUMN(g1, TEXT), COLUMN(g2, INTEGER), COLUMN(g3, INTEGER),
    COLUMN(g4, INTEGER), COLUMN(g5, INTEGER), COLUMN(g6, INTEGER), COLUMN(g7, INTEGER),
    COLUMN(h0, INTEGER), COLUMN(h1, TEXT), COLUMN(h2, INTEGER), COLUMN(h3, INTEGER),
    COLUMN(h4, INTEGER), COLUMN(h5, INTEGER), COLUMN(h6, INTEGER, NOT_NULL, DEFAULT(5)),
    COLUMN(h7, TEXT, NOT_NULL))
// clang-format on

SCHEMA(everything, defaults, nows, generated, odd, hens, eggs, rooms, guests, wide)

static vg_value next_number(char room[VG_DEFAULT_ROOM])
{
    static int64_t number;
    (void)room;
    return vg_of_int(++number);
}

static vg_value word(char room[VG_DEFAULT_ROOM])
{
    snprintf(room, VG_DEFAULT_ROOM, "word %d", 7);
    return vg_of_text(room);
}

static int setup(void **state)
{
    return fixture_open(state, &everything, NULL);
}

/* What is missing is created, what is there stays; twice changes nothing. */
/* Proves: S108. */
static void test_create__is_repeatable(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(rooms, SET(house, "inn"), SET(nr, 1))));
    check_rows(
        f->db,
        "select count(*) from sqlite_schema where type = 'table' and name not like "
        "'sqlite_%'",
        "9");
    check_ok(f->db, vg_script(f->db, "drop index guests_present; drop table nows;"));
    check_ok(f->db, vg_create(f->db, &everything));
    check_ok(f->db, vg_create(f->db, &everything));
    check_rows(f->db,
               "select count(*) from sqlite_schema where name in ('guests_present', "
               "'nows')",
               "2");
    check_rows(f->db, "select house, nr from rooms", "inn|1");
}

/* A schema that is not sound creates nothing. */
static void test_create__refuses_before_it_begins(void **state)
{
    (void)state;
    vg_db *db;
    assert_int_equal(vg_open(&db, ":memory:", NULL), VG_OK);
    static const vg_shape *const tables[] = {&rooms.vg_shape, &hens.vg_shape};
    static const vg_schema lone = {"lone", tables, 2};
    check_fails(db, vg_create(db, &lone), VG_SCHEMA,
                "table hens references eggs, which is not in SCHEMA(lone, ...)");
    check_rows(db, "select count(*) from sqlite_schema", "0");
    assert_int_equal(vg_close(db), VG_OK);
}

/* One statement that fails undoes the ones before it. */
static void test_create__is_one_transaction(void **state)
{
    (void)state;
    vg_db *db;
    assert_int_equal(vg_open(&db, ":memory:", NULL), VG_OK);
    check_ok(db, vg_script(db, "create table guests (id integer)"));
    check_fails(db, vg_create(db, &everything), VG_SCHEMA, "no such column: house");
    check_rows(db, "select name from sqlite_schema", "guests");
    assert_int_equal(vg_close(db), VG_OK);
}

static void check_defaults(const struct defaults *d)
{
    assert_true(d->i == INT64_MIN + 1);
    assert_true(d->r == -0.1 && d->b);
    check_text(d->t, "it's \"x\" `y` \\ 😀 -- ; ?");
    check_text(d->e, "");
    check_text(d->n, "1.5");
    assert_int_equal(d->bl.len, 3);
    assert_memory_equal(d->bl.data, "a'\xff", 3);
    check_text(d->j, "{\"k\":\"it's\"}");
    assert_int_equal(d->u.bytes[1], 0x11);
    assert_memory_equal(&d->u, &d->ub, sizeof d->u);
    assert_true(d->ts.us == -1000);
    assert_true(d->d.us == INT64_C(1709164800000000));
    check_text(d->s, "IT'S");
}

/* What the database fills in is what was declared, by all three inserts. */
/* Proves: S056 S057 S058. */
static void test_create__defaults(void **state)
{
    fixture *f = *state;
    struct defaults_new none = {0};
    defaults_list list;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(defaults, DEFAULT_VALUES)));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(defaults, SET(id, 2))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(defaults, VALUES(&none))));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(defaults)));
    assert_int_equal(list.len, 3);
    for (size_t i = 0; i < list.len; i++)
        check_defaults(&list.data[i]);
}

static void check_near(vg_timestamp t, vg_timestamp now, int64_t seconds)
{
    int64_t away = now.us > t.us ? now.us - t.us : t.us - now.us;
    if (away > seconds * 1000000)
        fail_msg("%lld is %lld microseconds away", (long long)t.us, (long long)away);
}

/* DEFAULT_NOW in every mode is now; a date, today. */
/* Proves: S004. */
static void test_create__default_now(void **state)
{
    fixture *f = *state;
    struct nows *n;
    enum { DAY = 24 * 60 * 60 };
    check_ok(f->db, vg_one(f->db, &f->arena, &n, INSERT_INTO(nows, DEFAULT_VALUES),
                           RETURNING(nows)));
    vg_timestamp now = vg_now();
    const vg_timestamp moments[] = {n->plain, n->s, n->ms, n->us, n->iso};
    for (size_t i = 0; i < COUNT_OF_ARRAY(moments); i++)
        check_near(moments[i], now, 30);
    const vg_timestamp days[] = {n->d, n->ds, n->dm, n->du};
    for (size_t i = 0; i < COUNT_OF_ARRAY(days); i++) {
        assert_int_equal(days[i].us % (INT64_C(1000000) * DAY), 0);
        check_near(days[i], now, DAY + 30);
    }
    check_rows(f->db,
               "select typeof(plain), typeof(s), typeof(iso), typeof(d), typeof(ds), "
               "length(iso), length(s), length(ms), length(us) from nows",
               "integer|integer|text|text|integer|27|10|13|16");
}

/* Computed for each row that leaves the column out. */
/* Proves: S059. */
static void test_create__default_fn(void **state)
{
    fixture *f = *state;
    generated_list list;
    struct generated_new rows[600] = {{.nr = {true, 1000}}, {.cid = "mine"}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(generated, DEFAULT_VALUES)));
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(generated, SET(note, "x"), SET(wrd, NULL))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(generated, VALUES(rows, 600))));
    check_rows(f->db,
               "select count(*), count(distinct v4), count(distinct v7), "
               "count(distinct cid), count(distinct nr), count(wrd) from generated",
               "602|602|602|602|602|601");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(generated),
                           ORDER_BY(SQL(INTEGER, "rowid"))));
    assert_int_equal(list.len, 602);
    for (size_t i = 0; i < list.len; i++) {
        const struct generated *g = &list.data[i];
        assert_int_equal(g->v4.bytes[6] >> 4, 4);
        assert_int_equal(g->v7.bytes[6] >> 4, 7);
        assert_int_equal(g->v4.bytes[8] >> 6, 2);
        if (i == 3)
            check_text(g->cid, "mine");
        else
            assert_int_equal(vg_text_len(g->cid), 24);
        assert_int_equal(g->nr == 1000, i == 2);
        check_text(g->wrd, i == 1 ? NULL : "word 7");
        if (i > 0)
            assert_true(memcmp(&list.data[i - 1].v7, &g->v7, 6) <= 0);
    }
}

/* The same query twice calls the function twice, also with the statement prepared. */
static void test_create__default_fn_every_time(void **state)
{
    fixture *f = *state;
    int64_t first = 0, nr = 0;
    for (int i = 0; i < 3; i++) {
        check_ok(f->db, vg_get(f->db, NULL, &nr, INSERT_INTO(generated, SET(note, "n")),
                               RETURNING_VALUE(generated.nr)));
        first = i ? first : nr;
        assert_int_equal(nr, first + i);
    }
}

/* Names that need quotes work in every kind of statement. */
/* Proves: S054 S113. */
static void test_create__odd_names(void **state)
{
    fixture *f = *state;
    check_sql("select \"the id\", \"group\", \"quo\"\"te`s'\", \"?\", \"naïve 😀\", "
              "\"odd.table\", \"order\" from \"select \"\"from\"\"\" where \"select "
              "\"\"from\"\"\".\"?\" = ?",
              "[3]", SELECT(odd), WHERE(EQ(odd.mark, 3)));
    struct odd_new rows[] = {
        {.group_ = "g", .quote = "q", .mark = {true, 3}},
        {.group_ = "h", .uni = {true, 4}, .table_ = {true, 5}, .parent = {true, 1}}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(odd, VALUES(rows, 2))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(odd, SET(group_, "i"), SET(mark, 3)),
                            ON_CONFLICT(
                                odd, KEY(mark),
                                SET(quote, CONCAT(EXCLUDED(odd.group_), odd.group_)))));
    check_ok(f->db, vg_exec(f->db, UPDATE(odd, SET(uni, ADD(odd.uni, 1))),
                            WHERE(GT(odd.table_, 0))));
    odd_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(odd), ORDER_BY(odd.group_)));
    assert_int_equal(list.len, 2);
    check_text(list.data[0].quote, "ig");
    assert_true(list.data[1].uni.v == 5 && list.data[1].parent.v == 1);
    odd_pair_list pairs;
    check_ok(f->db, vg_all(f->db, &f->arena, &pairs, SELECT(odd_pair), FROM(odd),
                           LEFT_JOIN(o2, EQ(o2.id, odd.parent)), ORDER_BY(odd.id)));
    check_text(pairs.data[1].other, "g");
    check_fails(f->db, vg_exec(f->db, UPDATE(odd, SET(mark, 3)), ALL_ROWS), VG_UNIQUE,
                "UNIQUE constraint failed: select \"from\".?");
    check_fails(f->db, vg_exec(f->db, DELETE_FROM(odd), WHERE(EQ(odd.quote, "ig"))),
                VG_FOREIGN_KEY, "FOREIGN KEY constraint failed");
}

/* Descriptors can be asked. */
/* Proves: S065 S114. */
static void test_create__descriptors(void **state)
{
    (void)state;
    check_text(vg_table_name(&odd.vg_shape), "select \"from\"");
    check_text(vg_table_name(&hens.vg_shape), "hens");
    const vg_column *c = vg_find_column(&odd.vg_shape, "group_");
    assert_non_null(c);
    check_text(vg_column_name(c), "group");
    assert_true(c->flags & VG_F_NOT_NULL);
    assert_false(c->nullable);
    assert_null(vg_find_column(&odd.vg_shape, "group"));
    assert_null(vg_find_column(&odd.vg_shape, ""));
    assert_int_equal(wide.vg_shape.column_count, 64);
    assert_int_equal(everything.table_count, 9);
    assert_ptr_equal(everything.tables[3], &odd.vg_shape);
    assert_ptr_equal(vg_find_column(&eggs.vg_shape, "hen_id")->references->shape,
                     &hens.vg_shape);
    /* A column that may be left out is optional in the insert struct only. */
    assert_int_equal(sizeof((struct wide_new){0}.h6), sizeof(vg_opt_int));
    assert_int_equal(sizeof((struct wide){0}.h6), sizeof(int64_t));
}

/* References in a circle, and their actions. */
/* Proves: S073 S074 S075. */
static void test_create__cyclic_references(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(hens, SET(id, 1))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(eggs, SET(id, 10), SET(hen_id, 1))));
    check_ok(f->db, vg_exec(f->db, UPDATE(hens, SET(egg_id, 10)), ALL_ROWS));
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(eggs, SET(hen_id, 9))),
                VG_FOREIGN_KEY, "FOREIGN KEY constraint failed");
    check_ok(f->db, vg_exec(f->db, UPDATE(hens, SET(id, 2)), ALL_ROWS));
    check_rows(f->db, "select * from eggs", "10|2");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(eggs), WHERE(EQ(eggs.id, 10))));
    check_rows(f->db, "select * from hens", "2|null");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(eggs, SET(id, 11), SET(hen_id, 2))));
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(hens), ALL_ROWS));
    check_rows(f->db, "select count(*) from eggs", "0");
}

/* Keys and references over several columns, checks. */
/* Proves: S067 S069 S072 S076. */
static void test_create__composite_keys(void **state)
{
    fixture *f = *state;
    struct rooms_new rows[] = {
        {"inn", 1, {true, 2}}, {"inn", 2, {true, 3}}, {"bar", 1, {0, 0}}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(rooms, VALUES(rows, 3))));
    check_fails(f->db,
                vg_exec(f->db, INSERT_INTO(rooms, SET(house, "inn"), SET(nr, 2))),
                VG_UNIQUE, "UNIQUE constraint failed: rooms.house, rooms.nr");
    check_fails(
        f->db,
        vg_exec(f->db, INSERT_INTO(rooms, SET(house, "inn"), SET(nr, 3), SET(beds, 2))),
        VG_UNIQUE, "UNIQUE constraint failed: rooms.house, rooms.beds");
    check_fails(f->db,
                vg_exec(f->db, INSERT_INTO(rooms, SET(house, "inn"), SET(nr, 100))),
                VG_CHECK, "CHECK constraint failed: rooms_nr");
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(guests, SET(house, "inn"), SET(room, 2))));
    check_fails(f->db,
                vg_exec(f->db, INSERT_INTO(guests, SET(house, "bar"), SET(room, 2))),
                VG_FOREIGN_KEY, "FOREIGN KEY constraint failed");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(rooms),
                            WHERE(AND(EQ(rooms.house, "inn"), EQ(rooms.nr, 2)))));
    check_rows(f->db, "select house, room from guests", "inn|null");
}

/* A partial unique index counts the rows of its condition only. */
/* Proves: S080. */
static void test_create__partial_index(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(rooms, SET(house, "inn"), SET(nr, 1))));
    for (int i = 0; i < 2; i++)
        check_ok(f->db,
                 vg_exec(f->db, INSERT_INTO(guests, SET(room, 1), SET(gone, true))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(guests, SET(room, 1))));
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(guests, SET(room, 1))), VG_UNIQUE,
                "UNIQUE constraint failed: guests.house, guests.room");
}

/* AUTOINCREMENT never gives a key again. */
/* Proves: S005. */
static void test_create__autoincrement(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(guests, SET(id, 41))));
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(guests), ALL_ROWS));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(guests, DEFAULT_VALUES)));
    assert_int_equal(vg_last_id(f->db), 42);
}

/* Section 8: 64 columns, the last of them as good as the first. */
static void test_create__64_columns(void **state)
{
    fixture *f = *state;
    struct wide_new rows[300] = {{.h7 = "last"}};
    for (int i = 0; i < 300; i++) {
        rows[i] = (struct wide_new){.a1 = "first", .h4 = {true, i}, .h7 = "last"};
        rows[i].h6 = (vg_opt_int){i % 2, i};
    }
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(wide, VALUES(rows, 300))));
    wide_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(wide),
                           WHERE(EQ(wide.h7, "last")), ORDER_BY(wide.h4)));
    assert_int_equal(list.len, 300);
    for (int i = 0; i < 300; i++) {
        assert_true(list.data[i].h4.has && list.data[i].h4.v == i);
        assert_int_equal(list.data[i].h6, i % 2 ? i : 5);
        check_text(list.data[i].a1, "first");
        check_text(list.data[i].h7, "last");
        assert_false(list.data[i].h5.has);
    }
    check_ok(f->db, vg_exec(f->db, UPDATE(wide, SET(h7, "x"), SET(a1, NULL)),
                            WHERE(EQ(wide.a0, 300))));
    check_fails(f->db,
                vg_exec(f->db, UPDATE(wide, SET(h7, "x"), SET(h7, "y")), ALL_ROWS),
                VG_INVALID, "SET(h7) stands twice");
    check_rows(f->db, "select a1, h7, h6 from wide where a0 = 300", "null|x|299");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_create__is_repeatable),
        cmocka_unit_test(test_create__refuses_before_it_begins),
        cmocka_unit_test(test_create__is_one_transaction),
        TEST(test_create__defaults),
        TEST(test_create__default_now),
        TEST(test_create__default_fn),
        TEST(test_create__default_fn_every_time),
        TEST(test_create__odd_names),
        TEST(test_create__descriptors),
        TEST(test_create__cyclic_references),
        TEST(test_create__composite_keys),
        TEST(test_create__partial_index),
        TEST(test_create__autoincrement),
        TEST(test_create__64_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
