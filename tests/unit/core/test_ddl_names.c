/* Names that would stand twice in a database are refused before any of the schema is made. */
#include "check.h"
#include "core/ddl.h"

// clang-format off
TABLE(pens, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(ink, TEXT, UNIQUE), INDEX(by_ink, ink))
TABLE(cups, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(ink, TEXT), INDEX(By_Ink, ink))
TABLE(bags, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(ink, TEXT, UNIQUE("pens_ink_unique")))
TABLE(hats, COLUMN(id, INTEGER, PRIMARY_KEY), UNIQUE(bags, id))
TABLE(toys, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, UNIQUE), INDEX(TOYS_A_unique, a))
TABLE(own,  COLUMN(id, INTEGER, PRIMARY_KEY), INDEX(OWN, id))
TABLE(less, NAME("PENS"), COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(twin, COLUMN(id, INTEGER), COLUMN(b, INTEGER, NAME("ID")))
TABLE(there, IN_DATABASE("other"), COLUMN(id, INTEGER, PRIMARY_KEY), INDEX(by_ink, id))
TABLE(again, IN_DATABASE("other"), COLUMN(id, INTEGER, PRIMARY_KEY), INDEX(by_ink, id))
VIEW_SQL(named, "select 1 as id", COLUMN(id, INTEGER))
TABLE(seen, COLUMN(id, INTEGER, PRIMARY_KEY), INDEX(named, id))

SCHEMA(s_indexes, pens, cups)
SCHEMA(s_unique, bags, pens)
SCHEMA(s_table, hats, bags)
SCHEMA(s_one, toys)
SCHEMA(s_own, own)
SCHEMA(s_case, pens, less)
SCHEMA(s_column, twin)
SCHEMA(s_here, pens, there)
SCHEMA(s_there, there, pens, again)
SCHEMA(s_view, seen, named)
// clang-format on

static const struct {
    const vg_schema *schema;
    const char *problem; /* NULL: none */
} schemas[] = {
    {&s_indexes, "table cups: its index \"By_Ink\" has the name of an index of table "
                 "pens; give it another one"},
    {&s_unique, "table pens: its index \"pens_ink_unique\" has the name of an index of "
                "table bags; give it another one"},
    {&s_table,
     "table hats: its index \"bags\" has the name of a table or view; give it "
     "another one"},
    {&s_one, "table toys: two indexes are named \"TOYS_A_unique\""},
    {&s_own, "table own: its index \"OWN\" has the name of a table or view; give it "
             "another one"},
    {&s_case, "SCHEMA(s_case): two tables are named \"PENS\""},
    {&s_column, "table twin: two columns are named \"ID\""},
    {&s_here, NULL},
    {&s_there, "table again: its index \"by_ink\" has the name of an index of table "
               "there; give it another one"},
    {&s_view,
     "table seen: its index \"named\" has the name of a table or view; give it "
     "another one"},
};

/* Proves: K081. */
static void test_ddl_names__stand_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(schemas); i++)
        check_schema_problem(schemas[i].schema, schemas[i].problem);
}

/* PostgreSQL has them in quotes: there the case of a letter tells two names apart. */
static void test_ddl_names__whose_case_counts(void **state)
{
    char message[300] = "";
    (void)state;
    assert_false(vg__schema_problem(&s_case, &vg_dialect_postgres, message, 300));
    assert_false(vg__schema_problem(&s_column, &vg_dialect_postgres, message, 300));
    assert_false(vg__schema_problem(&s_indexes, &vg_dialect_postgres, message, 300));
    assert_true(vg__schema_problem(&s_unique, &vg_dialect_postgres, message, 300));
    check_text(message, schemas[1].problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ddl_names__stand_once),
        cmocka_unit_test(test_ddl_names__whose_case_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
