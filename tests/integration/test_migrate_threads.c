/* Threads that migrate at once, each with a connection of its own: all end well, and every
 * migration is applied once. */
#include "check.h"
#include "rt_bank.h"
#include <pthread.h>

static const vg_migration list[] = {
    {.tag = "a", .when = 1, .sql = "create table t (x)", .down = "drop table t"},
    {.tag = "b", .when = 2, .sql = "insert into t values (1)", .down = "delete from t"},
    {.tag = "c",
     .when = 3,
     .sql = "insert into t values (2)",
     .down = "delete from t where x = 2"},
    {.tag = "d",
     .when = 4,
     .sql = "alter table t add y",
     .down = "alter table t drop y"},
};
static const vg_migrations all = {list, 4};

enum { RACERS = 6 };

typedef struct racer {
    const char *path;
    pthread_barrier_t *start;
    vg_migrate_options options;
    vg_journal journal;
    bool rollback;
    size_t count;
    int code;
} racer;

static void *race(void *arg)
{
    racer *r = arg;
    vg_db *db;
    r->options.count = &r->count;
    pthread_barrier_wait(r->start);
    r->code = vg_open(&db, r->path, &(vg_options){.journal = r->journal});
    if (r->code == VG_OK)
        r->code = r->rollback ? vg_rollback_migrations(db, &all, &r->options)
                              : vg_migrate(db, &all, &r->options);
    if (r->code != VG_OK)
        print_error("%s: %s\n", vg_code_name(r->code), vg_errmsg(db));
    vg_close(db);
    return NULL;
}

static void race_all(const char *path, const racer *how)
{
    pthread_t threads[RACERS];
    racer racers[RACERS];
    pthread_barrier_t start;
    size_t sum = 0;
    assert_int_equal(pthread_barrier_init(&start, NULL, RACERS), 0);
    for (int i = 0; i < RACERS; i++) {
        racers[i] = *how;
        racers[i].path = path;
        racers[i].start = &start;
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (int i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(racers[i].code, VG_OK);
        sum += racers[i].count;
    }
    pthread_barrier_destroy(&start);
    assert_int_equal(sum, 4);
}

/* Proves: K039. */
static void test_migrate_threads__at_once(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        char path[64];
        racer how = {.journal = i % 2 ? VG_JOURNAL_DELETE : VG_JOURNAL_WAL};
        how.options = (vg_migrate_options){
            .unit = i / 2 ? VG_MIGRATE_EACH : VG_MIGRATE_ALL, .steps = -1};
        race_all(temp_file(path), &how);
        vg_db *db = rt_open(path, &(vg_options){.journal = how.journal});
        check_rows(db, "select x, y from t", "1|null;2|null");
        check_rows(db, "select created_at from __drizzle_migrations", "1;2;3;4");
        assert_int_equal(vg_close(db), VG_OK);
        how.rollback = true;
        race_all(path, &how);
        temp_file_remove(path);
    }
}

/* Others read and write in the meantime: they wait, and go on. */
static void *work(void *arg)
{
    racer *r = arg;
    vg_db *db = rt_open(r->path, NULL);
    pthread_barrier_wait(r->start);
    for (int i = 0; i < 50 && r->code == VG_OK; i++)
        r->code = vg_script(db, "insert into own values (1)");
    vg_close(db);
    return NULL;
}

static void test_migrate_threads__while_others_write(void **state)
{
    (void)state;
    char path[64];
    pthread_t writer;
    pthread_barrier_t start;
    vg_db *db = rt_open(temp_file(path), NULL);
    check_ok(db, vg_script(db, "create table own (x)"));
    assert_int_equal(pthread_barrier_init(&start, NULL, 2), 0);
    racer r = {.path = path, .start = &start};
    assert_int_equal(pthread_create(&writer, NULL, work, &r), 0);
    pthread_barrier_wait(&start);
    for (int i = 0; i < 10; i++) {
        check_ok(db,
                 vg_migrate(db, &all, &(vg_migrate_options){.unit = VG_MIGRATE_EACH}));
        check_ok(db,
                 vg_rollback_migrations(db, &all, &(vg_migrate_options){.steps = -1}));
    }
    pthread_join(writer, NULL);
    pthread_barrier_destroy(&start);
    assert_int_equal(r.code, VG_OK);
    check_rows(db, "select count(*) from own", "50");
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_migrate_threads__at_once),
        cmocka_unit_test(test_migrate_threads__while_others_write),
    };
    return cmocka_run_group_tests_name("migrate_threads", tests, NULL, NULL);
}
