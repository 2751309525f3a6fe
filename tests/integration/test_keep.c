/* vg_keep: a copy of an expression of any form says what the expression said, when the
 * block in which that was written is long gone. */
#include "check.h"
#include "rt_bank.h"
#include <stdio.h>

// clang-format off
PROJECTION(owner_labels, FIELD(label, accounts.label))
ALIAS(labels, owner_labels)
ALIAS(item, vg_json_item)

#define FORMS(X)                                                                           \
    X(compare, AND(EQ(owners.name, "Ada"), IS(owners.email, NULL), LIKE(owners.name, "A%"),\
                   NOT_LIKE_ESCAPED(owners.name, "a\\%"), GLOB(owners.name, "A*")))        \
    X(search, OR(CONTAINS(owners.name, "a%"), STARTS_WITH(owners.name, owners.email),      \
                 ENDS_WITH(owners.name, LOWER(owners.email))))                             \
    X(rows, ROW_GT((owners.level, owners.id), (3, ADD(owners.id, 1))))                     \
    X(ranges, AND(BETWEEN(owners.level, NEG(owners.id), 5), NOT(IN(owners.id, 1, 2))))     \
    X(arrays, IN_ARRAY(ADD(owners.id, 1), numbers, 2))                                     \
    X(arith, SHIFT_LEFT(BIT_NOT(BIT_AND(owners.id, 7)), MUL(owners.level, 2)))             \
    X(concat, CONCAT(UPPER(owners.name), "-", CHR(65, 66)))                                \
    X(list, SUBSTR(REPLACE(TRIM(owners.name), "a", owners.name), 1, LENGTH(owners.name)))  \
    X(number, ROUND(ADD(owners.level, 0.5), 1))                                            \
    X(join, COALESCE(NULLIF(owners.email, "x"), LEAST(owners.name, "z"), "none"))          \
    X(choice, CASE(WHEN(GT(owners.level, 1), UPPER(owners.name)),                          \
                   WHEN(IS_NULL(owners.email), "?"), ELSE(LOWER(owners.name))))            \
    X(no_else, CASE(WHEN(EQ(owners.level, ADD(owners.id, 1)), owners.level)))              \
    X(cast, CAST(ADD(owners.level, 1), TEXT))                                              \
    X(cast_time, CAST(ADD_TIME(owners.seen, 1, DAY), DATE))                                \
    X(literal, ADD(owners.level, INLINE(5)))                                               \
    X(collate, EQ(COLLATE(LOWER(owners.name), NOCASE), "ADA"))                             \
    X(filter, FILTER(SUM(ADD(owners.level, 1)), AND(GT(owners.level, 0), LT(owners.id, 9))))\
    X(joined, GROUP_CONCAT(UPPER(owners.name), "; "))                                      \
    X(over, OVER(SUM(MUL(owners.level, 2)), PARTITION_BY(LOWER(owners.name)),              \
                 ORDER_BY(DESC(ADD(owners.id, 1)), owners.level),                          \
                 ROWS_BETWEEN(PRECEDING(2), FOLLOWING(1), EXCLUDE_TIES)))                  \
    X(over_window, OVER_WINDOW(LAG(UPPER(owners.name), 2, "none"), w))                     \
    X(over_filter, OVER(FILTER(COUNT(), EQ(owners.level, 1)), ORDER_BY(NEG(owners.id))))   \
    X(nth, OVER(NTH_VALUE(LOWER(owners.name), 2), ORDER_BY(owners.id)))                    \
    X(time, DATE_DIFF(DAY, ADD_TIME(NOW(), MUL(owners.level, -7), DAY),                    \
                      DATE_TRUNC(WEEK, owners.seen)))                                      \
    X(time_text, FORMAT_TIME(ADD_TIME(owners.seen, 1, MONTH), "%Y"))                       \
    X(time_part, DATE_PART(WEEKDAY, ADD_TIME(owners.seen, 1, DAY)))                        \
    X(json, JSON_OBJECT("name", UPPER(owners.name),                                        \
                        "more", JSON_ARRAY(owners.id, ADD(owners.level, 1), NULL)))        \
    X(json_get, JSON_GET(JSON_SET(LOWER(owners.email), "$.a", owners.level), "$.a", INTEGER))\
    X(json_group, JSON_GROUP_ARRAY(UPPER(owners.name)))                                    \
    X(json_rows, SCALAR(item.value, FROM(JSON_EACH(item, LOWER(owners.email))),            \
                        WHERE(EQ(item.key, "k"))))                                         \
    X(fragment, SQL(TEXT, "(?) || ? || ?", UPPER(owners.name), "x", IDENT("name")))        \
    X(nullable, NULLABLE(ADD(owners.level, 1)))                                            \
    X(named, AS(UPPER(owners.name), shout))                                                \
    X(rowid, ADD(ROWID(owners), 1))                                                        \
    X(scalar, SCALAR(UPPER(accounts.label), FROM(accounts),                                \
                     WHERE(EQ(accounts.owner_id, owners.id)), GROUP_BY(LOWER(accounts.label)),\
                     HAVING(GT(COUNT(), 1)), ORDER_BY(DESC(LENGTH(accounts.label))),       \
                     LIMIT(1), OFFSET(2)))                                                 \
    X(windows, SCALAR(OVER_WINDOW(SUM(accounts.balance), w), FROM(accounts),               \
                      WINDOW(w, PARTITION_BY(LOWER(accounts.label)),                       \
                             ORDER_BY(ADD(accounts.id, 1)))))                              \
    X(set, IN(owners.name, SCALAR(accounts.label, FROM(accounts),                          \
                                  UNION(SELECT_VALUE(UPPER(owners.name)),                  \
                                        WHERE(GT(owners.level, 2))),                       \
                                  EXCEPT(SELECT_VALUE(accounts.label), LIMIT(1)))))        \
    X(cte, EXISTS(CTE(labels, SELECT(owner_labels), FROM(accounts),                        \
                      WHERE(EQ(accounts.label, "x"))),                                     \
                  SELECT(labels), WHERE(EQ(labels.label, owners.name))))                   \
    X(first, EXISTS(COMPOUND(SELECT_VALUE(LOWER(accounts.label)), FROM(accounts), LIMIT(1)),\
                    UNION_ALL(SELECT_VALUE(accounts.label),                                \
                              WHERE(EQ(accounts.label, "y")))))                            \
    X(derived, COUNT_OF(FROM(SUBQUERY(labels, SELECT(owner_labels), FROM(accounts),        \
                                      WHERE(GT(accounts.balance, 5)))),                    \
                        WHERE(EQ(labels.label, UPPER(owners.name)))))
// clang-format on

static const int numbers[] = {1, 2};

static void render(vg_arena *arena, vg_rendered *sql, const vg_node *x)
{
    vg_clause q[] = {vg_select_value(NULL, x, VG_K_int | VG_K_EXPR), FROM(owners),
                     WINDOW(w, ORDER_BY(owners.id))};
    int rc = vg_render_sql(arena, &vg_dialect_sqlite, sql, q, 3);
    if (rc != VG_OK)
        print_error("%s\n", sql->error);
    assert_int_equal(rc, VG_OK);
}

#define KEPT(name, ...)                                                  \
    static const vg_node *kept_##name(vg_arena *arena, vg_rendered *sql) \
    {                                                                    \
        const vg_node *x = (__VA_ARGS__).node;                           \
        render(arena, sql, x);                                           \
        return vg_keep_node(arena, x);                                   \
    }
FORMS(KEPT)

/* What the expression's block has left on the stack. */
static void overwrite(void)
{
    volatile unsigned char room[1 << 16];
    for (size_t i = 0; i < sizeof room; i++)
        room[i] = 0xA5;
}

static void test_keep__every_form(void **state)
{
    static const struct {
        const char *name;
        const vg_node *(*kept)(vg_arena *arena, vg_rendered *sql);
    } forms[] = {
#define ROW_OF_FORM(name, ...) {#name, kept_##name},
        FORMS(ROW_OF_FORM)};
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(forms); i++) {
        vg_arena arena = {0};
        vg_rendered before, after;
        char values[2][1024];
        const vg_node *x = forms[i].kept(&arena, &before);
        overwrite();
        render(&arena, &after, x);
        if (strcmp(before.text, after.text) != 0)
            print_error("%s\n", forms[i].name);
        assert_string_equal(after.text, before.text);
        assert_int_equal(after.param_count, before.param_count);
        params_json(before.params, before.param_count, values[0], sizeof values[0]);
        params_json(after.params, after.param_count, values[1], sizeof values[1]);
        assert_string_equal(values[1], values[0]);
        vg_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_keep__every_form)};
    return cmocka_run_group_tests_name("keep", tests, NULL, NULL);
}
