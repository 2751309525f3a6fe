/* Every type and every kind of array there and back: what the server made is read, written
 * again from what was read, and the server finds nothing changed. */
#include "pg.h"
#include "rt_heap.h"
#include <math.h>

// clang-format off
ENUM(mood, VALUE(MOOD_SAD, "sad"), VALUE(MOOD_OK, "it's ok"))

TABLE(scalars,
    COLUMN(id,        BIGSERIAL, PRIMARY_KEY),
    COLUMN(small,     SMALLINT),
    COLUMN(whole,     INT),
    COLUMN(big,       BIGINT),
    COLUMN(single,    FLOAT4),
    COLUMN(twice,     DOUBLE),
    COLUMN(exact,     NUMERIC),
    COLUMN(money_,    NUMERIC(12, 2)),
    COLUMN(flag,      BOOLEAN),
    COLUMN(words,     VARCHAR(40)),
    COLUMN(code,      CHAR(4)),
    COLUMN(name,      CITEXT),
    COLUMN(data,      JSONB),
    COLUMN(text_data, JSON_TEXT),
    COLUMN(bytes,     BYTEA),
    COLUMN(key,       UUID),
    COLUMN(at,        TIMESTAMPTZ),
    COLUMN(local_at,  TIMESTAMP_LOCAL(3)),
    COLUMN(day,       DATE),
    COLUMN(clock_,    TIME),
    COLUMN(clock_tz,  TIMETZ),
    COLUMN(span,      INTERVAL),
    COLUMN(spot,      POINT),
    COLUMN(mood,      PG_ENUM(mood)))

TABLE(natives,
    COLUMN(id,      BIGSERIAL, PRIMARY_KEY),
    COLUMN(ip,      INET),       COLUMN(net,    CIDR),      COLUMN(mac,   MACADDR),
    COLUMN(mac8,    MACADDR8),   COLUMN(line,   LINE),      COLUMN(seg,   LSEG),
    COLUMN(box_,    BOX),        COLUMN(path_,  PATH),      COLUMN(poly,  POLYGON),
    COLUMN(ring,    CIRCLE),     COLUMN(bits,   BIT(5)),    COLUMN(bits_, VARBIT(9)),
    COLUMN(cash,    MONEY),      COLUMN(doc,    XML),       COLUMN(words, TSVECTOR),
    COLUMN(query,   TSQUERY),    COLUMN(r4,     INT4RANGE), COLUMN(r8,    INT8RANGE),
    COLUMN(rn,      NUMRANGE),   COLUMN(rd,     DATERANGE), COLUMN(rt,    TSRANGE),
    COLUMN(rtz,     TSTZRANGE),  COLUMN(pairs,  HSTORE),    COLUMN(tree,  LTREE),
    COLUMN(lsn,     OTHER, SQL_TYPE("pg_lsn")),
    COLUMN(span,    INTERVAL),   COLUMN(spot,   POINT),     COLUMN(clock_, TIMETZ),
    COLUMN(numbers, ARRAY(INTEGER)),                        COLUMN(at,     TIMESTAMPTZ))

TABLE(arrays,
    COLUMN(id,     BIGSERIAL, PRIMARY_KEY),
    COLUMN(ints,   ARRAY(INTEGER)),     COLUMN(ints4,  ARRAY(INT)),
    COLUMN(ints2,  ARRAY(SMALLINT)),    COLUMN(reals,  ARRAY(REAL)),
    COLUMN(reals4, ARRAY(FLOAT4)),      COLUMN(bools,  ARRAY(BOOLEAN)),
    COLUMN(texts,  ARRAY(TEXT)),        COLUMN(chars,  ARRAY(VARCHAR(9))),
    COLUMN(nums,   ARRAY(NUMERIC)),     COLUMN(jsons,  ARRAY(JSONB)),
    COLUMN(blobs,  ARRAY(BLOB)),        COLUMN(uuids,  ARRAY(UUID)),
    COLUMN(times,  ARRAY(TIMESTAMPTZ)), COLUMN(days,   ARRAY(DATE)),
    COLUMN(spans,  ARRAY(INTERVAL)),    COLUMN(clocks, ARRAY(TIME)),
    COLUMN(spots,  ARRAY(POINT)),       COLUMN(deep,   ARRAY(INTEGER, 0, 0, 0)))

/* As text, since the driver does not know all of their types. */
TABLE(others,
    COLUMN(id,     BIGSERIAL, PRIMARY_KEY),
    COLUMN(moods,  ARRAY(PG_ENUM(mood))), COLUMN(ips,   ARRAY(INET)),
    COLUMN(boxes,  ARRAY(BOX)),           COLUMN(ints,  ARRAY(INTEGER)),
    COLUMN(reals,  ARRAY(REAL)),          COLUMN(bools, ARRAY(BOOLEAN)),
    COLUMN(blobs,  ARRAY(BLOB)),          COLUMN(uuids, ARRAY(UUID)),
    COLUMN(times,  ARRAY(TIMESTAMPTZ)),   COLUMN(texts, ARRAY(TEXT, 0, 0)))

EXTENSION(citext)
EXTENSION(hstore)
EXTENSION(ltree)
SCHEMA(types, citext, hstore, ltree, scalars, natives, arrays, others)
// clang-format on

static int setup(void **state)
{
    return pg_fixture_open(state, &types, NULL);
}

#define SAME(table)                                                                   \
    check_pg(f->url,                                                                  \
             "select b::text, a::text from " table " a join before b on a.id = b.id " \
             "where a::text is distinct from b::text or a.id is null",                \
             "")

/* The values are on one line for each row; NULLs, ends of ranges, odd texts. */
#define SCALARS                                                                       \
    "insert into scalars default values; insert into scalars values "                 \
    "(default, -32768, -2147483648, -9223372036854775808, -0.0, 'Infinity', 'NaN', "  \
    "-9999999999.99, true, '', '', 'Ada', '{\"a\": [1, null]}', '{\"b\" :  2}', '', " \
    "'00000000-0000-0000-0000-000000000000', 'infinity', '-infinity', 'infinity', "   \
    "'00:00', '00:00+15:59', '-178000000 years', '(0,-0)', 'sad'), "                  \
    "(default, 32767, 2147483647, 9223372036854775807, 3.4e38, 5e-324, "              \
    "-123456789012345678901234567890.1234567890000, 0.10, false, E'a''b\\\\c\\n', "   \
    "'ab', "                                                                          \
    "'ß', 'null', '[]', '\\x00ff', 'ffffffff-ffff-ffff-ffff-ffffffffffff', "         \
    "'2026-11-21 10:11:12.123456+05', '1969-12-31 23:59:59.999', '0001-01-01', "      \
    "'24:00', '12:34:56.789-08', '1 year 2 mons -3 days 04:05:06.789', "              \
    "'(1e300,Infinity)', 'it''s ok'), "                                               \
    "(default, 0, 0, 0, 'NaN', '-Infinity', 'Infinity', 0, null, 'x', 'abcd', '', "   \
    "'\"s\"', '1', '\\x', '12345678-1234-1234-1234-123456789abc', '1970-01-01Z', "    \
    "'9999-12-31', '-infinity', '23:59:59.999999', '00:00-15:59:59', '-1 sec', "      \
    "'(NaN,2)', null), "                                                              \
    "(default, 1, 1, 1, 1, 1, 0.0000000000000000001, 1, true, 'y', 'z', 'z', '{}', "  \
    "'{}', '\\x01', null, null, null, null, null, null, '00:00:00', null, null), "    \
    "(default, 1, 1, 1, 1, 1, 10000, 1, true, 'y', 'z', 'z', '{}', '{}', '\\x01', "   \
    "null, null, null, null, null, null, null, null, null)"

#define RANDOM_SCALARS                                                                 \
    "insert into scalars select n, (random() * 60000 - 30000)::smallint, "             \
    "(random() * 4e9 - 2e9)::int, (random() * 1.8e19 - 9e18)::bigint, "                \
    "random()::real, "                                                                 \
    "exp(random() * 1400 - 700), (random() * 1e15)::numeric / 10 ^ (random() * "       \
    "30)::int, "                                                                       \
    "(random() * 1e9)::numeric(12, 2), random() < 0.5, md5(n::text), "                 \
    "substr(md5(n::text), 1, 4), md5(n::text), to_jsonb(random()), "                   \
    "json_build_array(n), decode(md5(n::text), 'hex'), gen_random_uuid(), "            \
    "now() + random() * interval '1000 years', now() - random() * interval '1000 "     \
    "years', "                                                                         \
    "now() + random() * interval '1000 years', now()::time + random() * interval '1 "  \
    "day', "                                                                           \
    "now()::timetz + random() * interval '1 day', "                                    \
    "make_interval(0, (random() * 99 - 50)::int, 0, (random() * 99 - 50)::int, 0, 0, " \
    "random() * 1e6 - 5e5), point(random(), random() * 1e9), 'sad' "                   \
    "from generate_series(100, 600) n"

#define EACH_SCALAR                                                                    \
    SET_EACH(small, whole, big, single, twice, exact, money_, flag, words, code, name, \
             data),                                                                    \
        SET_EACH(text_data, bytes, key, at, local_at, day, clock_, clock_tz, span,     \
                 spot, mood)

/* Proves: S015 S016 S017 S018 S019 S020 S021 S023 S024 S025 S026 S027 S029 S032. */
static void test_types__scalars_survive(void **state)
{
    fixture *f = *state;
    scalars_list list;
    pg_exec(f->url, SCALARS);
    pg_exec(f->url, RANDOM_SCALARS);
    pg_exec(f->url, "create table before as select * from scalars");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(scalars), ORDER_BY(scalars.id)));
    assert_int_equal(list.len, 507);
    check_text(list.data[1].exact, "NaN");
    check_text(list.data[2].exact, "-123456789012345678901234567890.1234567890000");
    check_text(list.data[2].text_data, "[]");
    assert_true(list.data[1].at.v.us == INT64_MAX &&
                list.data[1].local_at.v.us == INT64_MIN);
    assert_int_equal(list.data[2].span.v.months, 14);
    assert_int_equal(list.data[2].clock_tz.v.zone, -8 * 3600);
    assert_int_equal(list.data[1].clock_tz.v.zone, 15 * 3600 + 59 * 60);
    assert_true(isinf(list.data[2].spot.v.y));
    assert_true(!list.data[0].span.has && !list.data[0].spot.has && !list.data[0].data);
    pg_exec(f->url,
            "update scalars set (small, whole, big, single, twice, exact, money_, "
            "flag, words, code, name, data, text_data, bytes, key, at, local_at, day, "
            "clock_, clock_tz, span, spot, mood) = (null, null, null, null, "
            "null, null, null, null, null, null, null, null, null, null, null, null, "
            "null, null, null, null, null, null, null)");
    check_ok(f->db, vg_exec(f->db, UPDATE_ROWS(scalars, list.data, list.len, KEY(id),
                                               EACH_SCALAR)));
    SAME("scalars");
}

#define NATIVES                                                                        \
    "insert into natives default values; insert into natives values "                  \
    "(default, '::1/64', '10.0.0.0/8', '08:00:2b:01:02:03', "                          \
    "'08:00:2b:01:02:03:04:05', "                                                      \
    "'{1,2,3}', '[(1,2),(3,4)]', '(1,2),(3,4)', '[(1,2),(3,4)]', '((1,2),(3,4))', "    \
    "'<(1,2),3>', '10101', '101', '-1234.5', '<a b=\"c\">&lt;</a>', "                  \
    "'fat:2 cat:1A', '''fat'' & !(''rat'' | ''cat'':*)', '[1,5)', 'empty', '(,2.5]', " \
    "'[2026-01-01,2027-01-01)', '[\"2026-01-01 00:00:00\",)', "                        \
    "'[\"2026-01-01 00:00:00+00\",\"2027-01-01 00:00:00+00\"]', "                      \
    "'\"a\"=>\"b\", \"c\"=>NULL', 'top.science.x', '16/B374D848', "                    \
    "'-1 mons +2 days', '(1,2)', '12:00+02', '{1,NULL,-3}', '2026-11-21 "              \
    "10:00:00.5+00')"

/* Proves: S027 S028 S031. */
static void test_types__natives_survive_as_text(void **state)
{
    fixture *f = *state;
    natives_list list;
    pg_exec(f->url, NATIVES);
    pg_exec(f->url, "create table before as select * from natives");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(natives), ORDER_BY(natives.id)));
    assert_int_equal(list.len, 2);
    check_text(list.data[1].ip, "::1/64");
    check_text(list.data[1].cash, "-$1,234.50");
    check_text(list.data[1].r4, "[1,5)");
    check_text(list.data[1].pairs, "\"a\"=>\"b\", \"c\"=>NULL");
    assert_int_equal(list.data[1].span.v.months, -1);
    assert_true(list.data[1].spot.v.y == 2);
    assert_int_equal(list.data[1].clock_.v.zone, 7200);
    assert_int_equal(list.data[1].numbers.len, 3);
    assert_true(list.data[1].numbers.nulls[1] && list.data[1].numbers.data[2] == -3);
    assert_null(list.data[0].ip);
    assert_null(list.data[0].numbers.data);
    check_ok(
        f->db,
        vg_exec(f->db, UPDATE_ROWS(natives, list.data, list.len, KEY(id),
                                   SET_EACH(ip, net, mac, mac8, line, seg, box_, path_,
                                            poly, ring, bits, bits_),
                                   SET_EACH(cash, doc, words, query, r4, r8, rn, rd, rt,
                                            rtz, pairs, tree),
                                   SET_EACH(lsn, span, spot, clock_, numbers, at))));
    SAME("natives");
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(natives),
                           WHERE(AND(EQ(natives.ip, "::1/64"), GT(natives.r4, "empty"),
                                     EQ(natives.bits, "10101")))));
    assert_int_equal(list.len, 1);
}

#define ARRAYS                                                                        \
    "insert into arrays default values; insert into arrays values "                   \
    "(default, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', "    \
    "'{}', "                                                                          \
    "'{}', '{}', '{}', '{}', '{}', '{}'), "                                           \
    "(default, '{1,NULL,-9223372036854775808}', '{-2147483648,NULL}', "               \
    "'{NULL,32767}', "                                                                \
    "'{NaN,NULL,-Infinity,5e-324}', '{1.5,NULL,3.4e38}', '{t,f,NULL}', "              \
    "'{a,NULL,\"NULL\",\"\",\"b c\",\"d,e\",\"f\\\"g\",\"h\\\\\\\\i\",\"{\"}', "      \
    "'{ab,NULL}', "                                                                   \
    "'{1.50,NULL,NaN,-Infinity}', '{\"{\\\"a\\\": 1}\",NULL,\"null\"}', "             \
    "'{\"\\\\x00ff\",NULL,\"\\\\x\"}', "                                              \
    "'{12345678-1234-1234-1234-123456789abc,NULL}', "                                 \
    "'{\"2026-11-21 10:11:12.123456+05\",NULL,infinity,-infinity}', "                 \
    "'{2026-11-21,NULL,infinity,0001-01-01}', '{\"1 year -3 days "                    \
    "04:05:06.7\",NULL}', "                                                           \
    "'{24:00,NULL,00:00:00.000001}', '{\"(1,2)\",NULL,\"(NaN,-0)\"}', "               \
    "'{{{1,2},{3,NULL}},{{5,6},{7,8}}}'), "                                           \
    "(default, '[0:2]={1,2,3}', '[-5:-4]={1,2}', '{{1,2},{3,4}}', '{{1.5}}', "        \
    "'[2:2][3:4]={{1,2}}', '{{t},{f}}', '[0:1][0:1]={{a,b},{NULL,\"d e\"}}', '{x}', " \
    "'{{1},{2}}', '{{1},{2}}', '{{NULL}}', '{NULL}', '{NULL,NULL}', '{{infinity}}', " \
    "'{{1 day}}', '{{12:00}}', '{{NULL}}', '[0:0][1:1][5:6]={{{1,2}}}')"

#define RANDOM_OF(type, expression)                                                   \
    "case when random() < 0.1 then null else (select array_agg(case when random() < " \
    "0.2 then null else " expression                                                  \
    " end) from generate_series(1, (random() * 9)::int"                               \
    " + n - n) m)::" type " end"
/* clang-format off */
#define RANDOM_ARRAYS \
    "insert into arrays select n, " \
    RANDOM_OF("bigint[]", "(random() * 1e18)::bigint") ", " \
    RANDOM_OF("int[]", "(random() * 1e9)::int") ", " \
    RANDOM_OF("smallint[]", "(random() * 1e4)::int") ", " \
    RANDOM_OF("float8[]", "exp(random() * 100)") ", " \
    RANDOM_OF("float4[]", "random()") ", " \
    RANDOM_OF("bool[]", "random() < 0.5") ", " \
    RANDOM_OF("text[]", "chr((random() * 900)::int + 1) || ' ' || m") ", " \
    RANDOM_OF("varchar(9)[]", "substr(md5(random()::text), 1, (random() * 9)::int)") ", " \
    RANDOM_OF("numeric[]", "(random() * 1e9)::numeric") ", " \
    RANDOM_OF("jsonb[]", "to_jsonb(random())") ", " \
    RANDOM_OF("bytea[]", "decode(md5(random()::text), 'hex')") ", " \
    RANDOM_OF("uuid[]", "gen_random_uuid()") ", " \
    RANDOM_OF("timestamptz[]", "now() + random() * interval '99 years'") ", " \
    RANDOM_OF("date[]", "(now() + random() * interval '99 years')::date") ", " \
    RANDOM_OF("interval[]", "random() * interval '99 years'") ", " \
    RANDOM_OF("time[]", "(now() + random() * interval '1 day')::time") ", " \
    RANDOM_OF("point[]", "point(random(), random())") ", " \
    RANDOM_OF("bigint[]", "m") \
    " from generate_series(100, 400) n"
/* clang-format on */

/* Proves: S033. */
static void test_types__arrays_survive(void **state)
{
    fixture *f = *state;
    arrays_list list;
    pg_exec(f->url, ARRAYS);
    pg_exec(f->url, RANDOM_ARRAYS);
    pg_exec(f->url, "create table before as select * from arrays");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(arrays), ORDER_BY(arrays.id)));
    assert_int_equal(list.len, 305);
    const struct arrays *r = &list.data[0];
    assert_true(!r->ints.data && !r->deep.data && !r->texts.data);
    r = &list.data[1];
    assert_true(r->ints.data && !r->ints.len && !r->ints.nulls && !r->ints.dims);
    r = &list.data[2];
    assert_int_equal(r->ints.len, 3);
    assert_true(r->ints.data[2] == INT64_MIN && r->ints.nulls[1] && !r->ints.nulls[0]);
    check_text(r->texts.data[2], "NULL");
    assert_null(r->texts.data[1]);
    check_text(r->nums.data[0], "1.50");
    check_text(r->spans.data[0], "1 year -3 days 04:05:06.7");
    assert_int_equal(r->blobs.data[0].len, 2);
    assert_true(r->times.data[2].us == INT64_MAX);
    assert_int_equal(r->deep.dims->count, 3);
    assert_int_equal(r->deep.len, 8);
    assert_true(r->deep.nulls[3] && r->deep.data[7] == 8);
    r = &list.data[3];
    assert_int_equal(r->ints.dims->lower[0], 0);
    assert_int_equal(r->deep.dims->lower[2], 5);
    check_ok(f->db,
             vg_exec(f->db, UPDATE_ROWS(arrays, list.data, list.len, KEY(id),
                                        SET_EACH(ints, ints4, ints2, reals, reals4,
                                                 bools, texts, chars, nums, jsons),
                                        SET_EACH(blobs, uuids, times, days, spans,
                                                 clocks, spots, deep))));
    SAME("arrays");
}

static void test_types__arrays_of_unknown_types_survive(void **state)
{
    fixture *f = *state;
    others_list list;
    pg_exec(
        f->url,
        "insert into others default values; insert into others values (default, "
        "'{sad,NULL,\"it''s ok\"}', "
        "'{::1,10.0.0.0/8}', '{(3,4),(1,2);(1,1),(0,0)}', '{1,NULL}', '{NaN,1.5}', "
        "'{t,f}', '{\"\\\\x00ff\",NULL}', '{12345678-1234-1234-1234-123456789abc}', "
        "'{\"2026-11-21 10:11:12.5+00\",infinity}', '[0:1][1:1]={{a},{NULL}}'), "
        "(default, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')");
    pg_exec(f->url, "create table before as select * from others");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(others), ORDER_BY(others.id)));
    check_text(list.data[1].moods.data[2], "it's ok");
    check_text(list.data[1].boxes.data[1], "(1,1),(0,0)");
    assert_int_equal(list.data[1].blobs.data[0].len, 2);
    assert_true(list.data[1].ints.nulls[1] && list.data[1].bools.data[0]);
    assert_int_equal(list.data[1].texts.dims->count, 2);
    check_ok(f->db,
             vg_exec(f->db, UPDATE_ROWS(others, list.data, list.len, KEY(id),
                                        SET_EACH(moods, ips, boxes, ints, reals, bools,
                                                 blobs, uuids, times, texts))));
    SAME("others");
}

static void test_types__values_stand_in_queries(void **state)
{
    fixture *f = *state;
    vg_interval day = {.days = 1};
    const vg_daytime noon = {.us = INT64_C(43200000000)};
    vg_point spot = {1, 2};
    const char *words[] = {"a", NULL, "b"};
    vg_text_array texts = {words, 3, NULL, NULL};
    int64_t n[] = {1, 2, 3, 4};
    vg_dims two = {.count = 2, .lengths = {2, 2}, .lower = {1, 1}};
    vg_int_array grid = {n, 4, NULL, &two};
    struct scalars *row;
    struct arrays *array;
    int64_t id;
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(scalars, SET(span, &day), SET(clock_, &noon),
                                        SET(spot, &spot), SET(mood, MOOD_OK))));
    struct scalars_new new_row = {.span = VG_SOME({.months = 2}),
                                  .clock_ = VG_SOME({.us = 1})};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(scalars, VALUES(&new_row))));
    check_ok(f->db, vg_one(f->db, &f->arena, &row, SELECT(scalars),
                           WHERE(AND(EQ(scalars.span, &day), LTE(scalars.clock_, &noon),
                                     EQ(scalars.mood, MOOD_OK),
                                     BETWEEN(scalars.clock_, &noon, &noon)))));
    assert_int_equal(row->span.v.days, 1);
    assert_int_equal(row->mood.v, MOOD_OK);
    check_ok(f->db, vg_one(f->db, &f->arena, &row, SELECT(scalars),
                           WHERE(IN(scalars.span, &day, &(vg_interval){.months = 2})),
                           ORDER_BY(DESC(scalars.id)), LIMIT(1)));
    assert_int_equal(row->span.v.months, 2);
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(arrays, SET(texts, &texts), SET(ints, &grid),
                                        SET(ints2, &grid), SET(bools, NULL))));
    check_ok(f->db,
             vg_one(f->db, &f->arena, &array, SELECT(arrays),
                    WHERE(AND(EQ(arrays.texts, &texts), EQ(arrays.ints, &grid)))));
    assert_int_equal(array->ints2.dims->lengths[1], 2);
    check_ok(f->db, vg_get(f->db, &f->arena, &id, SELECT_VALUE(arrays.id),
                           WHERE(EQ(arrays.texts, arrays.texts))));
    check_pg(f->url, "select texts, ints from arrays", "{a,NULL,b}|{{1,2},{3,4}}");
}

static void test_types__bad_values_are_refused_before_they_are_sent(void **state)
{
    fixture *f = *state;
    int64_t n[] = {1, 2, 40000};
    vg_dims wrong = {.count = 1, .lengths = {4}, .lower = {1}};
    vg_int_array bad = {n, 3, NULL, &wrong}, large = {n, 3, NULL, NULL};
    const vg_daytime late = {.us = INT64_C(90000000000)};
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(arrays, SET(ints, &bad))), VG_VALUE,
                "parameter 1 is an array whose dims do not make up its len, or with an "
                "element out of range");
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(arrays, SET(ints2, &large))),
                VG_VALUE, "value \"40000\" is out of range for type smallint");
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(scalars, SET(clock_, &late))),
                VG_VALUE,
                "parameter 1 is no time of day: it lies beyond 24:00, or its zone");
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(natives, SET(ip, "x"))), VG_VALUE,
                "invalid input syntax for type inet: \"x\"");
}

/* Read all, write all, with the n-th allocation failing, for every n until none does. */
static void test_types__every_allocation_may_fail(void **state)
{
    fixture *f = *state;
    pg_exec(f->url, ARRAYS);
    pg_exec(f->url, "create table before as select * from arrays");
    for (int keep = 0; keep < 2; keep++) {
        bool failed = true;
        for (size_t n = 1; failed; n++) {
            rt_heap heap = {0};
            vg_options options = {.allocator = rt_allocator(&heap)};
            vg_arena arena = {.allocator = options.allocator};
            arrays_list list;
            vg_db *db;
            assert_int_equal(vg_open(&db, f->url, &options), VG_OK);
            rt_heap_arm(&heap, n, keep);
            int rc = vg_all(db, &arena, &list, SELECT(arrays), ORDER_BY(arrays.id));
            if (rc == VG_OK)
                rc = vg_exec(
                    db, UPDATE_ROWS(arrays, list.data, list.len, KEY(id),
                                    SET_EACH(ints, ints2, reals4, bools, texts, nums),
                                    SET_EACH(jsons, blobs, uuids, times, spots, deep)));
            failed = heap.failed;
            if (rc != (failed ? VG_NO_MEMORY : VG_OK))
                fail_msg("allocation %zu: %s", n, vg_code_name(rc));
            rt_heap_arm(&heap, 0, false);
            check_ok(db, vg_all(db, &arena, &list, SELECT(arrays)));
            vg_arena_free(&arena);
            assert_int_equal(vg_close(db), VG_OK);
            rt_heap_check_empty(&heap);
        }
    }
    SAME("arrays");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_types__scalars_survive),
        TEST(test_types__natives_survive_as_text),
        TEST(test_types__arrays_survive),
        TEST(test_types__arrays_of_unknown_types_survive),
        TEST(test_types__values_stand_in_queries),
        TEST(test_types__bad_values_are_refused_before_they_are_sent),
        TEST(test_types__every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
