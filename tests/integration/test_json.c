/* JSON: extraction by type, changes, construction, elements as rows. */
#include "check.h"

// clang-format off
TABLE(notes,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    COLUMN(data, JSON,    NOT_NULL),
    COLUMN(more, JSON))

ALIAS(tag, vg_json_item)

PROJECTION(tagged,
    FIELD(id,    notes.id),
    FIELD(key,   tag.key),
    FIELD(value, tag.value),
    FIELD(type,  tag.type),
    FIELD(path,  tag.fullkey))
// clang-format on

SCHEMA(notebook, notes)

static int setup(void **state)
{
    return fixture_open(
        state, &notebook,
        "insert into notes values (1, 'a', "
        "'{\"n\":5,\"s\":\"x\",\"yes\":true,\"none\":null,"
        "\"at\":\"2026-11-21T00:00:00Z\",\"tags\":[\"c\",\"sql\"]}', null),"
        "(2, 'b', '{\"n\":2.5,\"tags\":[]}', '[1,2,3]');");
}

static const char *text_of(fixture *f, vg_text_null x)
{
    const char *out = NULL;
    check_ok(f->db, vg_get(f->db, &f->arena, &out, SELECT_VALUE(x), FROM(notes),
                           ORDER_BY(notes.id), LIMIT(1)));
    return out;
}

static const char *json_of(fixture *f, vg_json_null x)
{
    const char *out = NULL;
    check_ok(f->db, vg_get(f->db, &f->arena, &out, SELECT_VALUE(x), FROM(notes),
                           ORDER_BY(notes.id), LIMIT(1)));
    return out;
}

static int count_of(fixture *f, vg_predicate x)
{
    int64_t count = -1;
    check_ok(f->db, vg_count(f->db, &count, FROM(notes), WHERE(x)));
    return (int)count;
}

/* Proves: Q089. */
static void test_json__get_on_sqlite(void **state)
{
    fixture *f = *state;
    vg_timestamp day = {INT64_C(1795219200000000)};
    check_sql("select json_extract(\"data\", ?) from \"notes\"", "[\"$.n\"]",
              SELECT_VALUE(JSON_GET(notes.data, "$.n", INTEGER)), FROM(notes));
    check_text(text_of(f, JSON_GET(notes.data, "$.s", TEXT)), "x");
    check_text(text_of(f, JSON_GET(notes.data, "$.n", TEXT)), "5");
    check_text(text_of(f, JSON_GET(notes.data, "$.nowhere", TEXT)), NULL);
    check_text(json_of(f, JSON_GET(notes.data, "$.tags", JSON)), "[\"c\",\"sql\"]");
    check_text(json_of(f, JSON_GET(notes.data, "$.s", JSON)), "\"x\"");
    check_text(json_of(f, JSON_GET(notes.data, "$.none", JSON)), NULL);
    assert_int_equal(count_of(f, EQ(JSON_GET(notes.data, "$.n", INTEGER), 5)), 1);
    assert_int_equal(count_of(f, LT(JSON_GET(notes.data, "$.n", REAL), 3)), 1);
    assert_int_equal(count_of(f, EQ(JSON_GET(notes.data, "$.n", TEXT), "5")), 1);
    assert_int_equal(count_of(f, EQ(JSON_GET(notes.data, "$.yes", BOOLEAN), true)), 1);
    assert_int_equal(
        count_of(f, EQ(JSON_GET(notes.data, "$.at", TEXT), "2026-11-21T00:00:00Z")), 1);
    vg_opt_time at = {0};
    check_ok(f->db, vg_get(f->db, &f->arena, &at,
                           SELECT_VALUE(JSON_GET(notes.data, "$.at", TIMESTAMP)),
                           FROM(notes), WHERE(EQ(notes.id, 1))));
    assert_true(at.has && at.v.us == day.us);
}

static void test_json__about_on_sqlite(void **state)
{
    fixture *f = *state;
    check_text(text_of(f, JSON_TYPE(notes.data)), "object");
    check_text(text_of(f, JSON_TYPE(notes.data, "$.tags")), "array");
    assert_int_equal(count_of(f, EQ(JSON_ARRAY_LENGTH(notes.more), 3)), 1);
    assert_int_equal(count_of(f, EQ(JSON_ARRAY_LENGTH(notes.data, "$.tags"), 0)), 1);
    assert_int_equal(count_of(f, JSON_VALID(notes.name)), 0);
    assert_int_equal(count_of(f, JSON_VALID(notes.data)), 2);
}

/* Proves: Q089. */
static void test_json__change_on_sqlite(void **state)
{
    fixture *f = *state;
    check_sql(
        "update \"notes\" set \"more\" = json_set(\"notes\".\"data\", ?, ?, ?, "
        "json(\"notes\".\"more\")) where \"notes\".\"id\" = ?",
        "[\"$.n\",6,\"$.m\",2]",
        UPDATE(notes, SET(more, JSON_SET(notes.data, "$.n", 6, "$.m", notes.more))),
        WHERE(EQ(notes.id, 2)));
    check_ok(f->db, vg_exec(f->db,
                            UPDATE(notes, SET(more, JSON_SET(notes.data, "$.n", 6,
                                                             "$.m", notes.more))),
                            WHERE(EQ(notes.id, 2))));
    check_rows(f->db, "select more from notes where id = 2",
               "{\"n\":6,\"tags\":[],\"m\":[1,2,3]}");
    vg_json five = JSON_OBJECT("n", 5);
    check_text(json_of(f, NULLABLE(JSON_INSERT(five, "$.n", 6, "$.m", "t"))),
               "{\"n\":5,\"m\":\"t\"}");
    check_text(json_of(f, NULLABLE(JSON_REPLACE(five, "$.n", NULL, "$.m", 7))),
               "{\"n\":null}");
    check_text(json_of(f, NULLABLE(JSON_REMOVE(five, "$.n"))), "{}");
    check_text(json_of(f, NULLABLE(JSON_PATCH(five, "{\"n\":null,\"o\":1}"))),
               "{\"o\":1}");
}

static void test_json__make_on_sqlite(void **state)
{
    fixture *f = *state;
    check_sql("select json_object(?, \"id\", ?, json(\"data\")) from \"notes\"",
              "[\"id\",\"data\"]",
              SELECT_VALUE(JSON_OBJECT("id", notes.id, "data", notes.data)),
              FROM(notes));
    check_text(json_of(f, NULLABLE(JSON_ARRAY(notes.id, notes.name, NULL, 1.5,
                                              JSON_GET(notes.data, "$.tags", JSON)))),
               "[1,\"a\",null,1.5,[\"c\",\"sql\"]]");
    check_text(json_of(f, NULLABLE(JSON_GROUP_ARRAY(notes.name))), "[\"a\",\"b\"]");
    check_text(json_of(f, NULLABLE(JSON_GROUP_OBJECT(notes.name, notes.id))),
               "{\"a\":1,\"b\":2}");
    check_text(json_of(f, NULLABLE(FILTER(JSON_GROUP_ARRAY(JSON_ARRAY(notes.id)),
                                          GT(notes.id, 1)))),
               "[[2]]");
}

static void test_json__rows(void **state)
{
    fixture *f = *state;
    tagged_list list;
    check_sql("select \"notes\".\"id\", \"tag\".\"key\", \"tag\".\"value\", "
              "\"tag\".\"type\", "
              "\"tag\".\"fullkey\" from \"notes\" cross join "
              "json_each(json_extract(\"notes\".\"data\", ?)) \"tag\" order by "
              "\"tag\".\"id\"",
              "[\"$.tags\"]", SELECT(tagged), FROM(notes),
              CROSS_JOIN(JSON_EACH(
                  tag, SQL(JSON, "json_extract(?, ?)", notes.data, "$.tags"))),
              ORDER_BY(tag.id));
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(tagged), FROM(notes),
                    CROSS_JOIN(JSON_EACH(tag, JSON_GET(notes.data, "$.tags", JSON))),
                    ORDER_BY(tag.id)));
    assert_int_equal(list.len, 2);
    check_text(list.data[1].key, "1");
    check_text(list.data[1].value, "sql");
    check_text(list.data[1].type, "text");
    check_text(list.data[1].path, "$[1]");
    /* "contains": whether an element is there */
    vg_predicate has =
        EXISTS(SELECT_VALUE(tag.value),
               FROM(JSON_EACH(tag, JSON_GET(notes.data, "$.tags", JSON))),
               WHERE(EQ(tag.value, "c")));
    assert_int_equal(count_of(f, has), 1);
    assert_int_equal(count_of(f, vg_keep(&f->arena, has)), 1);
    int64_t deep = 0;
    check_ok(f->db, vg_get(f->db, &f->arena, &deep, SELECT_VALUE(COUNT()), FROM(notes),
                           CROSS_JOIN(JSON_TREE(tag, notes.data)),
                           WHERE(IS_NOT_NULL(tag.atom))));
    assert_int_equal(deep, 7);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    struct CMUnitTest tests[] = {
        TEST(test_json__get_on_sqlite),
        TEST(test_json__about_on_sqlite),
        TEST(test_json__change_on_sqlite),
        TEST(test_json__make_on_sqlite),
        TEST(test_json__rows),
    };
    return run_portable_tests(tests);
}
