/* The server that the tests of PostgreSQL run on: what postgres.sh promises of it. */
#include "pg.h"
#include <unistd.h>

static void test_server__is_postgres_12_or_later(void **state)
{
    (void)state;
    check_pg(pg_server("URL"),
             "select current_setting('server_version_num')::int >= 120000,"
             " current_setting('server_encoding')",
             "t|UTF8");
}

static void test_server__gives_each_test_a_database(void **state)
{
    (void)state;
    char one[PG_URL], two[PG_URL];
    pg_database(one);
    pg_database(two);
    pg_exec(one, "create table t (id int); insert into t values (1), (null)");
    check_pg(one, "select id, 'x' from t", "1|x;null|x");
    check_pg(two, "select count(*) from pg_tables where tablename = 't'", "0");
    pg_drop(one);
    pg_drop(two);
}

static void test_server__has_other_roles(void **state)
{
    (void)state;
    static const char *const roles[] = {"guest:guest", "plain:plain", "md5:md5",
                                        "tlsonly:tls"};
    static const char *const names[] = {"guest", "plain", "md5", "tlsonly"};
    char url[PG_URL];
    for (size_t i = 0; i < COUNT_OF_ARRAY(roles); i++)
        check_pg(pg_url_as(url, pg_server("URL"), roles[i]), "select current_user",
                 names[i]);
}

static void test_server__stands_behind_a_pooler(void **state)
{
    (void)state;
    char one[PG_URL], pooled[PG_URL];
    pg_database(one);
    check_pg(pg_url_at(pooled, one, pg_server("POOLER_URL")),
             "select current_database() like 'test%'", "t");
    pg_drop(one);
}

static void test_server__can_be_a_test_s_own(void **state)
{
    (void)state;
    pg_servers own;
    pg_servers_start(&own, "--replica");
    pg_exec(pg_server("URL"), "create table t (id int)");
    check_pg(pg_server("REPLICA_URL"), "select pg_is_in_recovery()", "t");
    pg_servers_do(&own, "down primary");
    pg_servers_do(&own, "promote");
    check_pg(pg_server("REPLICA_URL"), "select pg_is_in_recovery()", "f");
    pg_servers_do(&own, "up primary");
    check_pg(pg_server("URL"), "select 1", "1");
    pg_servers_stop(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_server__is_postgres_12_or_later),
        cmocka_unit_test(test_server__gives_each_test_a_database),
        cmocka_unit_test(test_server__has_other_roles),
        cmocka_unit_test(test_server__stands_behind_a_pooler),
        cmocka_unit_test(
            test_server__can_be_a_test_s_own), /* the last: its env stays */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
