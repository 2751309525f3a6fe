/* Backups before a run, and rehearsals on a copy. */
#include "check.h"
#include "rt_bank.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct rig {
    char path[64], copy[80];
    vg_db *db;
} rig;

static const vg_migration list[] = {
    {.tag = "a",
     .when = 1,
     .sql = "create table t (x not null); insert into t values (1)",
     .down = "drop table t"},
    {.tag = "b",
     .when = 2,
     .sql = "alter table t add y",
     .down = "alter table t drop y"},
    {.tag = "c",
     .when = 3,
     .sql = "update t set y = 2;",
     .down = "update t set y = null"},
    {.tag = "d", .when = 4, .sql = "select 1;\nupdate t set x = null"},
};

static vg_migrations first(size_t count)
{
    return (vg_migrations){list, count};
}

static int open_rig(void **state)
{
    rig *r = calloc(1, sizeof *r);
    r->db = rt_open(temp_file(r->path), NULL);
    snprintf(r->copy, sizeof r->copy, "%s", r->path);
    snprintf(strrchr(r->copy, '/'), 16, "/copy.db");
    *state = r;
    return 0;
}

static int close_rig(void **state)
{
    rig *r = *state;
    int rc = vg_close(r->db);
    unlink(r->copy);
    temp_file_remove(r->path);
    free(r);
    return rc;
}

/* Files in the database's folder that are not its own. */
static int strangers(const rig *r)
{
    char folder[80];
    const char *name = strrchr(r->path, '/') + 1;
    struct dirent *entry;
    int count = 0;
    snprintf(folder, sizeof folder, "%.*s", (int)(name - r->path), r->path);
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        size_t len = strlen(name);
        const char *rest = entry->d_name + len;
        bool own = strncmp(entry->d_name, name, len) == 0 &&
                   (!*rest || strcmp(rest, "-wal") == 0 || strcmp(rest, "-shm") == 0);
        count += entry->d_name[0] != '.' && !own;
    }
    closedir(dir);
    return count;
}

typedef struct told {
    char text[2000];
    const char *stop_at; /* the word that ends it */
} told;

static bool tell(void *ctx, const vg_migrate_event *e)
{
    static const char *const kinds[] = {"statement", "done",  "committed", "backup",
                                        "rehearsal", "check", "warning"};
    told *t = ctx;
    char word[40];
    snprintf(word, sizeof word, "%s%s%s", e->rollback ? "back-" : "",
             e->rehearsal ? "trial-" : "", kinds[e->kind]);
    size_t at = strlen(t->text);
    snprintf(t->text + at, sizeof t->text - at, "%s%s", at ? " " : "", word);
    return !t->stop_at || strcmp(word, t->stop_at) != 0;
}

/* ---- backups ---- */

static void test_backup__before_what_loses(void **state)
{
    rig *r = *state;
    told t = {.stop_at = NULL};
    vg_migrations two = first(2), three = first(3);
    vg_migrate_options how = {
        .backup_path = r->copy, .progress = tell, .progress_ctx = &t};
    check_ok(r->db, vg_migrate(r->db, &two, &how));
    assert_int_equal(strangers(r), 0);
    assert_null(strstr(t.text, "backup"));
    uint64_t before = rt_fingerprint(r->db);
    check_ok(r->db, vg_migrate(r->db, &three, &how));
    assert_non_null(strstr(t.text, "committed backup statement"));
    vg_db *copy = rt_open(r->copy, NULL);
    assert_true(rt_fingerprint(copy) == before);
    assert_int_equal(vg_close(copy), VG_OK);
    unlink(r->copy);
    how.backup_always = true;
    check_ok(r->db, vg_migrate(r->db, &three, &how));
    assert_int_equal(strangers(r), 0); /* nothing to do */
    check_ok(r->db, vg_rollback_migrations(r->db, &three, &how));
    assert_int_equal(access(r->copy, F_OK), 0);
    assert_non_null(strstr(t.text, "back-backup back-statement"));
}

static void test_backup__that_fails_stops_it(void **state)
{
    rig *r = *state;
    vg_migrations two = first(2);
    vg_migrate_options how = {.backup_path = "/nowhere/copy.db", .backup_always = true};
    check_fails(r->db, vg_migrate(r->db, &two, &how), VG_CONNECT,
                "backup to /nowhere/copy.db: unable to open database file; nothing was "
                "changed, 2 are still to be applied");
    check_rows(r->db, "select count(*) from sqlite_schema", "0");
    told t = {.stop_at = "backup"};
    how = (vg_migrate_options){.backup_path = r->copy,
                               .backup_always = true,
                               .progress = tell,
                               .progress_ctx = &t};
    check_fails(
        r->db, vg_migrate(r->db, &two, &how), VG_INTERRUPTED,
        "the progress function said stop; nothing was changed, 2 are still to be "
        "applied");
    assert_int_equal(strangers(r), 0);
}

/* ---- rehearsals ---- */

static void test_rehearsal__goes_well(void **state)
{
    rig *r = *state;
    told t = {.stop_at = NULL};
    vg_migrations two = first(2), three = first(3);
    vg_migrate_options how = {.rehearse = true, .progress = tell, .progress_ctx = &t};
    check_ok(r->db, vg_migrate(r->db, &two, &how));
    check_text(t.text,
               "rehearsal trial-statement trial-statement trial-done trial-statement "
               "trial-done trial-check trial-committed statement statement done "
               "statement done check committed");
    check_ok(r->db, vg_migrate(r->db, &three, &how));
    check_rows(r->db, "select * from t", "1|2");
    t.text[0] = 0;
    check_ok(r->db, vg_rollback_migrations(r->db, &three, &how));
    check_text(
        t.text,
        "back-rehearsal back-trial-statement back-trial-done back-trial-check "
        "back-trial-committed back-statement back-done back-check back-committed");
    assert_int_equal(strangers(r), 0);
}

static void test_rehearsal__goes_badly(void **state)
{
    rig *r = *state;
    told t = {.stop_at = NULL};
    vg_migrations two = first(2), four = first(4);
    vg_migrate_options how = {.rehearse = true, .progress = tell, .progress_ctx = &t};
    check_ok(r->db, vg_migrate(r->db, &two, NULL));
    uint64_t before = rt_fingerprint(r->db);
    check_fails(
        r->db, vg_migrate(r->db, &four, &how), VG_NOT_NULL,
        "rehearsal on a copy: d.sql:2: NOT NULL constraint failed: t.x; the database "
        "is as it was");
    check_text(vg_errinfo(r->db)->table, "t");
    assert_null(strstr(t.text, " statement"));
    assert_true(rt_fingerprint(r->db) == before);
    assert_int_equal(strangers(r), 0);
    t = (told){.stop_at = "trial-done"};
    check_fails(
        r->db, vg_migrate(r->db, &four, &how), VG_INTERRUPTED,
        "rehearsal on a copy: the progress function said stop; the database is as it "
        "was");
    assert_int_equal(strangers(r), 0);
}

static void test_rehearsal__elsewhere(void **state)
{
    rig *r = *state;
    vg_migrations two = first(2);
    vg_migrate_options how = {.rehearse = true, .rehearse_path = r->copy};
    check_ok(r->db, vg_migrate(r->db, &two, &how));
    assert_int_equal(strangers(r), 0);
    vg_migrations three = first(3);
    char message[200];
    /* neither the database itself, nor anything else that is there, is written over */
    const char *const taken[] = {r->path, r->copy};
    fclose(fopen(r->copy, "w"));
    for (size_t i = 0; i < COUNT_OF_ARRAY(taken); i++) {
        how.rehearse_path = taken[i];
        snprintf(message, sizeof message,
                 "vg_migrate: there is a file %s already: a rehearsal would delete it",
                 taken[i]);
        check_fails(r->db, vg_migrate(r->db, &three, &how), VG_INVALID, message);
        assert_int_equal(access(taken[i], F_OK), 0);
    }
    unlink(r->copy);
    assert_int_equal(access(r->path, F_OK), 0);
}

static void test_rehearsal__of_a_database_in_memory(void **state)
{
    rig *r = *state;
    char folder[80];
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(r->path, '/') - r->path),
             r->path);
    assert_int_equal(setenv("TMPDIR", folder, 1), 0);
    vg_db *db = rt_open(":memory:", NULL);
    vg_migrations three = first(3), four = first(4);
    vg_migrate_options how = {.rehearse = true};
    check_ok(db, vg_migrate(db, &three, &how));
    check_rows(db, "select * from t", "1|2");
    assert_int_equal(vg_migrate(db, &four, &how), VG_NOT_NULL);
    assert_int_equal(strangers(r), 0);
    assert_int_equal(setenv("TMPDIR", "/nowhere", 1), 0);
    check_fails(db, vg_migrate(db, &four, &how), VG_IO,
                "vg_migrate: no folder can be made for a rehearsal in /nowhere");
    unsetenv("TMPDIR");
    assert_int_equal(vg_close(db), VG_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_rig, close_rig)
    const struct CMUnitTest tests[] = {
        TEST(test_backup__before_what_loses),
        TEST(test_backup__that_fails_stops_it),
        TEST(test_rehearsal__goes_well),
        TEST(test_rehearsal__goes_badly),
        TEST(test_rehearsal__elsewhere),
        TEST(test_rehearsal__of_a_database_in_memory),
    };
    return cmocka_run_group_tests_name("migrate_rehearsal", tests, NULL, NULL);
}
