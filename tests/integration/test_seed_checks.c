/* Seeding what CHECKs demand: alternatives, negations, lists, lengths, pairs of columns. */
#include "check.h"
#include <stdio.h>
#include <string.h>
#include <virga/seed.h>

// clang-format off
ENUM(kind, VALUE(KIND_A, "a"), VALUE(KIND_B, "b"), VALUE(KIND_C, "c"))

TABLE(things,
    COLUMN(id,       INTEGER, PRIMARY_KEY),
    COLUMN(state,    TEXT, NOT_NULL),
    COLUMN(size,     TEXT, NOT_NULL),
    COLUMN(kind,     ENUM_TEXT(kind), NOT_NULL),
    COLUMN(level,    INTEGER),
    COLUMN(nonzero,  INTEGER, NOT_NULL),
    COLUMN(outside,  INTEGER, NOT_NULL),
    COLUMN(age,      INTEGER),
    COLUMN(number,   INTEGER, NOT_NULL, UNIQUE),
    COLUMN(rate,     REAL, NOT_NULL),
    COLUMN(price,    NUMERIC(8, 2), NOT_NULL),
    COLUMN(name,     TEXT, NOT_NULL),
    COLUMN(nick,     TEXT, NOT_NULL),
    COLUMN(a,        INTEGER),
    COLUMN(b,        INTEGER),
    COLUMN(active,   BOOLEAN, NOT_NULL),
    CHECK(c1, "state = 'new' or state = 'old' or state in ('lost', 'found')"),
    CHECK(c2, "size IN ('S', 'M', 'L') AND size <> 'M'"),
    CHECK(c3, "kind <> 'b'"),
    CHECK(c4, "level is null or (level > 3 and level <= 5)"),
    CHECK(c5, "nonzero <> 0 and nonzero < 4 and nonzero >= 0"),
    CHECK(c6, "not (outside between 0 and 2000)"),
    CHECK(c7, "age >= 21"),
    CHECK(c8, "number > 10"),
    CHECK(c9, "rate in (0.5, 1.5, 2)"),
    CHECK(c10, "price > 0 and price < 1000.5"),
    CHECK(c11, "length(trim(name)) >= 3 and length(name) <= 40 and name <> ''"),
    CHECK(c12, "not (length(nick) > 8 or length(nick) < 3)"),
    CHECK(c13, "(a is null and b is not null) or (a is not null and b is null)"))

TABLE(spans,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(starts, TIMESTAMP, NOT_NULL),
    COLUMN(ends,   TIMESTAMP),
    COLUMN(low,    INTEGER, NOT_NULL),
    COLUMN(middle, INTEGER, NOT_NULL),
    COLUMN(high,   INTEGER, NOT_NULL),
    COLUMN(room,   INTEGER, NOT_NULL),
    COLUMN(first,  INTEGER, NOT_NULL),
    COLUMN(last,   INTEGER, NOT_NULL),
    CHECK(s1, "ends > starts"),
    CHECK(s2, "low <= middle and middle < high and low between 1 and 4 and high between 1 and 4"),
    CHECK(s3, "first < last"),
    UNIQUE(spans_key, room, first))

TABLE(people, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL))
TABLE(follows,
    COLUMN(follower_id, INTEGER, NOT_NULL, REFERENCES(people, id)),
    COLUMN(followed_id, INTEGER, NOT_NULL, REFERENCES(people, id)),
    PRIMARY_KEY(follower_id, followed_id),
    CHECK(not_oneself, "follower_id <> followed_id"))
TABLE(transfers,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(from_id, INTEGER, NOT_NULL, REFERENCES(people, id)),
    COLUMN(to_id,   INTEGER, NOT_NULL, REFERENCES(people, id)),
    CHECK(not_to_oneself, "NOT to_id = from_id"))

TABLE(riddles,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(word, TEXT, NOT_NULL),
    COLUMN(mail, TEXT, NOT_NULL),
    CHECK(riddle, "word || 'x' = 'yx' and length(mail) > 3"))
// clang-format on
SCHEMA(checked, things)
SCHEMA(paired, spans)
SCHEMA(friends, people, follows, transfers)
SCHEMA(hard, riddles)

static int setup(void **state)
{
    int rc = fixture_open(state, &checked, NULL);
    fixture *f = *state;
    return rc || vg_create(f->db, &paired) || vg_create(f->db, &friends) ||
           vg_create(f->db, &hard);
}

/* Proves: D009. */
static void test_checks__of_single_columns(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_seed(f->db, &checked, &(vg_seed_options){.count = 2000}));
    check_rows(
        f->db,
        "select count(distinct state), count(distinct size), count(distinct kind), "
        "count(distinct level), count(distinct nonzero), min(age), max(age), "
        "count(distinct number), count(distinct rate), count(a), count(b) from "
        "things",
        "4|2|2|2|3|21|90|2000|3|0|2000");
    check_rows(f->db, "select count(*) from things where name like '% %'", "2000");
    check_rows(f->db, "select count(distinct nick) > 100 from things",
               on_sqlite() ? "1" : "t");
}

/* Proves: D009. */
static void test_checks__of_pairs(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_seed(f->db, &paired, &(vg_seed_options){.count = 2000}));
    check_rows(f->db,
               "select min(low), max(low), min(high), max(high), count(*) from spans",
               "1|3|2|4|2000");
}

/* Pairs of different people, all that there are. */
/* Proves: D008. */
static void test_checks__of_foreign_keys(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_seed(f->db, &friends,
                            &(vg_seed_options){
                                .plan = VG_SEED_PLAN(VG_SEED_COUNT(follows, 90),
                                                     VG_SEED_COUNT(transfers, 500))}));
    check_rows(f->db, "select (select count(*) from follows), count(*) from transfers",
               "90|500");
    check_fails(
        f->db,
        vg_seed(f->db, &friends,
                &(vg_seed_options){.reset = true,
                                   .plan = VG_SEED_PLAN(VG_SEED_COUNT(follows, 91))}),
        VG_INVALID,
        "follows: 91 different rows wanted of (follower_id, followed_id), 90 exist");
}

/* What is not understood is told by name, with the columns to refine. */
static void test_checks__that_are_riddles(void **state)
{
    fixture *f = *state;
    assert_int_equal(vg_seed(f->db, &hard, NULL), VG_CHECK);
    assert_non_null(
        strstr(vg_errmsg(f->db),
               "seeding does not understand all of the CHECK riddle (word || "
               "'x' = 'yx' and length(mail) > 3); say values that it takes: "
               "VG_SEED(riddles.word, ...), VG_SEED(riddles.mail, ...)"));
    check_ok(f->db,
             vg_seed(f->db, &hard,
                     &(vg_seed_options){.plan = VG_SEED_PLAN(VG_SEED(
                                            riddles.word, vg_gen_texts(("y"))))}));
    check_rows(f->db, "select count(*) from riddles", "10");
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_checks__##name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(of_single_columns),
        TEST(of_pairs),
        TEST(of_foreign_keys),
        TEST(that_are_riddles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
