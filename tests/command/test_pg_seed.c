/* virga seed on PostgreSQL. */
#include "command_pg.h"

/* Proves: D001 D002 D007. */
static void test_pg_seed__fills_and_empties(void **state)
{
    (void)state;
    expect_run(0, "virga init --dialect postgresql");
    schema_write("COLUMN(name, TEXT, NOT_NULL, UNIQUE),\n    COLUMN(age, INT)");
    expect_run(1, "virga seed");
    expect_err("relation \"users\" does not exist. Hint: apply the migrations");
    expect_run(0, "virga push");
    expect_run(0, "virga seed --count 30");
    expect_out("users: 30 rows");
    sql("select count(*), count(distinct name), max(id) from users", "30|30|30\n");
    expect_run(2, "virga seed --reset");
    expect_run(0, "virga seed --reset --force --count users=5");
    sql("insert into users (name) values ('x') returning id", "6\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {PG_TEST(test_pg_seed__fills_and_empties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
