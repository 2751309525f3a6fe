/* Seeding what is PostgreSQL's: identities, sequences, its types, arrays, enums, deferrable
 * circles, schemas. */
#include "digest.h"
#include "pg.h"
#include <virga/seed.h>

// clang-format off
ENUM(mood, VALUE(MOOD_SAD, "sad"), VALUE(MOOD_OK, "ok"), VALUE(MOOD_HAPPY, "happy"))

TABLE(kinds,
    COLUMN(id,     BIGINT, PRIMARY_KEY, IDENTITY(ALWAYS)),
    COLUMN(serial, SERIAL),
    COLUMN(small,  SMALLINT, NOT_NULL, UNIQUE),
    COLUMN(f4,     FLOAT4), COLUMN(f8, DOUBLE),
    COLUMN(code,   CHAR(3)), COLUMN(name, VARCHAR(12)),
    COLUMN(doc,    JSONB), COLUMN(raw, BYTEA),
    COLUMN(at,     TIMESTAMPTZ), COLUMN(clock, TIME), COLUMN(span, INTERVAL),
    COLUMN(days,   INTERVAL("day to hour")),
    COLUMN(place,  POINT), COLUMN(line, LINE), COLUMN(ip, INET), COLUMN(net, CIDR),
    COLUMN(flags,  BIT(6)), COLUMN(more, VARBIT),
    COLUMN(mood,   PG_ENUM(mood), NOT_NULL),
    COLUMN(tags,   ARRAY(TEXT)), COLUMN(sizes, ARRAY(INTEGER), NOT_NULL),
    COLUMN(keys,   ARRAY(UUID)), COLUMN(days_on, ARRAY(DATE)), COLUMN(yes, ARRAY(BOOLEAN)),
    COLUMN(rates,  ARRAY(DOUBLE)),
    COLUMN(twice,  INTEGER, GENERATED(STORED, "small * 2")),
    IN_SCHEMA("extra"))
SCHEMA(zoo, kinds)

TABLE_LATER(hens)
TABLE(eggs,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(hen_id, INTEGER, NOT_NULL, REFERENCES_LATER(hens, id, DEFERRABLE)))
TABLE(hens,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(egg_id, INTEGER, NOT_NULL, REFERENCES(eggs, id)))
SCHEMA(farm, eggs, hens)

TABLE(unknown,
    COLUMN(id,  INTEGER, PRIMARY_KEY),
    COLUMN(lsn, OTHER, SQL_TYPE("pg_lsn")))
SCHEMA(odd, unknown)

TABLE(natives,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(lseg,   LSEG), COLUMN(box, BOX), COLUMN(path, PATH), COLUMN(area, POLYGON),
    COLUMN(circle, CIRCLE),
    COLUMN(mac,    MACADDR, NOT_NULL, UNIQUE), COLUMN(mac8, MACADDR8),
    COLUMN(price,  MONEY), COLUMN(note, XML),
    COLUMN(words,  TSVECTOR), COLUMN(wanted, TSQUERY),
    COLUMN(i4,     INT4RANGE, NOT_NULL, UNIQUE), COLUMN(i8, INT8RANGE),
    COLUMN(num,    NUMRANGE), COLUMN(stay, DATERANGE),
    COLUMN(slot,   TSRANGE), COLUMN(zoned, TSTZRANGE),
    COLUMN(more,   HSTORE), COLUMN(tree, LTREE))
TABLE(lists,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(prices, ARRAY(NUMERIC(6, 1))), COLUMN(docs, ARRAY(JSONB)),
    COLUMN(clocks, ARRAY(TIME)), COLUMN(spans, ARRAY(INTERVAL)),
    COLUMN(places, ARRAY(POINT)), COLUMN(ips, ARRAY(INET)), COLUMN(macs, ARRAY(MACADDR)),
    COLUMN(stays,  ARRAY(DATERANGE)), COLUMN(boxes, ARRAY(BOX)),
    COLUMN(codes,  ARRAY(VARCHAR(3))), COLUMN(small, ARRAY(SMALLINT)),
    COLUMN(moods,  ARRAY(PG_ENUM(mood))), COLUMN(raws, ARRAY(BYTEA)),
    COLUMN(grid,   ARRAY(INTEGER, 3, 0)), COLUMN(three, ARRAY(TEXT, 3)))
SCHEMA(wide, natives, lists)
// clang-format on

static int setup(void **state)
{
    int rc = pg_fixture_open(state, NULL,
                             "create schema extra; create extension hstore; create "
                             "extension ltree");
    fixture *f = *state;
    return rc || vg_create(f->db, &zoo) || vg_create(f->db, &farm) ||
           vg_create(f->db, &odd) || vg_create(f->db, &wide);
}

/* Proves: D007 D009 D015 D016. */
static void test_seed__all_its_types(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_seed(f->db, &zoo, &(vg_seed_options){.seed = 9, .count = 50}));
    check_pg(
        f->url,
        "select min(id), max(id), count(distinct small), bool_and(twice = small * 2), "
        "bool_and(length(code) = 3), bool_and(length(name) <= 12) from extra.kinds",
        "1|50|50|t|t|t");
    check_pg(
        f->url,
        "select count(doc), count(raw), count(at), count(clock), count(span), "
        "count(place), count(line), count(ip), count(net), count(flags), count(more) "
        "from extra.kinds",
        "50|50|50|50|50|50|50|50|50|50|50");
    check_pg(
        f->url,
        "select count(distinct mood), min(cardinality(tags)), max(cardinality(sizes)), "
        "bool_and(cardinality(keys) = 5), bool_and(cardinality(yes) = 5), "
        "bool_and(extract(minute from days) = 0) from extra.kinds",
        "3|5|5|t|t|t");
    uint64_t digest = schema_digest(f->db, &zoo);
    if (digest != UINT64_C(0x69d5f073de0ddd91))
        fail_msg("0x%llx", (unsigned long long)digest);
}

/* Proves: D007. */
static void test_seed__sequences_go_on(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_seed(f->db, &zoo, &(vg_seed_options){.count = 5}));
    pg_exec(f->url,
            "insert into extra.kinds (small, mood, sizes) values (-1, 'ok', '{}')");
    check_pg(f->url, "select id, serial from extra.kinds where small = -1", "6|6");
    check_ok(f->db, vg_seed_reset(f->db, &zoo));
    pg_exec(f->url,
            "insert into extra.kinds (small, mood, sizes) values (-1, 'ok', '{}')");
    check_pg(f->url, "select id, serial from extra.kinds", "1|1");
}

/* Proves: D015 D016. */
static void test_seed__its_generators(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_seed(f->db, &zoo,
                     &(vg_seed_options){
                         .count = 30,
                         .plan = VG_SEED_PLAN(
                             VG_SEED(kinds.tags, vg_gen_city(.array_size = 2)),
                             VG_SEED(kinds.sizes,
                                     vg_gen_int(.min = 3, .max = 4, .array_size = 7)),
                             VG_SEED(kinds.place,
                                     vg_gen_point(.min_x = -5, .max_x = 5, .min_y = 1,
                                                  .max_y = 2, .unique = true)),
                             VG_SEED(kinds.line, vg_gen_line(.min = 1, .max = 2)),
                             VG_SEED(kinds.ip, vg_gen_inet(.v6 = true, .unique = true)),
                             VG_SEED(kinds.more,
                                     vg_gen_bit_string(.bits = 5, .unique = true)),
                             VG_SEED(kinds.mood, vg_gen_texts(("ok"))),
                             VG_SEED(kinds.name, vg_gen_vector(.dimensions = 1)),
                             VG_SEED(kinds.span, vg_gen_interval(.fields = "hour")),
                             VG_SEED_OUT(kinds.code))}));
    check_pg(
        f->url,
        "select bool_and(cardinality(tags) = 2), bool_and(cardinality(sizes) = 7 and 3 "
        "<= all(sizes) and 4 >= all(sizes)), bool_and(place[0] between -5 and 5 and "
        "place[1] between 1 and 2), count(distinct ip), count(distinct more), "
        "bool_and(family(ip) = 6), min(mood), max(mood), count(code), "
        "bool_and(name like '[%]'), bool_and(span < '1 day') from extra.kinds",
        "t|t|t|30|30|t|ok|ok|0|t|t");
    check_fails(
        f->db,
        vg_seed(f->db, &zoo,
                &(vg_seed_options){
                    .count = 33,
                    .plan = VG_SEED_PLAN(VG_SEED(
                        kinds.more, vg_gen_bit_string(.bits = 5, .unique = true)))}),
        VG_INVALID,
        "column kinds.more: 33 different values wanted, 32 exist (of "
        "vg_gen_bit_string)");
}

/* Proves: D006. */
static void test_seed__a_circle_that_is_deferrable(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_seed(f->db, &farm, &(vg_seed_options){.count = 20}));
    check_pg(f->url, "select count(*) from eggs join hens on hens.id = hen_id", "20");
}

/* Proves: D009 D015. */
static void test_seed__types_that_are_text_in_c(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_seed(f->db, &wide, &(vg_seed_options){.count = 200}));
    check_pg(f->url,
             "select count(lseg), count(box), count(path), count(area), "
             "count(circle), count(distinct mac), count(mac8), count(price), "
             "count(note), count(words), count(wanted) from natives",
             "200|200|200|200|200|200|200|200|200|200|200");
    check_pg(
        f->url,
        "select count(distinct i4), bool_and(not isempty(i4)), "
        "bool_and(not isempty(i8)), bool_and(not isempty(num)), "
        "bool_and(stay <@ '[2020-01-01,2026-04-01)'), bool_and(not isempty(slot)), "
        "bool_and(not isempty(zoned)), bool_and(more ? 'id'), "
        "bool_and(nlevel(tree) = 3) from natives",
        "200|t|t|t|t|t|t|t|t");
    check_pg(f->url,
             "select min(array_dims(grid)), min(array_dims(three)), "
             "bool_and(array_length(prices, 1) = 5), count(docs), count(clocks), "
             "count(spans), count(places), count(ips), count(macs), count(stays), "
             "count(boxes), count(codes), count(small), count(moods), count(raws) "
             "from lists",
             "[1:3][1:2]|[1:3]|t|200|200|200|200|200|200|200|200|200|200|200|200");
    const vg_seed_options options = {
        .reset = true,
        .plan = VG_SEED_PLAN(VG_SEED(natives.stay, vg_gen_native(.nulls = 100)),
                             VG_SEED(lists.grid, vg_gen_int(.array_size = 4)))};
    check_ok(f->db, vg_seed(f->db, &wide, &options));
    check_pg(f->url, "select count(stay), count(mac) from natives", "0|10");
    check_pg(f->url, "select distinct array_dims(grid) from lists", "[1:4][1:2]");
    check_fails(f->db,
                vg_seed(f->db, &wide,
                        &(vg_seed_options){.plan = VG_SEED_PLAN(
                                               VG_SEED(lists.codes, vg_gen_native()))}),
                VG_INVALID,
                "column lists.codes: vg_gen_native: it knows no values of the column's "
                "type");
}

static void test_seed__types_without_a_generator(void **state)
{
    fixture *f = *state;
    check_fails(f->db, vg_seed(f->db, &odd, NULL), VG_INVALID,
                "column unknown.lsn: seeding knows no values of its type (pg_lsn); say "
                "which: VG_SEED(unknown.lsn, vg_gen_texts((...))), or "
                "VG_SEED_OUT(unknown.lsn)");
    check_ok(f->db, vg_seed(f->db, &odd,
                            &(vg_seed_options){
                                .plan = VG_SEED_PLAN(VG_SEED(
                                    unknown.lsn, vg_gen_texts(("16/B374D848"))))}));
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_seed__##name, setup, pg_fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(all_its_types),
        TEST(sequences_go_on),
        TEST(its_generators),
        TEST(a_circle_that_is_deferrable),
        TEST(types_that_are_text_in_c),
        TEST(types_without_a_generator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
