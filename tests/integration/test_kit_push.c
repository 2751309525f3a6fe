/* Push: a schema into a live database, what it would lose, and that it is all or nothing. */
#include "check.h"
#include "kit_folder.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <virga/kit.h>
#include <virga/migrate.h>

// clang-format off
ENUM(shade, VALUE(SHADE_DARK, "dark"), VALUE(SHADE_LIGHT, "it's light"))

TABLE(makers,
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT,    NOT_NULL, UNIQUE))

/* Every type, mode and default. */
TABLE(things,
    COLUMN(id,        INTEGER,   PRIMARY_KEY),
    COLUMN(i,         INTEGER,   DEFAULT(-42)),
    COLUMN(i_sql,     INTEGER,   DEFAULT_SQL("1 + 2")),
    COLUMN(big,       INTEGER,   DEFAULT(9223372036854775807)),
    COLUMN(r,         REAL,      DEFAULT(1.5)),
    COLUMN(r_whole,   REAL,      DEFAULT(2.0)),
    COLUMN(r_small,   REAL,      DEFAULT(1e-9)),
    COLUMN(t,         TEXT,      DEFAULT("it's")),
    COLUMN(t_empty,   TEXT,      NOT_NULL, DEFAULT("")),
    COLUMN(t_len,     TEXT(255), DEFAULT("x")),
    COLUMN(t_sql,     TEXT,      DEFAULT_SQL("CURRENT_TIMESTAMP")),
    COLUMN(t_call,    TEXT,      DEFAULT_SQL("lower('A' || 'b')")),
    COLUMN(n,         NUMERIC,   DEFAULT("0.10")),
    COLUMN(n_exact,   NUMERIC(10, 2), DEFAULT("12.00")),
    COLUMN(b,         BOOLEAN,   DEFAULT(true)),
    COLUMN(b_no,      BOOLEAN,   NOT_NULL, DEFAULT(0)),
    COLUMN(bytes,     BLOB,      DEFAULT("ab")),
    COLUMN(j,         JSON,      DEFAULT("{\"a\": 1}")),
    COLUMN(j_blob,    JSON,      MODE(BLOB), DEFAULT("[]")),
    COLUMN(u,         UUID,      DEFAULT("11111111-2222-3333-4444-555555555555")),
    COLUMN(u_bytes,   UUID,      MODE(BINARY), DEFAULT("11111111-2222-3333-4444-555555555555")),
    COLUMN(at,        TIMESTAMP, DEFAULT_NOW),
    COLUMN(at_s,      TIMESTAMP, MODE(SECONDS), DEFAULT_NOW),
    COLUMN(at_ms,     TIMESTAMP, MODE(MILLISECONDS), DEFAULT_NOW),
    COLUMN(at_iso,    TIMESTAMP, MODE(ISO_TEXT), DEFAULT_NOW),
    COLUMN(at_fixed,  TIMESTAMP, DEFAULT("2026-01-01T00:00:00Z")),
    COLUMN(day,       DATE,      DEFAULT_NOW),
    COLUMN(day_s,     DATE,      MODE(SECONDS), DEFAULT_NOW),
    COLUMN(day_fixed, DATE,      DEFAULT("2026-01-01")),
    COLUMN(e,         ENUM_TEXT(shade), DEFAULT(SHADE_LIGHT), CHECKED),
    COLUMN(e_number,  ENUM_INTEGER(shade), DEFAULT(SHADE_LIGHT), CHECKED),
    COLUMN(g,         INTEGER,   GENERATED(STORED, "i * 2")),
    COLUMN(g_virtual, TEXT,      GENERATED(VIRTUAL, "t || 'x'")),
    COLUMN(maker_id,  INTEGER,   REFERENCES(makers, id, ON_DELETE(CASCADE), ON_UPDATE(SET_NULL))),
    UNIQUE(things_t_i, t, i),
    INDEX(things_r, r),
    INDEX_WHERE(things_some, "i > 3 AND t is not null", i),
    UNIQUE_INDEX_ON(things_odd, ON_DESC(r), ON_SQL("lower(t)"), ON_ASC(i), ON_WHERE("r > 0")),
    CHECK(things_sane, "\"things\".\"i\" > -100 and r <> 7"))

TABLE(places,
    STRICT, WITHOUT_ROWID, NAME("all places"),
    COLUMN(x,    INTEGER, NOT_NULL, NAME("x \"pos\"")),
    COLUMN(y,    INTEGER),
    COLUMN(what, TEXT,    DEFAULT("`")),
    PRIMARY_KEY(x, y),
    FOREIGN_KEY(COLUMNS(x, y), REFERENCES(places, x, y), ON_DELETE(RESTRICT)))

FTS_TABLE(things_fts, FTS_COLUMN(t), FTS_COLUMN(t_len, UNINDEXED), CONTENT(things, id), SYNC,
    TOKENIZE("porter"))

VIEW_SQL(busy, "select name, count(*) as n from makers group by name",
    COLUMN(name, TEXT, NOT_NULL), COLUMN(n, INTEGER, NOT_NULL))

TRIGGER(makers_log, AFTER, UPDATE_OF(name), makers, "delete from things where t = old.name")
TRIGGER_WHEN(makers_gone, BEFORE, DELETE, makers, "old.id > 3",
    "delete from things where i = old.id; update things set i = 1")

SCHEMA(everything, makers, things, places, things_fts, busy, makers_log, makers_gone)
// clang-format on

typedef struct pusher {
    fixture f;
    vg_kit *kit;
    vg_kit_push plan;
} pusher;

static int setup(void **state)
{
    static pusher p;
    p = (pusher){0};
    assert_int_equal(vg_open(&p.f.db, ":memory:", &(vg_options){.repeat_limit = -1}),
                     VG_OK);
    assert_int_equal(vg_kit_open(&p.kit, NULL), VG_OK);
    *state = &p;
    return 0;
}

static int teardown(void **state)
{
    pusher *p = *state;
    vg_kit_close(p->kit);
    assert_int_equal(vg_close(p->f.db), VG_OK);
    vg_arena_free(&p->f.arena);
    return 0;
}

#define check_pushed(p, call)                                  \
    do {                                                       \
        if ((call) != VG_OK)                                   \
            fail_msg("%s: %s", #call, vg_kit_error((p)->kit)); \
    } while (0)

static void plan(pusher *p, const vg_schema *schema)
{
    check_pushed(p, vg_kit_push_plan(p->kit, p->f.db, schema, NULL, &p->plan));
}

static void push(pusher *p, const vg_schema *schema)
{
    plan(p, schema);
    assert_int_equal(p->plan.questions.len, 0);
    check_pushed(p, vg_kit_push_apply(p->kit, p->f.db, &p->plan));
}

static void check_nothing_left(pusher *p, const vg_schema *schema)
{
    plan(p, schema);
    for (size_t i = 0; i < p->plan.statements.len; i++)
        print_error("%s\n", p->plan.statements.data[i].sql);
    assert_false(p->plan.changed);
}

/* Proves: K008 K083. */
static void test_push__a_second_push_is_empty(void **state)
{
    pusher *p = *state;
    push(p, &everything);
    assert_true(p->plan.changed);
    check_nothing_left(p, &everything);
}

/* What vg_create made is what push would make. */
/* Proves: K083. */
static void test_push__after_create_is_empty(void **state)
{
    pusher *p = *state;
    check_ok(p->f.db, vg_create(p->f.db, &everything));
    check_nothing_left(p, &everything);
}

/* The same by migrations: then push, generate and drift find nothing. */
static void test_push__after_migrate_is_empty(void **state)
{
    pusher *p = *state;
    void *folder = NULL;
    vg_kit_generated made;
    vg_migrations all;
    vg_kit_texts drift;
    assert_int_equal(kf_setup(&folder), 0);
    kit_folder *f = folder;
    kf_generate(f, &everything, "all");
    check_kit(f, vg_kit_load(f->kit, &all));
    check_ok(p->f.db, vg_migrate(p->f.db, &all, NULL));
    check_kit(f, vg_kit_generate(f->kit, &everything, NULL, &made));
    if (made.changed)
        fail_msg("%s", made.sql ? made.sql : "questions");
    check_kit(f, vg_kit_drift(f->kit, p->f.db, &drift));
    for (size_t i = 0; i < drift.len; i++)
        print_error("%s\n", drift.data[i]);
    assert_int_equal(drift.len, 0);
    check_nothing_left(p, &everything);
    assert_int_equal(kf_teardown(&folder), 0);
}

/* ---- what is lost ---- */

// clang-format off
TABLE(pets,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL))
TABLE(visits,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(pet_id, INTEGER, REFERENCES(pets, id, ON_DELETE(CASCADE))))
SCHEMA(clinic, pets, visits)

/* The same with other pets. */
TABLE(pets_checked, NAME("pets"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    CHECK(pets_named, "name <> ''"))
TABLE(visits_of_checked, NAME("visits"),
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(pet_id, INTEGER, REFERENCES(pets_checked, id, ON_DELETE(CASCADE))))
SCHEMA(clinic_checked, pets_checked, visits_of_checked)

TABLE(pets_short, NAME("pets"),
    COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(clinic_short, pets_short)

TABLE(pets_typed, NAME("pets"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, INTEGER, NOT_NULL))
TABLE(visits_of_typed, NAME("visits"),
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(pet_id, INTEGER, REFERENCES(pets_typed, id, ON_DELETE(CASCADE))))
SCHEMA(clinic_typed, pets_typed, visits_of_typed)

TABLE(pets_more, NAME("pets"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    COLUMN(age,  INTEGER, NOT_NULL))
SCHEMA(clinic_more, pets_more)

TABLE(pets_counted, NAME("pets"),
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT,    NOT_NULL))
SCHEMA(clinic_counted, pets_counted)

TABLE(pets_counted_short, NAME("pets"),
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT))
SCHEMA(clinic_counted_short, pets_counted_short)

TABLE(pets_renamed, NAME("pets"),
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL))
SCHEMA(clinic_renamed, pets_renamed)
// clang-format on

static const char clinic_rows[] =
    "insert into pets values (1, 'Rex'), (2, 'Tom'), (3, '7');"
    "insert into visits values (1, 1), (2, 1), (3, 3);";

static void check_loss(const pusher *p, size_t i, const char *text, int64_t rows)
{
    assert_true(p->plan.losses.len > i);
    check_text(p->plan.losses.data[i].text, text);
    assert_int_equal(p->plan.losses.data[i].rows, rows);
}

static void make_clinic(pusher *p)
{
    push(p, &clinic);
    check_ok(p->f.db, vg_script(p->f.db, clinic_rows));
}

/* Proves: K076. */
static void test_push__tells_what_is_dropped(void **state)
{
    pusher *p = *state;
    make_clinic(p);
    plan(p, &clinic_short);
    assert_int_equal(p->plan.losses.len, 2);
    check_loss(p, 0, "table visits and its 3 rows are dropped", 3);
    check_loss(p, 1, "column pets.name and its 3 values are dropped", 3);
    check_rows(p->f.db, "select count(*) from visits", "3");
    check_pushed(p, vg_kit_push_apply(p->kit, p->f.db, &p->plan));
    check_rows(p->f.db, "select * from pets", "1;2;3");
    check_nothing_left(p, &clinic_short);
}

/* A table without rows, a column without values are no loss. */
/* Proves: K076. */
static void test_push__nothing_to_lose(void **state)
{
    pusher *p = *state;
    push(p, &clinic);
    plan(p, &clinic_short);
    assert_true(p->plan.changed);
    assert_int_equal(p->plan.losses.len, 0);
}

static void test_push__tells_of_another_type(void **state)
{
    pusher *p = *state;
    make_clinic(p);
    plan(p, &clinic_typed);
    assert_int_equal(p->plan.losses.len, 1);
    check_loss(p, 0,
               "column pets.name changes from text to integer and its 3 values are "
               "converted",
               3);
    check_pushed(p, vg_kit_push_apply(p->kit, p->f.db, &p->plan));
    check_rows(p->f.db, "select name, typeof(name) from pets where id = 3",
               "7|integer");
    check_rows(p->f.db, "select count(*) from visits", "3");
}

/* Proves: K077. */
static void test_push__not_null_without_default(void **state)
{
    pusher *p = *state;
    make_clinic(p);
    check_ok(p->f.db, vg_script(p->f.db, "drop table visits"));
    plan(p, &clinic_more);
    assert_int_equal(p->plan.losses.len, 1);
    check_loss(
        p, 0,
        "all 3 rows of table pets are deleted: the new column age is NOT NULL and "
        "has no default",
        3);
    check_pushed(p, vg_kit_push_apply(p->kit, p->f.db, &p->plan));
    check_rows(p->f.db, "select count(*) from pets", "0");
    check_nothing_left(p, &clinic_more);
}

/* A table that is made anew keeps its rows and those that refer to it. */
/* Proves: K046. */
static void test_push__recreates_without_loss(void **state)
{
    pusher *p = *state;
    make_clinic(p);
    push(p, &clinic_checked);
    assert_int_equal(p->plan.losses.len, 0);
    check_rows(p->f.db, "select count(*) from visits where pet_id is not null", "3");
    check_rows(p->f.db, "pragma foreign_keys", "1");
    check_nothing_left(p, &clinic_checked);
}

/* Keys of rows that are gone are not given again. */
static void test_push__keys_are_never_given_twice(void **state)
{
    pusher *p = *state;
    push(p, &clinic_counted);
    check_ok(p->f.db,
             vg_script(p->f.db, "insert into pets values (1, 'Rex'), (9, 'Tom');"
                                "delete from pets where id = 9"));
    push(p, &clinic_counted_short);
    check_ok(p->f.db, vg_script(p->f.db, "insert into pets (name) values ('Kit')"));
    check_rows(p->f.db, "select id from pets", "1;10");
    check_nothing_left(p, &clinic_counted_short);
}

static void test_push__asks_about_renames(void **state)
{
    pusher *p = *state;
    make_clinic(p);
    check_ok(p->f.db, vg_script(p->f.db, "drop table visits"));
    plan(p, &clinic_renamed);
    assert_true(p->plan.changed);
    assert_int_equal(p->plan.questions.len, 1);
    check_text(p->plan.questions.data[0].name, "title");
    assert_int_equal(vg_kit_push_apply(p->kit, p->f.db, &p->plan), VG_INVALID);
    const vg_kit_decision renamed = {VG_KIT_COLUMN, "pets", "name", "title"};
    check_pushed(p, vg_kit_push_plan(p->kit, p->f.db, &clinic_renamed,
                                     &(vg_kit_decisions){&renamed, 1}, &p->plan));
    assert_int_equal(p->plan.losses.len, 0);
    check_pushed(p, vg_kit_push_apply(p->kit, p->f.db, &p->plan));
    check_rows(p->f.db, "select title from pets", "Rex;Tom;7");
    check_nothing_left(p, &clinic_renamed);
}

/* What no schema brings back is a loss, too. */
static void test_push__tells_what_else_is_lost(void **state)
{
    pusher *p = *state;
    check_ok(
        p->f.db,
        vg_script(p->f.db,
                  "create table pets (id integer primary key, name text not null "
                  "on conflict ignore);"
                  "create table visits (id integer primary key, pet_id integer "
                  "references pets(id) on delete cascade);"
                  "create trigger by_hand after insert on pets begin select 1; end;"
                  "create trigger __virga_own after insert on pets begin select 1; "
                  "end;"
                  "create trigger gone after insert on visits begin select 1; end;"
                  "create view v as select 1 as one;"
                  "create trigger w instead of insert on v begin select 1; end"));
    plan(p, &clinic_checked);
    assert_int_equal(p->plan.losses.len, 4);
    check_loss(p, 0, "trigger by_hand of pets is dropped: the schema has none", 0);
    check_loss(p, 1, "trigger gone of visits is dropped: the schema has none", 0);
    check_loss(p, 2,
               "table pets is made anew without ON CONFLICT ignore of column name", 0);
    check_loss(p, 3, "table pets is made anew without trigger __virga_own", 0);
    plan(p, &clinic);
    assert_int_equal(p->plan.losses.len, 2);
}

// clang-format off
FTS_TABLE(letters, FTS_COLUMN(body))
FTS_TABLE(letters_stemmed, NAME("letters"), FTS_COLUMN(body), TOKENIZE("porter"))
FTS_TABLE(pets_fts, FTS_COLUMN(name), CONTENT(pets, id), SYNC)
SCHEMA(mail, pets, letters, pets_fts)
SCHEMA(mail_stemmed, pets, letters_stemmed)
SCHEMA(no_mail, pets)
// clang-format on

static void test_push__counts_rows_of_virtual_tables(void **state)
{
    pusher *p = *state;
    push(p, &mail);
    check_ok(p->f.db, vg_script(p->f.db, "insert into pets values (1, 'Rex')"));
    plan(p, &no_mail);
    assert_int_equal(p->plan.losses.len, 0);
    check_ok(p->f.db, vg_script(p->f.db, "insert into letters values ('Dear Sir')"));
    assert_int_equal(vg_kit_push_apply(p->kit, p->f.db, &p->plan), VG_BUSY);
    plan(p, &no_mail);
    assert_int_equal(p->plan.losses.len, 1);
    check_loss(p, 0, "virtual table letters and its 1 row are dropped", 1);
    plan(p, &mail_stemmed);
    assert_int_equal(p->plan.losses.len, 1);
    check_loss(p, 0, "virtual table letters is made anew and its 1 row is dropped", 1);
}

/* ---- what is left alone ---- */

/* Proves: K027 K055 K084. */
static void test_push__leaves_internal_tables_alone(void **state)
{
    pusher *p = *state;
    make_clinic(p);
    check_ok(
        p->f.db,
        vg_script(p->f.db,
                  "create table __drizzle_migrations (id integer primary key);"
                  "create table my_migrations (id integer primary key);"
                  "create table _cf_KV (x); create table _litestream_seq (x);"
                  "create table libsql_wasm_func_table (x); analyze;"
                  "create table secret_1 (x); create table wide_1 (x);"
                  "create trigger on_secret after insert on secret_1 begin select 1; "
                  "end; create virtual table boxes using rtree(id, a, b);"));
    vg_kit_close(p->kit);
    const char *filter[] = {"!secret*", "!wide_?"};
    assert_int_equal(
        vg_kit_open(&p->kit, &(vg_kit_config){.table = "my_migrations",
                                              .tables_filter = {filter, 2}}),
        VG_OK);
    check_nothing_left(p, &clinic);
    assert_int_equal(p->plan.notes.len, 1);
    check_text(p->plan.notes.data[0],
               "virtual table boxes is none that a schema can say and left alone");
}

/* What the filter takes away is not there for either side. */
/* Proves: K027. */
static void test_push__filters_the_schema_too(void **state)
{
    pusher *p = *state;
    const char *filter[] = {"pets"};
    check_ok(p->f.db, vg_script(p->f.db, "create table visits (mine)"));
    vg_kit_close(p->kit);
    assert_int_equal(
        vg_kit_open(&p->kit, &(vg_kit_config){.tables_filter = {filter, 1}}), VG_OK);
    push(p, &clinic);
    check_rows(p->f.db, "select name from pragma_table_info('visits')", "mine");
    check_nothing_left(p, &clinic);
}

/* A schema that was written before Virga. */
/* Proves: K083. */
static void test_push__another_spelling_is_the_same(void **state)
{
    pusher *p = *state;
    check_ok(
        p->f.db,
        vg_script(p->f.db,
                  "CREATE TABLE pets(\"id\" INTEGER PRIMARY KEY, [name] Text not null,"
                  "constraint pets_named CHECK (`name`  != /* no */ ''));"
                  "CREATE TABLE IF NOT EXISTS visits (id integer not null primary key,"
                  "pet_id integer references Pets on delete cascade)"));
    check_nothing_left(p, &clinic_checked);
}

/* ---- all or nothing ---- */

static void test_push__fails_as_a_whole(void **state)
{
    pusher *p = *state;
    make_clinic(p);
    check_ok(p->f.db, vg_script(p->f.db, "update pets set name = '' where id = 2"));
    plan(p, &clinic_checked);
    assert_int_equal(vg_kit_push_apply(p->kit, p->f.db, &p->plan), VG_CHECK);
    assert_non_null(strstr(vg_kit_error(p->kit), "nothing was changed"));
    check_rows(p->f.db, "select count(*) from pets", "3");
    check_rows(p->f.db, "pragma foreign_keys", "1");
    check_nothing_left(p, &clinic);
}

static void test_push__plan_of_another_database(void **state)
{
    pusher *p = *state;
    plan(p, &clinic);
    check_ok(p->f.db, vg_script(p->f.db, "create table other (x)"));
    assert_int_equal(vg_kit_push_apply(p->kit, p->f.db, &p->plan), VG_BUSY);
    check_text(vg_kit_error(p->kit),
               "the database is another one than when the plan was made; plan again");
}

/* Nothing was there to lose when it was planned; that is over. */
static void test_push__rows_that_came_since(void **state)
{
    pusher *p = *state;
    push(p, &clinic);
    plan(p, &clinic_short);
    assert_int_equal(p->plan.losses.len, 0);
    check_ok(p->f.db, vg_script(p->f.db, clinic_rows));
    assert_int_equal(vg_kit_push_apply(p->kit, p->f.db, &p->plan), VG_BUSY);
    check_text(vg_kit_error(p->kit),
               "there is more to lose than when the plan was made: somebody has added "
               "rows; plan again");
    check_rows(p->f.db, "select count(*) from visits", "3");
    plan(p, &clinic_short);
    check_ok(p->f.db, vg_script(p->f.db, "delete from visits where id = 3"));
    check_pushed(p, vg_kit_push_apply(p->kit, p->f.db, &p->plan));
}

static void test_push__locked_database(void **state)
{
    pusher *p = *state;
    vg_db *other;
    char path[64];
    temp_file(path);
    assert_int_equal(vg_close(p->f.db), VG_OK);
    assert_int_equal(vg_open(&p->f.db, path,
                             &(vg_options){.busy_timeout_ms = -1, .busy_retries = -1}),
                     VG_OK);
    assert_int_equal(vg_open(&other, path, NULL), VG_OK);
    plan(p, &clinic);
    check_ok(other, vg_script(other, "begin immediate"));
    assert_int_equal(vg_kit_push_apply(p->kit, p->f.db, &p->plan), VG_BUSY);
    check_text(vg_kit_error(p->kit), "database is locked; nothing was changed");
    check_ok(other, vg_script(other, "commit"));
    check_pushed(p, vg_kit_push_apply(p->kit, p->f.db, &p->plan));
    assert_int_equal(vg_close(other), VG_OK);
    temp_file_remove(path);
}

/* The process that dies at the nth statement. */
typedef struct killer {
    int left;
} killer;

static void kill_at(void *ctx, const vg_log_event *event)
{
    killer *k = ctx;
    (void)event;
    if (k->left-- == 0)
        raise(SIGKILL);
}

/* Push in another process, which dies at statement `n`. True: it came to the end. */
static bool push_and_die(const char *path, int n)
{
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        killer k = {n};
        vg_db *db;
        vg_kit *kit;
        vg_kit_push out;
        if (vg_open(&db, path, &(vg_options){.log = kill_at, .log_ctx = &k}) ||
            vg_kit_open(&kit, NULL) ||
            vg_kit_push_plan(kit, db, &clinic_checked, NULL, &out) ||
            vg_kit_push_apply(kit, db, &out))
            raise(SIGABRT);
        raise(SIGTERM); /* an end by exit would have memcheck look for leaks */
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_in_set(WTERMSIG(status), ((unsigned long[]){SIGTERM, SIGKILL}), 2);
    return WTERMSIG(status) == SIGTERM;
}

static void test_push__killed_at_any_statement(void **state)
{
    pusher *p = *state;
    char path[64];
    temp_file(path);
    assert_int_equal(vg_close(p->f.db), VG_OK);
    assert_int_equal(vg_open(&p->f.db, path, &(vg_options){.repeat_limit = -1}), VG_OK);
    make_clinic(p);
    for (int n = 0; !push_and_die(path, n); n++) {
        assert_true(n < 200);
        plan(p, &clinic_checked);
        if (p->plan.changed) /* not as after: then as before */
            check_nothing_left(p, &clinic);
        check_rows(p->f.db, "select count(*) from visits where pet_id is not null",
                   "3");
    }
    check_nothing_left(p, &clinic_checked);
    check_rows(p->f.db, "select count(*) from visits where pet_id is not null", "3");
    temp_file_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_push__a_second_push_is_empty, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__after_create_is_empty, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__after_migrate_is_empty, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__tells_what_is_dropped, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__nothing_to_lose, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__tells_of_another_type, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__not_null_without_default, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__recreates_without_loss, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__keys_are_never_given_twice, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__asks_about_renames, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__leaves_internal_tables_alone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__filters_the_schema_too, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__another_spelling_is_the_same, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__fails_as_a_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__plan_of_another_database, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__rows_that_came_since, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__tells_what_else_is_lost, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__counts_rows_of_virtual_tables, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__locked_database, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__killed_at_any_statement, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
