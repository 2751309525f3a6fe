/* Connecting to PostgreSQL: what the URL may say, and what is said when it does not work.
 * A password is never part of that. */
#include "pg.h"
#include <stdio.h>
#include <stdlib.h>

/* Opening fails with that SQLSTATE, and the message has both texts. */
static void refuses(const char *url, const char *sqlstate, const char *what,
                    const char *hint)
{
    vg_db *db;
    int rc = vg_open(&db, url, NULL);
    if (rc != VG_CONNECT || strcmp(vg_errinfo(db)->sqlstate, sqlstate) != 0 ||
        !strstr(vg_errmsg(db), what) || !strstr(vg_errmsg(db), hint) ||
        strstr(vg_errmsg(db), "sesame"))
        fail_msg("%s: %s, %s: %s", url, vg_code_name(rc), vg_errinfo(db)->sqlstate,
                 vg_errmsg(db));
    vg_close(db);
}

static void test_open__says_what_is_wrong(void **state)
{
    (void)state;
    char url[PG_URL];
    refuses("postgresql://virga:sesame@127.0.0.1:1/virga", "08001",
            "Connection refused", "start the server");
    refuses("postgresql://virga:sesame@nowhere.invalid/virga", "08001",
            "nowhere.invalid", "check the host");
    refuses(pg_url_as(url, pg_server("URL"), "virga:sesame"), "28P01",
            "password authentication failed", "check the user and the password");
    refuses(pg_url_as(url, pg_server("URL"), "nobody:sesame"), "28P01", "\"nobody\"",
            "password");
    snprintf(strrchr(strcpy(url, pg_server("URL")), '/'), 20, "/nothing");
    refuses(url, "3D000", "\"nothing\" does not exist", "create it");
}

static void test_open__of_a_string_that_cannot_be_read(void **state)
{
    (void)state;
    refuses("postgresql://virga:ses%zzsesame@127.0.0.1/virga", "08001",
            "cannot be read", "two digits");
    refuses("postgresql://virga:sesame@127.0.0.1/virga?sslmod=require", "08001",
            "sslmod", "");
    refuses("postgresql://virga:sesame@127.0.0.1/virga?prepared=maybe", "08001",
            "prepared=maybe is none of auto, on and off", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open__says_what_is_wrong),
        cmocka_unit_test(test_open__of_a_string_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
