/* A live PostgreSQL beside a folder of migrations: the baseline of a pull, drift, and
 * migrations tried on a database that is made for it. */
#include "check.h"
#include "kit_folder.h"
#include "pg.h"
#include <virga/kit.h>
#include <virga/migrate.h>

typedef struct drifter {
    char folder[64], out[80];
    char url[PG_URL];
    vg_db *db;
    vg_kit *kit;
    vg_kit_texts drift;
} drifter;

static const char house[] =
    "create schema auth; create type mood as enum ('sad', 'ok');"
    "create table makers (id int generated always as identity primary key, name text "
    "not "
    "null unique, feels mood default 'ok');"
    "create table auth.sessions (maker int references makers, at timestamptz default "
    "now(), "
    "check (at > '2020-01-01'));"
    "create index on auth.sessions (at desc);"
    "create view happy as select name from makers where feels <> 'sad'";

static int setup(void **state)
{
    static const char *const schemas[] = {"public", "auth"};
    static drifter d;
    d = (drifter){.folder = "/tmp/virga-pg-drift-XXXXXX"};
    assert_non_null(mkdtemp(d.folder));
    snprintf(d.out, sizeof d.out, "%s/migrations", d.folder);
    assert_int_equal(
        vg_open(&d.db, pg_database(d.url), &(vg_options){.repeat_limit = -1}), VG_OK);
    assert_int_equal(
        vg_kit_open(&d.kit, &(vg_kit_config){.dialect = "postgresql",
                                             .out = d.out,
                                             .scratch_url = d.url,
                                             .schema_filter = {schemas, 2}}),
        VG_OK);
    *state = &d;
    return 0;
}

static int teardown(void **state)
{
    drifter *d = *state;
    vg_kit_close(d->kit);
    assert_int_equal(vg_close(d->db), VG_OK);
    check_pg(d->url,
             "select count(*) from pg_database where datname like 'virga_scratch_%'",
             "0");
    pg_drop(d->url);
    kf_remove(d->folder);
    return 0;
}

#define check_done(d, call)                                    \
    do {                                                       \
        if ((call) != VG_OK)                                   \
            fail_msg("%s: %s", #call, vg_kit_error((d)->kit)); \
    } while (0)

static void pull(drifter *d)
{
    vg_kit_pulled pulled;
    pg_exec(d->url, house);
    check_done(
        d, vg_kit_pull(d->kit, d->db, &(vg_kit_pull_options){.init = true}, &pulled));
    assert_true(pulled.initialized);
    assert_non_null(pulled.tag);
}

static bool drifts(drifter *d, const char *sentence)
{
    check_done(d, vg_kit_drift(d->kit, d->db, &d->drift));
    for (size_t i = 0; i < d->drift.len; i++)
        if (strcmp(d->drift.data[i], sentence) == 0)
            return true;
    for (size_t i = 0; i < d->drift.len; i++)
        print_error("%s\n", d->drift.data[i]);
    return false;
}

static void test_drift__none_after_a_pull(void **state)
{
    drifter *d = *state;
    pull(d);
    check_done(d, vg_kit_drift(d->kit, d->db, &d->drift));
    for (size_t i = 0; i < d->drift.len; i++)
        print_error("%s\n", d->drift.data[i]);
    assert_int_equal(d->drift.len, 0);
}

static void test_drift__in_sentences(void **state)
{
    drifter *d = *state;
    pull(d);
    pg_exec(d->url,
            "alter table makers drop column feels cascade; alter table auth.sessions "
            "add note text default 'x'; alter table makers alter name type "
            "varchar(30); create table more (a int); drop index "
            "auth.sessions_at_idx");
    assert_true(drifts(d, "table makers: column feels is missing in the database"));
    assert_true(
        drifts(d, "table auth.sessions: column note is in the database, but not in "
                  "the migrations"));
    assert_true(
        drifts(d, "table makers: column name is varchar(30) in the database instead "
                  "of text"));
    assert_true(drifts(d, "table more is in the database, but not in the migrations"));
    assert_true(drifts(d,
                       "table auth.sessions: index sessions_at_idx is missing in the "
                       "database"));
    assert_true(drifts(d, "view happy is missing in the database"));
}

static void test_drift__of_objects(void **state)
{
    drifter *d = *state;
    pull(d);
    pg_exec(d->url,
            "alter type mood add value 'great'; create sequence counter; alter table "
            "makers enable row level security; create policy p on makers using "
            "(true)");
    assert_true(drifts(d, "enum mood is not the same in the database"));
    assert_true(
        drifts(d, "sequence counter is in the database, but not in the migrations"));
    assert_true(drifts(d, "table makers: policy p is in the database, but not in the "
                          "migrations"));
}

/* ---- migrations tried on a database that is made for it ---- */

static void write_file(const drifter *d, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", d->out, name);
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_check__applies_all_migrations(void **state)
{
    drifter *d = *state;
    vg_kit_findings found;
    vg_kit_generated made;
    char name[100];
    pull(d);
    check_done(d, vg_kit_check(d->kit, &found));
    for (size_t i = 0; i < found.len; i++)
        print_error("%s\n", found.data[i].message);
    assert_int_equal(found.errors, 0);
    check_done(
        d, vg_kit_generate(d->kit, NULL,
                           &(vg_kit_generate_options){.name = "more", .custom = true},
                           &made));
    snprintf(name, sizeof name, "%s.sql", made.tag);
    write_file(d, name, "\nalter table makers add nobody_knows int;\n");
    check_done(d, vg_kit_check(d->kit, &found));
    assert_true(found.errors > 0);
}

static void test_check__without_a_server_to_try_on(void **state)
{
    drifter *d = *state;
    vg_kit_findings found;
    const char *text;
    pull(d);
    vg_kit_close(d->kit);
    assert_int_equal(
        vg_kit_open(&d->kit, &(vg_kit_config){.dialect = "postgresql", .out = d->out}),
        VG_OK);
    check_done(d, vg_kit_check(d->kit, &found));
    assert_int_equal(found.errors, 0);
    check_done(d, vg_kit_embed(d->kit, NULL, NULL, &text));
    assert_non_null(strstr(text, "_fingerprint[] = \"\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_drift__none_after_a_pull, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drift__in_sentences, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drift__of_objects, setup, teardown),
        cmocka_unit_test_setup_teardown(test_check__applies_all_migrations, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_check__without_a_server_to_try_on, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
