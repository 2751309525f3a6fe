/* Connecting to PostgreSQL: what the URL may say, and what is said when it does not work.
 * A password is never part of that. */
#include "pg.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <virga/virga.h>

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

/* ---- what libpq finds for itself ---- */

/* The port of the suite's server, and a file that is gone after the test. */
static const char *port(void)
{
    const char *at = strrchr(pg_server("URL"), ':');
    static char digits[8];
    snprintf(digits, sizeof digits, "%d", atoi(at + 1));
    return digits;
}

static void write_file(char path[64], const char *text, const char *value)
{
    strcpy(path, "/tmp/virga-open-XXXXXX");
    int fd = mkstemp(path); /* readable by its owner alone, as libpq wants it */
    assert_true(fd >= 0);
    dprintf(fd, text, value);
    close(fd);
}

static void opens(const char *url, const char *name)
{
    vg_db *db;
    vg_arena arena = {0};
    const char *found;
    if (vg_open(&db, url, NULL))
        fail_msg("%s: %s", url, vg_errmsg(db));
    assert_int_equal(
        vg_get(db, &arena, &found,
               SELECT_VALUE(SQL(TEXT, "current_setting('application_name')"))),
        VG_OK);
    assert_string_equal(found, name);
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
}

/* The password comes from a file, the rest from a service or from the URL. */
static void test_open__by_service_and_password_file(void **state)
{
    (void)state;
    char services[64], passwords[64], url[PG_URL];
    write_file(services,
               "[shop]\nhost=127.0.0.1\nuser=virga\ndbname=virga\n"
               "application_name=shop\nport=%s\n",
               port());
    write_file(passwords, "127.0.0.1:%s:*:virga:virga\n", port());
    setenv("PGSERVICEFILE", services, 1);
    setenv("PGPASSFILE", passwords, 1);
    opens("postgresql://?service=shop", "shop");
    opens("service=shop application_name=till", "till");
    snprintf(url, sizeof url,
             "postgresql://virga@127.0.0.1:%s/virga?application_name=x", port());
    opens(url, "x");
    unsetenv("PGPASSFILE");
    snprintf(url, sizeof url, "service=shop passfile=%s", passwords);
    opens(url, "shop");
    refuses("service=none", "08001", "\"none\" not found", "");
    unsetenv("PGSERVICEFILE");
    unlink(services);
    unlink(passwords);
}

/* The first host that answers and is of the wanted kind. */
static void test_open__of_several_hosts(void **state)
{
    (void)state;
    char url[PG_URL];
    const char *where = "postgresql://virga:virga@127.0.0.1:1,127.0.0.1:%s/virga"
                        "?application_name=second&target_session_attrs=%s";
    snprintf(url, sizeof url, where, port(), "read-write");
    opens(url, "second");
    snprintf(url, sizeof url, where, port(), "standby");
    refuses(url, "08001", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open__says_what_is_wrong),
        cmocka_unit_test(test_open__of_a_string_that_cannot_be_read),
        cmocka_unit_test(test_open__by_service_and_password_file),
        cmocka_unit_test(test_open__of_several_hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
