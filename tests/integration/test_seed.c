/* Seeding a small schema: order, keys, counts, determinism, refusals. Runs on both databases. */
#include "check.h"
#include "digest.h"
#include <stdio.h>
#include <virga/seed.h>

// clang-format off
ENUM(role, VALUE(ROLE_USER, "user"), VALUE(ROLE_ADMIN, "admin"), VALUE(ROLE_GUEST, "guest"))

TABLE(users,
    COLUMN(id,         INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(email,      TEXT,    NOT_NULL, UNIQUE),
    COLUMN(name,       TEXT,    NOT_NULL),
    COLUMN(age,        INTEGER),
    COLUMN(role,       ENUM_TEXT(role), NOT_NULL),
    COLUMN(boss_id,    INTEGER, REFERENCES(users, id)),
    COLUMN(active,     BOOLEAN, NOT_NULL, DEFAULT(true)),
    COLUMN(created_at, TIMESTAMP, NOT_NULL),
    CHECK(users_age, "age >= 18 and age < 100"))

TABLE(tags,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(label, TEXT, NOT_NULL, UNIQUE))

TABLE(posts,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(title,     TEXT, NOT_NULL),
    COLUMN(body,      TEXT),
    COLUMN(price,     NUMERIC(8, 2)),
    COLUMN(score,     REAL),
    COLUMN(ref,       UUID),
    COLUMN(extra,     JSON),
    COLUMN(data,      BLOB),
    COLUMN(day,       DATE),
    INDEX(posts_author, author_id))

TABLE(post_tags,
    COLUMN(post_id, INTEGER, NOT_NULL, REFERENCES(posts, id)),
    COLUMN(tag_id,  INTEGER, NOT_NULL, REFERENCES(tags, id)),
    PRIMARY_KEY(post_id, tag_id))
// clang-format on
/* Children stand before their parents on purpose. */
SCHEMA(blog, post_tags, posts, tags, users)

static int setup(void **state)
{
    return fixture_open(state, &blog, NULL);
}

#define SEED(...) vg_seed(f->db, &blog, &(vg_seed_options){.seed = 7, __VA_ARGS__})

/* Proves: D001 D006. */
static void test_seed__fills_parents_before_children(void **state)
{
    fixture *f = *state;
    check_ok(f->db, SEED(.count = 10));
    check_rows(f->db,
               "select (select count(*) from users), (select count(*) from posts), "
               "(select count(*) from tags), (select count(*) from post_tags)",
               "10|10|10|10");
    check_rows(f->db, "select min(id), max(id), count(distinct email) from users",
               "1|10|10");
    check_rows(f->db, "select count(*) from users where age not between 18 and 99",
               "0");
    check_rows(f->db,
               "select count(*) from users where email like '%_.%_@%example%' and "
               "name like '% %' and active and boss_id is null",
               "1");
}

/* Proves: D001 D017. */
static void test_seed__same_seed_same_data_everywhere(void **state)
{
    fixture *f = *state;
    check_ok(f->db, SEED(.count = 100, .version = 1));
    uint64_t digest = schema_digest(f->db, &blog);
    if (digest != UINT64_C(0x34f94953e9515b65))
        fail_msg("0x%llx", (unsigned long long)digest);
    check_ok(f->db, SEED(.count = 100, .reset = true));
    assert_true(digest == schema_digest(f->db, &blog));
    check_ok(f->db,
             vg_seed(f->db, &blog,
                     &(vg_seed_options){.seed = 8, .count = 100, .reset = true}));
    assert_true(digest != schema_digest(f->db, &blog));
    check_fails(
        f->db, SEED(.version = 2), VG_INVALID,
        "vg_seed: there is no version 2 of the generators; this library has 1 to 1");
}

/* More rows, and other tables, change nothing that was there. */
static void test_seed__rows_stay_when_others_are_added(void **state)
{
    fixture *f = *state;
    users_list few, many;
    check_ok(f->db,
             SEED(.count = 5, .plan = VG_SEED_PLAN(VG_SEED_COUNT(posts, 0),
                                                   VG_SEED_COUNT(post_tags, 0))));
    check_ok(f->db, vg_all(f->db, &f->arena, &few, SELECT(users), ORDER_BY(users.id)));
    check_ok(f->db, SEED(.count = 50, .reset = true));
    check_ok(f->db, vg_all(f->db, &f->arena, &many, SELECT(users), ORDER_BY(users.id)));
    assert_int_equal(few.len, 5);
    assert_int_equal(many.len, 50);
    for (size_t i = 0; i < few.len; i++) {
        check_text(many.data[i].email, few.data[i].email);
        check_text(many.data[i].name, few.data[i].name);
        assert_int_equal(many.data[i].boss_id.v, few.data[i].boss_id.v);
        assert_int_equal(many.data[i].created_at.us, few.data[i].created_at.us);
    }
}

/* Proves: D003 D010 D011. */
static void test_seed__refinements(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             SEED(.count = 200,
                  .plan = VG_SEED_PLAN(
                      VG_SEED_COUNT(users, 20), VG_SEED_COUNT(tags, 20),
                      VG_SEED(users.age, vg_gen_int(.min = 30, .max = 39)),
                      VG_SEED(users.role, vg_gen_ints((ROLE_GUEST))),
                      VG_SEED(posts.title, vg_gen_texts(("red", "blue"),
                                                        .weights = VG_WEIGHTS(9, 1))),
                      VG_SEED(posts.score,
                              vg_gen_weighted(
                                  VG_CHANCE(1, vg_gen_number(.max = 1)),
                                  VG_CHANCE(1, vg_gen_number(.min = 5, .max = 6)))),
                      VG_SEED_NULLS(posts.body, 50), VG_SEED_OUT(posts.data))));
    check_rows(f->db,
               "select count(*), min(age) >= 30, max(age) <= 39, min(role), max(role) "
               "from users",
               on_sqlite() ? "20|1|1|guest|guest" : "20|t|t|guest|guest");
    check_rows(f->db, "select count(distinct title), count(data) from posts", "2|0");
    check_rows(
        f->db,
        "select count(*) from posts where score > 6 or (score > 1 and score < 5)", "0");
    check_rows(f->db,
               on_sqlite() ? "select count(body) between 70 and 130 from posts"
                           : "select (count(body) between 70 and 130)::int from posts",
               "1");
}

/* Proves: D004. */
static void test_seed__children_of_each_parent(void **state)
{
    fixture *f = *state;
    check_ok(f->db, SEED(.count = 20,
                         .plan = VG_SEED_PLAN(
                             VG_SEED_WITH(users, posts.author_id, 3),
                             VG_SEED_WITH_SHARES(posts, post_tags.post_id,
                                                 VG_SHARE(70, 1), VG_SHARE(30, 5)))));
    check_rows(f->db,
               "select count(*), min(n), max(n) from (select count(*) as n from posts "
               "group by author_id) as x",
               "20|3|3");
    check_rows(
        f->db,
        "select n from (select count(*) as n from post_tags group by post_id) as x "
        "group by n order by n",
        "1;5");
}

/* Proves: D005. */
static void test_seed__children_that_cannot_be(void **state)
{
    fixture *f = *state;
    check_fails(
        f->db,
        SEED(.plan = VG_SEED_PLAN(VG_SEED_WITH(posts, post_tags.post_id, 2),
                                  VG_SEED_WITH(tags, post_tags.tag_id, 2))),
        VG_INVALID,
        "VG_SEED_WITH(posts, ...) and VG_SEED_WITH(tags, ...) both say how many "
        "rows post_tags has");
    check_fails(f->db,
                SEED(.plan = VG_SEED_PLAN(VG_SEED_COUNT(posts, 2),
                                          VG_SEED_WITH(users, posts.author_id, 2))),
                VG_INVALID,
                "VG_SEED_WITH(users, posts.author_id): the plan also says "
                "VG_SEED_COUNT(posts, ...)");
    check_fails(f->db, SEED(.plan = VG_SEED_PLAN(VG_SEED_WITH(users, posts.id, 2))),
                VG_INVALID,
                "VG_SEED_WITH(users, posts.id): the column refers to no table");
    check_fails(
        f->db, SEED(.plan = VG_SEED_PLAN(VG_SEED_WITH(users, users.boss_id, 2))),
        VG_INVALID,
        "VG_SEED_WITH(users, users.boss_id): a table cannot say its own number of "
        "rows");
    check_fails(
        f->db, SEED(.plan = VG_SEED_PLAN(VG_SEED_WITH(posts, post_tags.post_id, 11))),
        VG_INVALID,
        "post_tags: 11 different rows wanted of (post_id, tag_id) for a parent, 10 "
        "exist");
    check_rows(f->db, "select count(*) from users", "0");
}

/* Proves: D008. */
static void test_seed__a_junction_can_be_full(void **state)
{
    fixture *f = *state;
    check_ok(f->db, SEED(.plan = VG_SEED_PLAN(VG_SEED_COUNT(post_tags, 100))));
    check_rows(f->db, "select count(*) from post_tags", "100");
    check_fails(
        f->db, SEED(.reset = true, .plan = VG_SEED_PLAN(VG_SEED_COUNT(post_tags, 101))),
        VG_INVALID,
        "post_tags: 101 different rows wanted of (post_id, tag_id), 100 exist");
    check_fails(
        f->db,
        SEED(.count = 60, .reset = true,
             .plan = VG_SEED_PLAN(VG_SEED(tags.label, vg_gen_state()))),
        VG_INVALID,
        "column tags.label: 60 different values wanted, 50 exist (of vg_gen_state)");
    check_ok(f->db, SEED(.count = 50, .reset = true,
                         .plan = VG_SEED_PLAN(VG_SEED(tags.label, vg_gen_state()))));
    check_rows(f->db, "select count(distinct label) from tags", "50");
}

/* Proves: D002. */
static void test_seed__reset(void **state)
{
    fixture *f = *state;
    check_ok(f->db, SEED(.count = 10));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(users, SET(email, "a@b.c"),
                                               SET(name, "A"), SET(role, ROLE_USER),
                                               SET(created_at, vg_now()))));
    assert_int_equal(vg_last_id(f->db), 11); /* the keys go on behind the seeded ones */
    check_ok(f->db, vg_seed_reset(f->db, &blog));
    check_rows(f->db,
               "select (select count(*) from users) + (select count(*) from posts)",
               "0");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(users, SET(email, "a@b.c"),
                                               SET(name, "A"), SET(role, ROLE_USER),
                                               SET(created_at, vg_now()))));
    assert_int_equal(vg_last_id(f->db), 1);
    check_rows(f->db, on_sqlite() ? "pragma foreign_keys" : "select 1", "1");
}

/* What fails leaves nothing. */
static void test_seed__all_or_nothing(void **state)
{
    fixture *f = *state;
    check_ok(f->db, SEED(.count = 3));
    assert_int_equal(SEED(.count = 5), VG_UNIQUE);
    assert_non_null(strstr(vg_errmsg(f->db), "if the table had rows before"));
    check_rows(f->db, "select count(*) from users", "3");
    assert_int_equal(
        SEED(.reset = true,
             .plan = VG_SEED_PLAN(VG_SEED(users.age, vg_gen_int(.min = 3, .max = 9)))),
        VG_CHECK);
    assert_non_null(strstr(vg_errmsg(f->db), "users_age"));
    assert_non_null(
        strstr(vg_errmsg(f->db),
               "the plan says other values than the CHECK users_age (age >= 18 and "
               "age < 100) takes: VG_SEED(users.age, ...)"));
    check_rows(f->db, "select count(*) from users", "3");
}

/* The rows that a skipped table has are referred to. */
static void test_seed__skips_tables(void **state)
{
    fixture *f = *state;
    check_fails(f->db, SEED(.plan = VG_SEED_PLAN(VG_SEED_SKIP(users))), VG_INVALID,
                "column posts.author_id: users has no rows to refer to");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(users, SET(id, 77), SET(email, "a@b.c"),
                                               SET(name, "A"), SET(role, ROLE_USER),
                                               SET(created_at, vg_now()))));
    check_ok(f->db, SEED(.plan = VG_SEED_PLAN(VG_SEED_SKIP(users))));
    check_rows(f->db, "select min(author_id), max(author_id), count(*) from posts",
               "77|77|10");
    check_rows(f->db, "select count(*) from users", "1");
}

static bool stop_at_once(void *ctx, const char *table, uint64_t done, uint64_t total)
{
    *(uint64_t *)ctx = total;
    return strcmp(table, "posts") != 0 || !done;
}

static void test_seed__progress_stops_it(void **state)
{
    fixture *f = *state;
    uint64_t total = 0;
    check_fails(f->db,
                SEED(.count = 5000, .progress = stop_at_once, .progress_ctx = &total),
                VG_INTERRUPTED, "vg_seed: stopped by the caller");
    assert_int_equal(total, 20000);
    check_rows(f->db, "select count(*) from users", "0");
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_seed__##name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(fills_parents_before_children),
        TEST(same_seed_same_data_everywhere),
        TEST(rows_stay_when_others_are_added),
        TEST(refinements),
        TEST(children_of_each_parent),
        TEST(children_that_cannot_be),
        TEST(a_junction_can_be_full),
        TEST(reset),
        TEST(all_or_nothing),
        TEST(skips_tables),
        TEST(progress_stops_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
