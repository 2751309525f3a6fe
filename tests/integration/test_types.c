/* Column types: every class in every storage mode goes in and comes back, as what it
 * is stored, which limits hold, and what is said when a stored value does not fit.
 * Defaults are test_create.c's. */
#include "check.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// clang-format off
TABLE(plain,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(i,  INTEGER, NOT_NULL),  COLUMN(oi, INTEGER),
    COLUMN(r,  REAL,    NOT_NULL),  COLUMN(orr, REAL),
    COLUMN(b,  BOOLEAN, NOT_NULL),  COLUMN(ob, BOOLEAN),
    COLUMN(t,  TEXT,    NOT_NULL),  COLUMN(ot, TEXT(20)),
    COLUMN(n,  NUMERIC(10, 2), NOT_NULL), COLUMN(on_, NUMERIC),
    COLUMN(bl, BLOB,    NOT_NULL),  COLUMN(obl, BLOB),
    COLUMN(j,  JSON,    NOT_NULL),  COLUMN(oj, JSON))

TABLE(times,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(plain,   TIMESTAMP, NOT_NULL),
    COLUMN(seconds, TIMESTAMP, NOT_NULL, MODE(SECONDS)),
    COLUMN(millis,  TIMESTAMP, NOT_NULL, MODE(MILLISECONDS)),
    COLUMN(micros,  TIMESTAMP, MODE(MICROSECONDS)),
    COLUMN(iso,     TIMESTAMP, MODE(ISO_TEXT)))

TABLE(days,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(plain,   DATE, NOT_NULL),
    COLUMN(seconds, DATE, NOT_NULL, MODE(SECONDS)),
    COLUMN(millis,  DATE, NOT_NULL, MODE(MILLISECONDS)),
    COLUMN(micros,  DATE, MODE(MICROSECONDS)),
    COLUMN(iso,     DATE, MODE(ISO_TEXT)))

TABLE(keys,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(text, UUID, NOT_NULL), COLUMN(otext, UUID),
    COLUMN(bin,  UUID, NOT_NULL, MODE(BINARY)), COLUMN(obin, UUID, MODE(BINARY)))

PROJECTION(extremes, FIELD(first, MIN(times.seconds)), FIELD(last, MAX(times.iso)))
// clang-format on

SCHEMA(kinds, plain, times, days, keys)

static int setup(void **state)
{
    return fixture_open(state, &kinds, NULL);
}

#define ROW_OF_PLAIN                                                                \
    "insert into plain values (1, 1, null, 1.0, null, 0, null, '', null, 1, null, " \
    "x'', null, "                                                                   \
    "'{}', null);"

/* Required and optional, full and empty. */
/* Proves: S001 S002 S006 S008 S009 S012 S013. */
static void test_types__plain_round_trip(void **state)
{
    fixture *f = *state;
    struct plain_new rows[] = {
        {.i = -5,
         .oi = {true, 6},
         .r = 0.1,
         .orr = {true, -2.5e300},
         .b = true,
         .ob = {true, false},
         .t = "zwölf",
         .ot = "two",
         .n = "12.5",
         .on_ = "-3",
         .bl = {"\0\1\377", 3},
         .obl = {"x", 1},
         .j = "{\"a\":[1,2]}",
         .oj = "null"},
        {.i = 0, .r = 0, .b = false, .t = "", .n = "0", .bl = {"", 0}, .j = "[]"},
    };
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(plain, VALUES(rows, 2))));
    check_rows(
        f->db, "select * from plain",
        "1|-5|6|0.1|-2.5e+300|1|0|zwölf|two|12.5|-3|x'0001ff'|x'78'|{\"a\":[1,2]}|null;"
        "2|0|null|0.0|null|0|null||null|0|null|x''|null|[]|null");
    check_rows(
        f->db,
        "select typeof(oj), (select typeof(oj) from plain where id = 2) from plain",
        "text|null;null|null");
    plain_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(plain)));
    assert_int_equal(list.len, 2);
    struct plain *p = &list.data[0];
    assert_int_equal(p->i, -5);
    assert_true(p->oi.has && p->oi.v == 6);
    assert_true(p->r == 0.1 && p->orr.has && p->orr.v == -2.5e300);
    assert_true(p->b && p->ob.has && !p->ob.v);
    check_text(p->t, "zwölf");
    assert_int_equal(vg_text_len(p->t), 6);
    check_text(p->ot, "two");
    check_text(p->n, "12.5");
    check_text(p->on_, "-3");
    assert_int_equal(p->bl.len, 3);
    assert_memory_equal(p->bl.data, "\0\1\377", 3);
    assert_int_equal(p->obl.len, 1);
    check_text(p->j, "{\"a\":[1,2]}");
    check_text(p->oj, "null");
    p++;
    assert_int_equal(p->i, 0);
    assert_false(p->oi.has || p->orr.has || p->ob.has || p->b);
    assert_true(p->r == 0);
    check_text(p->t, "");
    assert_null(p->ot);
    assert_null(p->on_);
    assert_null(p->oj);
    assert_non_null(p->bl.data);
    assert_int_equal(p->bl.len, 0);
    assert_null(p->obl.data);
}

/* The same through SET, with values that may be missing. */
static void test_types__set_optional_values(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_script(f->db, ROW_OF_PLAIN));
    vg_opt_int i = {true, 3}, no_i = {false, 9};
    vg_opt_real r = {true, 1.5};
    vg_opt_bool b = {true, true};
    check_ok(f->db, vg_exec(f->db,
                            UPDATE(plain, SET(oi, i), SET(orr, r), SET(ob, b),
                                   SET(ot, ((vg_str){"abc", 2})),
                                   SET(obl, ((vg_bytes){"xyz", 2})), SET(on_, 2.25)),
                            WHERE(EQ(plain.id, 1))));
    check_rows(f->db, "select oi, orr, ob, ot, obl, on_ from plain",
               "3|1.5|1|ab|x'7879'|2.25");
    check_ok(f->db, vg_exec(f->db,
                            UPDATE(plain, SET(oi, no_i), SET(orr, NULL),
                                   SET(ot, ((vg_str){NULL, 0})),
                                   SET(obl, ((vg_bytes){NULL, 5}))),
                            WHERE(EQ(plain.id, 1))));
    check_rows(f->db, "select oi, orr, ot, obl from plain", "null|null|null|null");
}

/* Section 8: an embedded NUL loses nothing, on the way in, back, and in comparisons. */
static void test_types__embedded_nul(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_script(f->db, ROW_OF_PLAIN));
    vg_str nul = {"a\0b", 3};
    check_ok(f->db, vg_exec(f->db, UPDATE(plain, SET(t, nul)), ALL_ROWS));
    check_rows(f->db, "select hex(t) from plain", "610062");
    struct plain *p;
    check_ok(f->db,
             vg_one(f->db, &f->arena, &p, SELECT(plain), WHERE(EQ(plain.t, nul))));
    assert_int_equal(vg_text_len(p->t), 3);
    assert_memory_equal(p->t, "a\0b", 4);
    int64_t n;
    check_ok(f->db, vg_count(f->db, &n, FROM(plain), WHERE(EQ(plain.t, "a"))));
    assert_int_equal(n, 0);
    assert_int_equal(vg_text_len(NULL), 0);
}

/* Section 8: bytes that are no UTF-8 come back as they went in. */
static void test_types__invalid_utf8(void **state)
{
    fixture *f = *state;
    static const char *const texts[] = {"\xff\xfe", "\xc3", "a\xed\xa0\x80z",
                                        "\xf8\x88\x80\x80"};
    check_ok(f->db, vg_script(f->db, ROW_OF_PLAIN));
    for (size_t i = 0; i < COUNT_OF_ARRAY(texts); i++) {
        const char *t;
        check_ok(f->db, vg_exec(f->db, UPDATE(plain, SET(t, texts[i])), ALL_ROWS));
        check_ok(f->db, vg_get(f->db, &f->arena, &t, SELECT_VALUE(plain.t),
                               WHERE(EQ(plain.t, texts[i]))));
        check_text(t, texts[i]);
        assert_int_equal(vg_text_len(t), strlen(texts[i]));
    }
}

/* Section 8: megabytes. */
static void test_types__huge_values(void **state)
{
    fixture *f = *state;
    enum { SIZE = 5 * 1000 * 1000 };
    char *big = malloc(SIZE);
    assert_non_null(big);
    memset(big, 'x', SIZE);
    vg_str text = {big, SIZE};
    vg_bytes bytes = {big, SIZE};
    check_ok(f->db, vg_script(f->db, ROW_OF_PLAIN));
    check_ok(f->db,
             vg_exec(f->db, UPDATE(plain, SET(t, text), SET(bl, bytes)), ALL_ROWS));
    struct plain *p;
    check_ok(f->db, vg_one(f->db, &f->arena, &p, SELECT(plain)));
    assert_int_equal(vg_text_len(p->t), SIZE);
    assert_int_equal(p->bl.len, SIZE);
    assert_memory_equal(p->t, big, SIZE);
    assert_memory_equal(p->bl.data, big, SIZE);
    free(big);
}

/* Section 8: the ends of INTEGER, and what lies beyond them. */
static void test_types__integer_limits(void **state)
{
    fixture *f = *state;
    static const int64_t values[] = {INT64_MIN, INT64_MAX, -1, 0, (int64_t)1 << 53};
    check_ok(f->db, vg_script(f->db, ROW_OF_PLAIN));
    for (size_t i = 0; i < COUNT_OF_ARRAY(values); i++) {
        int64_t got = 1;
        check_ok(f->db, vg_exec(f->db, UPDATE(plain, SET(i, values[i])), ALL_ROWS));
        check_ok(f->db, vg_get(f->db, NULL, &got, SELECT_VALUE(plain.i),
                               WHERE(EQ(plain.i, values[i]))));
        assert_true(got == values[i]);
    }
    uint64_t most = INT64_MAX;
    check_ok(f->db, vg_exec(f->db, UPDATE(plain, SET(i, most)), ALL_ROWS));
    check_fails(f->db, vg_exec(f->db, UPDATE(plain, SET(i, most + 1)), ALL_ROWS),
                VG_VALUE, "i: an unsigned value is beyond INT64_MAX");
    check_fails(
        f->db, vg_exec(f->db, UPDATE(plain, SET(i, 1)), WHERE(EQ(plain.i, UINT64_MAX))),
        VG_VALUE, "EQ: an unsigned value is beyond INT64_MAX");
    check_rows(f->db, "select i from plain", "9223372036854775807");
}

/* Section 8: NaN would silently become NULL; infinities are numbers. */
/* Whole numbers up to 64 bits; beyond them, and in fractions, what SQLite's NUMERIC keeps. */
/* Proves: S013. */
static void test_types__numeric_digits(void **state)
{
    fixture *f = *state;
    static const char *const digits[] = {"9007199254740993", "-9223372036854775808",
                                         "12345678.9012345"};
    check_ok(f->db, vg_script(f->db, ROW_OF_PLAIN));
    for (size_t i = 0; i < COUNT_OF_ARRAY(digits); i++) {
        const char *n = NULL;
        check_ok(f->db, vg_get(f->db, &f->arena, &n, UPDATE(plain, SET(n, digits[i])),
                               ALL_ROWS, RETURNING_VALUE(plain.n)));
        check_text(n, digits[i]);
        check_ok(f->db, vg_get(f->db, &f->arena, &n, SELECT_VALUE(plain.n),
                               WHERE(EQ(plain.n, digits[i]))));
        check_text(n, digits[i]);
    }
}

static void test_types__real_limits(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_script(f->db, ROW_OF_PLAIN));
    check_fails(f->db, vg_exec(f->db, UPDATE(plain, SET(orr, (double)NAN)), ALL_ROWS),
                VG_VALUE,
                "parameter 1 is NaN, which SQL cannot store; NULL may be meant");
    static const double values[] = {INFINITY, -INFINITY, 1e-308,
                                    5e-324,   -0.0,      1.7976931348623157e308,
                                    0.1,      1.0 / 3};
    for (size_t i = 0; i < COUNT_OF_ARRAY(values); i++) {
        double got = 7;
        check_ok(f->db, vg_exec(f->db, UPDATE(plain, SET(r, values[i])), ALL_ROWS));
        check_ok(f->db, vg_get(f->db, NULL, &got, SELECT_VALUE(plain.r)));
        assert_true(got == values[i]);
    }
}

/* ---- time ---- */

static vg_timestamp time_of(const char *text)
{
    vg_timestamp t = {0};
    assert_true(vg_timestamp_parse(text, strlen(text), &t));
    return t;
}

/* Stored as the mode says, rounded towards the past, read into one type. */
/* Proves: S003 S004. */
static void test_types__timestamps(void **state)
{
    fixture *f = *state;
    vg_timestamp t = time_of("2026-11-21T10:30:05.123456Z");
    vg_timestamp before = time_of("1969-12-31T23:59:58.500001Z");
    struct times_new rows[] = {
        {.plain = t, .seconds = t, .millis = t, .micros = {true, t}, .iso = {true, t}},
        {.plain = before, .seconds = before, .millis = before}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(times, VALUES(rows, 2))));
    check_rows(f->db, "select * from times",
               "1|1795257005123456|1795257005|1795257005123|1795257005123456|"
               "2026-11-21T10:30:05.123456Z;2|-1499999|-2|-1500|null|null");
    times_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(times)));
    assert_int_equal(list.len, 2);
    assert_true(list.data[0].plain.us == t.us);
    assert_true(list.data[0].seconds.us == t.us - 123456);
    assert_true(list.data[0].millis.us == t.us - 456);
    assert_true(list.data[0].micros.has && list.data[0].micros.v.us == t.us);
    assert_true(list.data[0].iso.has && list.data[0].iso.v.us == t.us);
    assert_true(list.data[1].seconds.us == -2000000);
    assert_true(list.data[1].millis.us == -1500000);
    assert_false(list.data[1].micros.has || list.data[1].iso.has);
}

/* A DATE is its midnight, in whatever mode. */
static void test_types__dates(void **state)
{
    fixture *f = *state;
    vg_timestamp day = time_of("2024-02-29"), noon = time_of("2024-02-29T12:00:00Z");
    struct days_new row = {.plain = noon,
                           .seconds = day,
                           .millis = day,
                           .micros = {true, day},
                           .iso = {true, noon}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(days, VALUES(&row))));
    check_rows(f->db, "select * from days",
               "1|2024-02-29|1709164800|1709164800000|1709164800000000|2024-02-29");
    struct days *d;
    check_ok(f->db,
             vg_one(f->db, &f->arena, &d, SELECT(days), WHERE(EQ(days.plain, noon))));
    assert_true(d->plain.us == day.us && d->seconds.us == day.us &&
                d->millis.us == day.us);
    assert_true(d->micros.v.us == day.us && d->iso.v.us == day.us);
}

/* A value meets a column in the column's own mode, wherever they meet. */
static void test_types__times_in_conditions(void **state)
{
    fixture *f = *state;
    vg_timestamp t = time_of("2026-11-21T10:30:05Z"), other = time_of("2020-01-01");
    struct times_new row = {
        .plain = t, .seconds = t, .millis = t, .micros = {true, t}, .iso = {true, t}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(times, VALUES(&row))));
    const vg_timestamp both[] = {other, t};
    vg_predicate conditions[] = {
        EQ(times.seconds, t),
        GTE(times.millis, t),
        LTE(times.iso, t),
        BETWEEN(times.seconds, other, t),
        IN(times.iso, other, t),
        NOT_IN(times.seconds, other),
        IN_ARRAY(times.millis, both, 2),
        EQ(NULLABLE(times.seconds), t),
        EQ(SCALAR(MAX(times.seconds), FROM(times)), t),
        GT(times.plain, other),
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(conditions); i++) {
        int64_t n = 0;
        check_ok(f->db, vg_count(f->db, &n, FROM(times), WHERE(conditions[i])));
        if (n != 1)
            fail_msg("condition %zu found %d rows", i, (int)n);
    }
    struct extremes e;
    check_ok(f->db, vg_get(f->db, &f->arena, &e, SELECT(extremes), FROM(times)));
    assert_true(e.first.has && e.first.v.us == t.us);
    assert_true(e.last.has && e.last.v.us == t.us);
    check_ok(f->db, vg_exec(f->db, UPDATE(times, SET(seconds, other), SET(iso, other)),
                            WHERE(EQ(times.seconds, t))));
    check_rows(f->db, "select seconds, iso from times",
               "1577836800|2020-01-01T00:00:00.000000Z");
}

/* A column whose mode was changed still holds the old texts. */
static void test_types__another_modes_text(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_script(f->db, "insert into times values (1, '2026-11-21 10:30', "
                              "'2026-11-21T12:30:00+02:00', '2026-11-21', "
                              "'2026-11-21T10:30:00.000001Z', '2026-11-21 10:30:00')"));
    struct times *p;
    check_ok(f->db, vg_one(f->db, &f->arena, &p, SELECT(times)));
    vg_timestamp t = time_of("2026-11-21T10:30:00Z");
    assert_true(p->plain.us == t.us);
    assert_true(p->seconds.us == t.us);
    assert_true(p->millis.us == time_of("2026-11-21").us);
    assert_true(p->micros.v.us == t.us + 1);
    assert_true(p->iso.v.us == t.us);
}

static void test_types__bad_times(void **state)
{
    fixture *f = *state;
    struct times *p;
    check_ok(f->db,
             vg_script(f->db,
                       "insert into times values (1, 0, 'yesterday', 0, null, null)"));
    check_fails(f->db, vg_one(f->db, &f->arena, &p, SELECT(times)), VG_VALUE,
                "times.seconds: the database holds text that is no ISO 8601 time");
    assert_null(p);
    check_ok(f->db, vg_script(f->db, "update times set seconds = 9223372036854775807"));
    check_fails(f->db, vg_one(f->db, &f->arena, &p, SELECT(times)), VG_VALUE,
                "times.seconds: the database holds a time that is out of range");
    check_ok(f->db, vg_script(f->db, "update times set seconds = 9223372036854"));
    check_ok(f->db, vg_one(f->db, &f->arena, &p, SELECT(times)));
    assert_true(p->seconds.us == INT64_C(9223372036854000000));
}

/* ---- UUID ---- */

static void test_types__uuids(void **state)
{
    fixture *f = *state;
    vg_uuid u, v;
    assert_true(vg_uuid_parse("00112233-4455-6677-8899-aabbccddeeff", 36, &u));
    assert_true(vg_uuid_parse("FFEEDDCCBBAA99887766554433221100", 32, &v));
    const vg_uuid both[] = {v, u};
    struct keys_new rows[] = {
        {.text = u, .otext = {true, v}, .bin = u, .obin = {true, v}},
        {.text = v, .bin = v}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(keys, VALUES(rows, 2))));
    check_rows(
        f->db, "select * from keys",
        "1|00112233-4455-6677-8899-aabbccddeeff|ffeeddcc-bbaa-9988-7766-554433221100|"
        "x'00112233445566778899aabbccddeeff'|x'ffeeddccbbaa99887766554433221100';"
        "2|ffeeddcc-bbaa-9988-7766-554433221100|null|"
        "x'ffeeddccbbaa99887766554433221100'|null");
    struct keys *k;
    check_ok(f->db, vg_one(f->db, &f->arena, &k, SELECT(keys),
                           WHERE(AND(EQ(keys.text, &u), EQ(keys.bin, &u),
                                     IN_ARRAY(keys.bin, both, 2), IN(keys.otext, &v),
                                     NE(keys.obin, &u)))));
    assert_int_equal(k->id, 1);
    assert_memory_equal(&k->text, &u, sizeof u);
    assert_memory_equal(&k->bin, &u, sizeof u);
    assert_true(k->otext.has && k->obin.has);
    assert_memory_equal(&k->obin.v, &v, sizeof v);
    vg_opt_uuid none = {false, u}, some = {true, u};
    check_ok(f->db, vg_exec(f->db, UPDATE(keys, SET(otext, &none), SET(obin, &some)),
                            ALL_ROWS));
    check_rows(f->db, "select otext, obin from keys where id = 1",
               "null|x'00112233445566778899aabbccddeeff'");
    vg_uuid_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(keys.text),
                           ORDER_BY(keys.id)));
    assert_int_equal(list.len, 2);
    assert_memory_equal(&list.data[1], &v, sizeof v);
}

/* Text in a binary column and the reverse; what is neither is refused. */
static void test_types__uuids_of_another_mode(void **state)
{
    fixture *f = *state;
    struct keys *k;
    check_ok(f->db, vg_script(f->db, "insert into keys (text, bin) values "
                                     "(x'00112233445566778899aabbccddeeff', "
                                     "'00112233-4455-6677-8899-AABBCCDDEEFF')"));
    check_ok(f->db, vg_one(f->db, &f->arena, &k, SELECT(keys)));
    assert_memory_equal(&k->text, &k->bin, sizeof k->bin);
    assert_int_equal(k->text.bytes[15], 0xff);
    check_ok(f->db, vg_script(f->db, "update keys set bin = x'0011'"));
    check_fails(f->db, vg_one(f->db, &f->arena, &k, SELECT(keys)), VG_VALUE,
                "keys.bin: the database holds something that is no UUID");
}

/* ---- values that do not fit ---- */

// clang-format off
TABLE(strict,
    COLUMN(i, INTEGER, NOT_NULL), COLUMN(r, REAL, NOT_NULL),
    COLUMN(b, BOOLEAN, NOT_NULL), COLUMN(t, TEXT, NOT_NULL),
    COLUMN(n, NUMERIC, NOT_NULL), COLUMN(bl, BLOB, NOT_NULL),
    COLUMN(j, JSON, NOT_NULL), COLUMN(at, TIMESTAMP, NOT_NULL),
    COLUMN(d, DATE, NOT_NULL), COLUMN(u, UUID, NOT_NULL))
// clang-format on

#define LOOSE_TABLE                                                   \
    "create table strict (i, r, b, t, n, bl, j, at, d, u);"           \
    "insert into strict values (1, 2, 0, 't', 1, x'00', '{}', 0, 0, " \
    "'00112233-4455-6677-8899-aabbccddeeff');"

/* Section 8: NULL where the row cannot hold one names the field, for every class. */
static void test_types__null_in_not_null_field(void **state)
{
    fixture *f = *state;
    strict_list list;
    check_ok(f->db, vg_script(f->db, LOOSE_TABLE));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(strict)));
    assert_int_equal(list.len, 1);
    for (uint32_t i = 0; i < strict.vg_shape.column_count; i++) {
        const char *name = strict.vg_shape.columns[i].name;
        char sql[100], message[200];
        snprintf(sql, sizeof sql, "begin; update strict set %s = null", name);
        check_ok(f->db, vg_script(f->db, sql));
        snprintf(message, sizeof message,
                 "strict.%s is NULL, but the field cannot hold one; if that is right "
                 "(an outer "
                 "join), say FIELD(%s, NULLABLE(...)) or OPT_ROW",
                 name, name);
        check_fails(f->db, vg_all(f->db, &f->arena, &list, SELECT(strict)),
                    VG_NULL_VALUE, message);
        assert_int_equal(list.len, 0);
        check_ok(f->db, vg_script(f->db, "rollback"));
    }
    check_ok(f->db, vg_script(f->db, "update strict set i = null"));
    int64_t value;
    check_fails(
        f->db, vg_get(f->db, NULL, &value, SELECT_VALUE(strict.i)), VG_NULL_VALUE,
        "the value is NULL, but its type cannot hold one; select NULLABLE(...) of it");
}

/* SQLite lets any column hold anything; text is no number. */
static void test_types__text_where_a_number_belongs(void **state)
{
    fixture *f = *state;
    static const char *const columns[] = {"i", "r", "b"};
    strict_list list;
    check_ok(f->db, vg_script(f->db, LOOSE_TABLE));
    for (size_t i = 0; i < COUNT_OF_ARRAY(columns); i++) {
        char sql[100], message[100];
        snprintf(sql, sizeof sql, "begin; update strict set %s = 'many'", columns[i]);
        check_ok(f->db, vg_script(f->db, sql));
        snprintf(message, sizeof message,
                 "strict.%s: the database holds text where a number belongs",
                 columns[i]);
        check_fails(f->db, vg_all(f->db, &f->arena, &list, SELECT(strict)), VG_VALUE,
                    message);
        check_ok(f->db, vg_script(f->db, "rollback"));
    }
    /* A number in a text column is its digits. */
    check_ok(f->db, vg_script(f->db, "update strict set t = 12, j = 1.5"));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(strict)));
    check_text(list.data[0].t, "12");
    check_text(list.data[0].j, "1.5");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_types__plain_round_trip),
        TEST(test_types__set_optional_values),
        TEST(test_types__embedded_nul),
        TEST(test_types__invalid_utf8),
        TEST(test_types__huge_values),
        TEST(test_types__integer_limits),
        TEST(test_types__numeric_digits),
        TEST(test_types__real_limits),
        TEST(test_types__timestamps),
        TEST(test_types__dates),
        TEST(test_types__times_in_conditions),
        TEST(test_types__another_modes_text),
        TEST(test_types__bad_times),
        TEST(test_types__uuids),
        TEST(test_types__uuids_of_another_mode),
        TEST(test_types__null_in_not_null_field),
        TEST(test_types__text_where_a_number_belongs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
