/* How tables are kept: STRICT, WITHOUT_ROWID, prefixes of their names, indexes over
 * expressions and in an order. */
#include "check.h"

// clang-format off
TABLE(pairs,
    STRICT, WITHOUT_ROWID,
    COLUMN(a, TEXT(8),   NOT_NULL),
    COLUMN(b, INTEGER,   NOT_NULL),
    COLUMN(n, INTEGER,   NOT_NULL, DEFAULT(0)),
    COLUMN(t, TIMESTAMP),
    PRIMARY_KEY(a, b))

TABLE(words,
    WITHOUT_ROWID,
    COLUMN(word, TEXT, PRIMARY_KEY),
    COLUMN(n,    INTEGER),
    INDEX_ON(words_lower, ON_SQL("lower(\"word\")"), ON_DESC(n), ON_WHERE("n > 0")),
    UNIQUE_INDEX_ON(words_n, ON(n), ON_ASC(word)))

#undef VG_TABLE_PREFIX
#define VG_TABLE_PREFIX "p_"
TABLE(users,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT, NOT_NULL, UNIQUE))
TABLE(posts,
    NAME("articles"),
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(user_id, INTEGER, REFERENCES(users, id)))
#undef VG_TABLE_PREFIX
#define VG_TABLE_PREFIX ""

TABLE(bytes,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(data, JSON, MODE(BLOB), DEFAULT("{}")),
    COLUMN(name, TEXT, MODE(BLOB)))
TABLE(sums, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(total, TEXT, NOT_NULL, MODE(BLOB)))
TABLE(numbers, COLUMN(n, INTEGER, PRIMARY_KEY, MODE(BLOB)))

TABLE(loose,   STRICT, COLUMN(n, NUMERIC, PRIMARY_KEY))
TABLE(keyless, WITHOUT_ROWID, COLUMN(n, INTEGER))
TABLE(counted, WITHOUT_ROWID, COLUMN(n, INTEGER, PRIMARY_KEY, AUTOINCREMENT))
SCHEMA(storage, pairs, words, users, posts, bytes, sums)
SCHEMA(storage_1, loose)
SCHEMA(storage_4, numbers)
SCHEMA(storage_2, keyless)
SCHEMA(storage_3, counted)
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &storage, NULL);
}

/* Proves: S115. */
static void test_storage__strict_and_without_rowid(void **state)
{
    fixture *f = *state;
    check_rows(f->db, "select sql from sqlite_master where name = 'pairs'",
               "CREATE TABLE `pairs` (\n\t`a` text NOT NULL,\n\t`b` integer NOT NULL,\n"
               "\t`n` integer DEFAULT 0 NOT NULL,\n\t`t` integer,\n"
               "\tPRIMARY KEY(`a`, `b`)\n) STRICT, WITHOUT ROWID");
    check_fails(f->db, vg_create(f->db, &storage_1), VG_SCHEMA,
                "loose.n: a STRICT table has no NUMERIC; use INTEGER, REAL, TEXT or a "
                "codec");
    check_fails(f->db, vg_create(f->db, &storage_2), VG_SCHEMA,
                "table keyless: WITHOUT_ROWID needs a primary key");
    check_fails(f->db, vg_create(f->db, &storage_3), VG_SCHEMA,
                "counted.n: no AUTOINCREMENT in a WITHOUT_ROWID table");
}

static void test_storage__limit_of_writes_goes_by_the_key(void **state)
{
    fixture *f = *state;
    struct pairs_new rows[] = {
        {"x", 1, {0}, {0}}, {"x", 2, {0}, {0}}, {"y", 1, {0}, {0}}};
    struct words_new words_rows[] = {{"One", VG_SOME(1)}, {"Two", VG_SOME(2)}};
    pairs_list list;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(pairs, VALUES(rows, 3))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(words, VALUES(words_rows, 2))));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, UPDATE(pairs, SET(n, 5)),
                           WHERE(GT(pairs.b, 0)), ORDER_BY(DESC(pairs.a)), LIMIT(2),
                           RETURNING(pairs)));
    assert_int_equal(list.len, 2);
    words_list gone;
    check_ok(f->db, vg_all(f->db, &f->arena, &gone, DELETE_FROM(words),
                           ORDER_BY(DESC(words.n)), LIMIT(1), RETURNING(words)));
    assert_int_equal(gone.len, 1);
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(pairs), ORDER_BY(pairs.n), LIMIT(1)));
    check_sql("update \"pairs\" set \"n\" = ? where (\"a\", \"b\") in (select "
              "\"a\", \"b\" from \"pairs\" limit ?) returning \"n\"",
              "[5,1]", UPDATE(pairs, SET(n, 5)), LIMIT(1), RETURNING_VALUE(pairs.n));
    check_rows(f->db, "select word from words", "One");
    check_rows(f->db, "select count(*) from pairs where n = 5", "2");
}

/* Proves: S080 S081 S083. */
static void test_index__of_expressions_in_an_order(void **state)
{
    fixture *f = *state;
    check_rows(
        f->db,
        "select sql from sqlite_master where type = 'index' and sql is not null "
        "and tbl_name = 'words'",
        "CREATE INDEX `words_lower` ON `words` (lower(\"word\"),`n` desc) WHERE n "
        "> 0;CREATE UNIQUE INDEX `words_n` ON `words` (`n`,`word` asc)");
}

/* Proves: S109. */
static void test_prefix__begins_each_name(void **state)
{
    fixture *f = *state;
    struct users *user;
    check_rows(f->db,
               "select name from sqlite_master where name like 'p\\_%' escape '\\' or "
               "name like '%articles' order by 1",
               "p_articles;p_users;p_users_name_unique");
    check_ok(f->db, vg_one(f->db, &f->arena, &user, INSERT_INTO(users, SET(name, "a")),
                           RETURNING(users)));
    check_sql(
        "select \"p_users\".\"id\", \"p_users\".\"name\" from \"p_users\" inner join "
        "\"p_articles\" on \"p_articles\".\"user_id\" = \"p_users\".\"id\"",
        "[]", SELECT(users), INNER_JOIN(posts, EQ(posts.user_id, users.id)));
}

/* Proves: S010. */
static void test_blob__holds_the_bytes_of_json(void **state)
{
    fixture *f = *state;
    struct bytes *row;
    struct bytes_new rows[] = {{.data = "[1]", .name = "n"}};
    check_ok(f->db, vg_one(f->db, &f->arena, &row, INSERT_INTO(bytes, SET(name, "x")),
                           RETURNING(bytes)));
    check_text(row->data, "{}");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(bytes, VALUES(rows, 1))));
    check_rows(f->db, "select data, name from bytes", "x'7b7d'|x'78';x'5b315d'|x'6e'");
    check_ok(f->db, vg_one(f->db, &f->arena, &row, SELECT(bytes),
                           WHERE(AND(EQ(bytes.name, "n"), IN(bytes.name, "m", "n")))));
    check_text(row->data, "[1]");
    check_ok(f->db, vg_exec(f->db, UPDATE(bytes, SET(data, NULL)),
                            WHERE(EQ(bytes.name, "n"))));
    check_rows(f->db, "select typeof(data) from bytes where id = 2", "null");
    check_fails(f->db, vg_create(f->db, &storage_4), VG_SCHEMA,
                "numbers.n: MODE(BLOB) is for JSON and TEXT");
}

/* Proves: S011. */
static void test_blob__holds_the_digits_of_big_integers(void **state)
{
    fixture *f = *state;
    static const char big[] = "-123456789012345678901234567890";
    struct sums *row;
    struct sums_new rows[] = {{.total = big}, {.total = "7"}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(sums, VALUES(rows, 2))));
    check_rows(f->db, "select typeof(total), cast(total as text) from sums",
               "blob|-123456789012345678901234567890;blob|7");
    check_ok(f->db,
             vg_one(f->db, &f->arena, &row, SELECT(sums), WHERE(EQ(sums.total, big))));
    assert_int_equal(row->id, 1);
    check_text(row->total, big);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_storage__strict_and_without_rowid),
        TEST(test_storage__limit_of_writes_goes_by_the_key),
        TEST(test_index__of_expressions_in_an_order),
        TEST(test_blob__holds_the_bytes_of_json),
        TEST(test_blob__holds_the_digits_of_big_integers),
        TEST(test_prefix__begins_each_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
