/* Pull: what is written compiles without warnings and says what the database says. Headers
 * are compiled as the command does it, loaded, and compared with the database. */
#include "check.h"
#include "kit/folder.h"
#include "kit_folder.h"
#include "kit_ddl.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <virga/kit.h>
#include <virga/migrate.h>

/* ---- compiling ---- */

#define FLAGS                                                                      \
    "-std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes " \
    "-Wmissing-prototypes -Werror -fPIC -shared"

typedef struct puller {
    char folder[64];
    vg_db *db[RANDOM_DATABASES];
    vg_kit *kit;
    void *library;
    size_t count;
} puller;

static char *path_of(const puller *p, const char *name, char out[200])
{
    snprintf(out, 200, "%s/%s", p->folder, name);
    return out;
}

static int setup(void **state)
{
    static puller p;
    p = (puller){.folder = "/tmp/virga-pull-XXXXXX"};
    assert_non_null(mkdtemp(p.folder));
    *state = &p;
    return 0;
}

static void close_all(puller *p)
{
    vg_kit_close(p->kit);
    if (p->library)
        dlclose(p->library);
    for (size_t i = 0; i < p->count; i++)
        assert_int_equal(vg_close(p->db[i]), VG_OK);
    p->kit = NULL;
    p->library = NULL;
    p->count = 0;
}

static int teardown(void **state)
{
    puller *p = *state;
    close_all(p);
    kf_remove(p->folder);
    return 0;
}

/* A database in memory with what `sql` makes. */
static vg_db *database(puller *p, const char *sql)
{
    vg_db *db;
    assert_int_equal(vg_open(&db, ":memory:", &(vg_options){.foreign_keys_off = true}),
                     VG_OK);
    p->db[p->count++] = db;
    check_ok(db, vg_script(db, sql));
    return db;
}

static void open_kit(puller *p)
{
    static char out[200];
    path_of(p, "migrations", out);
    assert_int_equal(vg_kit_open(&p->kit, &(vg_kit_config){.out = out}), VG_OK);
}

#define check_pulled(p, call)                                  \
    do {                                                       \
        if ((call) != VG_OK)                                   \
            fail_msg("%s: %s", #call, vg_kit_error((p)->kit)); \
    } while (0)

/* Compile and load the headers that `main.c` includes. */
static void load(puller *p, const char *compiler, const char *main_c)
{
    char path[200], command[1200], library[200];
    FILE *file = fopen(path_of(p, "main.c", path), "w");
    assert_non_null(file);
    fputs(main_c, file);
    fclose(file);
    path_of(p, compiler, library);
    const char *root = getenv("VIRGA_SOURCE_DIR");
    snprintf(command, sizeof command, "%s %s -I%s/include -o %s.so %s 2>&1", compiler,
             FLAGS, root ? root : ".", library, path);
    if (system(command) != 0)
        fail_msg("%s does not take the header", compiler);
    strcat(library, ".so");
    p->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!p->library)
        fail_msg("%s", dlerror());
}

static const vg_schema *schema_named(const puller *p, const char *name)
{
    char symbol[100];
    snprintf(symbol, sizeof symbol, "vg_schema_%s", name);
    const vg_schema *schema = dlsym(p->library, symbol);
    assert_non_null(schema);
    return schema;
}

/* Neither a migration nor a push is left to do. */
static void check_same(puller *p, vg_db *db, const char *name)
{
    const vg_schema *schema = schema_named(p, name);
    vg_kit_generated made;
    vg_kit_push plan;
    check_pulled(p,
                 vg_kit_generate(p->kit, schema,
                                 &(vg_kit_generate_options){.dry_run = true}, &made));
    if (made.changed)
        fail_msg("%s: generate says %s", name, made.sql ? made.sql : "questions");
    check_pulled(p, vg_kit_push_plan(p->kit, db, schema, NULL, &plan));
    for (size_t i = 0; i < plan.statements.len; i++)
        print_error("%s: %s\n", name, plan.statements.data[i].sql);
    assert_false(plan.changed);
}

static void check_pull(puller *p, const char *sql, const char *compiler)
{
    char header[200];
    vg_kit_pulled pulled;
    vg_db *db = database(p, sql);
    open_kit(p);
    check_pulled(
        p, vg_kit_pull(p->kit, db,
                       &(vg_kit_pull_options){.header = path_of(p, "schema.h", header)},
                       &pulled));
    load(p, compiler, "#include \"schema.h\"\n");
    check_same(p, db, "app");
}

/* ---- by hand ---- */

/* clang-format off */
static const char odd[] =
    "create table \"Order Lines\" (id integer primary key autoincrement,"
    " \"order\" int references orders, qty int not null default 1 check (qty > 0),"
    " \"gr\xc3\xb6\xc3\x9f" "e\" varchar(30) collate nocase default '?\\?/', \"weird \"\"col\"\"\","
    " price decimal(10,2) default 0.50, unique(\"order\", qty),"
    " foreign key (\"order\") references orders(id) on delete cascade);"
    "create table orders (id integer primary key, last_line int references \"Order Lines\"(id),"
    " at datetime default current_timestamp, ok boolean not null default true, data json,"
    " k text unique, total real generated always as (id * 2.5) stored,"
    " v as (id || 'x') /* a comment */, constraint \"a b\" check (k <> '*/'));"
    "create table time (a, b, primary key (b, a)) without rowid;"
    "create table users_new (x int); create table users (y int);"
    "create table \"users\xc3\xa4\" (y int, Y2 int); create table \"1st\" (\"2nd\" text, \"\" int);"
    "create table empty_strict (a any, b int, c text not null) strict;"
    "create table \"int\" (\"return\" text, \"__x\" int, \"NULL\" int, \"errno\" real,"
    " vg_shape int,"
    "  rowid text, \"a\\b\" text, \"a/*b\" int, \"a''b\" int, \"a`b\" int, \"a]b\" int);"
    "create table malloc (struct text, stdin text, linux int); create table NULL_ (EOF int);"
    "create table vg_db (vg_column int); create table EACH (c text); create table app (i int);"
    "create table defaults (a text default 'it''s', b text default \"dq\", c default -5,"
    "  d text default 5, e int default 'x', f real default 1, g real default 1.50, h default null,"
    "  i default (1 + (2)), j blob default x'00ff', k int default true, l text default word,"
    "  m int default +7, n real default 1e999, o int default 9223372036854775808,"
    "  p int default 0x1F, q int default -9223372036854775808, r boolean default 0,"
    "  s text default 'line\nbreak', t real default .5, u real default 5., v default '');"
    "create index \"my idx\" on orders (at desc, lower(k), k collate nocase asc) where ok;"
    "create index i1 on orders (k); create unique index \"1st-idx\" on users (\"y\");"
    "create index \"NULL\" on users (y asc);"
    "create view \"v 1\" (a, \"b c\") as select id, count(*) from orders group by id;"
    "create view v2 as select *, 1, 'x' || k from orders -- the end\n;"
    "create trigger tr after update of k on orders for each row when new.id > 3 begin"
    "  update users set y = 1;\n  delete from users where y = 'a\"b'; end;"
    "create trigger \"tr 2\" instead of insert on \"v 1\" begin select case when 1 then 2 end; end;"
    "create virtual table fts using fts5(k, data unindexed, content=orders, content_rowid=id,"
    "  tokenize=\"porter ascii\");"
    "create virtual table own using fts5(title, \"a b\", prefix='2 3');"
    "create virtual table rt using rtree(id, a, b);";
/* clang-format on */

/* Proves: K011 K057 K083 R037. */
static void test_pull__odd_database(void **state)
{
    puller *p = *state;
    check_pull(p, odd, "gcc");
}

static void test_pull__odd_database_for_clang(void **state)
{
    puller *p = *state;
    if (system("clang --version > /dev/null 2>&1") != 0)
        skip();
    check_pull(p, odd, "clang");
}

static void test_pull__empty_database(void **state)
{
    puller *p = *state;
    check_pull(p, "", "gcc");
}

/* More tables than SCHEMA takes. */
static void test_pull__many_tables(void **state)
{
    puller *p = *state;
    static char sql[8000];
    for (int i = 0; i < 100; i++)
        snprintf(sql + strlen(sql), sizeof sql - strlen(sql),
                 "create table t%d (id integer primary key, p int references t%d(id));",
                 i, (i + 1) % 100);
    check_pull(p, sql, "gcc");
}

/* ---- the files ---- */

static char *text_of(const char *path)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t len = fread(text, 1, sizeof text - 1, file);
    text[len] = 0;
    fclose(file);
    return text;
}

static const char shop[] =
    "create table customers (id integer primary key, email text not null unique);"
    "create table orders (id integer primary key, customerId integer not null"
    " references customers (id) on delete cascade, note text /* of a clerk */ check "
    "(note <> "
    "'*/'));";

/* Proves: K011. */
static void test_pull__baseline(void **state)
{
    puller *p = *state;
    vg_kit_pulled pulled;
    vg_db *db = database(p, shop);
    open_kit(p);
    check_pulled(
        p, vg_kit_pull(p->kit, db, &(vg_kit_pull_options){.name = "first"}, &pulled));
    check_text(pulled.tag, "0000_first");
    assert_null(pulled.header);
    assert_int_equal(pulled.tables, 2);
    assert_int_equal(pulled.columns, 5);
    assert_int_equal(pulled.foreign_keys, 1);
    check_text(text_of(pulled.path),
               "-- Current sql file was generated after introspecting the database\n"
               "-- If you want to run this migration please uncomment this code before "
               "executing "
               "migrations\n"
               "/*\n"
               "CREATE TABLE `customers` (\n"
               "\t`id` integer PRIMARY KEY NOT NULL,\n"
               "\t`email` text NOT NULL\n"
               ");\n"
               "--> statement-breakpoint\n"
               "CREATE UNIQUE INDEX `customers_email_unique` ON `customers` "
               "(`email`);--> statement-breakpoint\n"
               "CREATE TABLE `orders` (\n"
               "\t`id` integer PRIMARY KEY NOT NULL,\n"
               "\t`customerId` integer NOT NULL,\n"
               "\t`note` text,\n"
               "\tFOREIGN KEY (`customerId`) REFERENCES `customers`(`id`) ON UPDATE no "
               "action ON "
               "DELETE cascade,\n"
               "\tCONSTRAINT \"orders_check1\" CHECK(note <> '* /')\n"
               ");\n"
               "\n*/");
    char path[200];
    path_of(p, "migrations/meta/0000_snapshot.json", path);
    const char *json = text_of(path);
    assert_non_null(strstr(json, "\"id\": \"00000000-0000-0000-0000-000000000000\""));
    assert_non_null(strstr(json, "\"prevId\": \"\""));
    /* The second time there are migrations already. */
    check_pulled(p, vg_kit_pull(p->kit, db, NULL, &pulled));
    assert_null(pulled.tag);
    check_rows(db, "select count(*) from sqlite_master where name like '%drizzle%'",
               "0");
}

/* Proves: K013. */
static void test_pull__init(void **state)
{
    puller *p = *state;
    vg_kit_pulled pulled;
    vg_migrations all;
    vg_db *db = database(p, shop);
    open_kit(p);
    check_pulled(
        p, vg_kit_pull(p->kit, db, &(vg_kit_pull_options){.init = true}, &pulled));
    assert_true(pulled.initialized);
    check_rows(db, "select count(*) from __drizzle_migrations", "1");
    check_pulled(p, vg_kit_load(p->kit, &all));
    size_t count = 7;
    check_ok(db, vg_migrate(db, &all, &(vg_migrate_options){.count = &count}));
    assert_int_equal(count, 0);
}

/* Proves: K012. */
static void test_pull__casing(void **state)
{
    puller *p = *state;
    vg_kit_pulled pulled;
    vg_db *db = database(p, shop);
    open_kit(p);
    check_pulled(p, vg_kit_pull(p->kit, db,
                                &(vg_kit_pull_options){.casing = VG_KIT_SNAKE_CASE,
                                                       .no_baseline = true},
                                &pulled));
    assert_non_null(strstr(pulled.text, "COLUMN(customer_id, INTEGER, NOT_NULL,"));
    assert_non_null(strstr(pulled.text, "NAME(\"customerId\")"));
    assert_null(pulled.tag);
}

/* Proves: R037. */
static void test_pull__relations(void **state)
{
    static const char *const expected[] = {
        "    ONE(users_by_boss, users, boss),\n"
        "    MANY(users, users, boss),\n"
        "    MANY(posts, posts, author_id),\n"
        "    MANY(posts_by_editor_id, posts, editor_id),\n"
        "    ONE(profiles, profiles, id, user_id))\n",
        "    ONE(users, users, author_id),\n"
        "    ONE(editor, users, editor_id),\n"
        "    MANY(post_tags, post_tags, post_id),\n"
        "    MANY_THROUGH(tags, tags, post_tags, post_id, tag))\n",
        "    ONE(slots, slots, COLUMNS(a, b)))\n"};
    puller *p = *state;
    vg_kit_pulled pulled;
    vg_db *db = database(
        p,
        "create table users(id integer primary key, boss integer references users);"
        "create table posts(id integer primary key, author text, author_id integer "
        "references users, editor_id integer references users);"
        "create table tags(name text primary key);"
        "create table post_tags(post_id integer references posts, tag text references "
        "tags, primary key(tag, post_id));"
        "create table profiles(user_id integer primary key references users);"
        "create table slots(a int, b int, primary key(a, b));"
        "create table uses(a int, b int, foreign key(a, b) references slots);"
        "create table odd(a text references users(id))");
    vg_kit_pull_options options = {.no_baseline = true};
    open_kit(p);
    check_pulled(p, vg_kit_pull(p->kit, db, &options, &pulled));
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (!strstr(pulled.text, expected[i]))
            fail_msg("missing:\n%s\nin:\n%s", expected[i], pulled.text);
    /* A text that refers to a number is no relation. */
    assert_null(strstr(pulled.text, "odd, odd"));
    options.no_relations = true;
    check_pulled(p, vg_kit_pull(p->kit, db, &options, &pulled));
    assert_null(strstr(pulled.text, "ONE("));
    assert_null(strstr(pulled.text, "MANY"));
}

static void test_pull__header_that_cannot_be_written(void **state)
{
    puller *p = *state;
    vg_kit_pulled pulled;
    char path[200];
    vg_db *db = database(p, shop);
    open_kit(p);
    path_of(p, "folder.h", path);
    assert_int_equal(mkdir(path, 0777), 0);
    int rc = vg_kit_pull(p->kit, db, &(vg_kit_pull_options){.header = path}, &pulled);
    assert_true(rc != VG_OK);
    assert_non_null(strstr(vg_kit_error(p->kit), "folder.h"));
    path_of(p, "migrations", path);
    assert_int_equal(access(path, F_OK), -1); /* nothing was begun */
}

static void test_pull__what_a_schema_cannot_say(void **state)
{
    puller *p = *state;
    vg_kit_pulled pulled;
    char wide[2000] = "create table wide (c0";
    for (int i = 1; i < 70; i++)
        snprintf(wide + strlen(wide), sizeof wide - strlen(wide), ", c%d", i);
    strcat(wide,
           "); create table ok (a int unique on conflict replace references gone(x));"
           "create view broken as select * from gone;"
           "create trigger on_wide delete on wide begin select 1; end");
    vg_db *db = database(p, wide);
    open_kit(p);
    check_pulled(p, vg_kit_pull(p->kit, db, NULL, &pulled));
    static const char *const notes[] = {
        "table wide has 70 columns, and a schema's may have 64: it is left alone",
        "table ok: its foreign key to gone leads nowhere and is left out",
        "table ok: a schema cannot say ON CONFLICT replace of column a",
        "view broken does not work: no such table: main.gone",
        "view broken is left out"};
    assert_int_equal(pulled.notes.len, COUNT_OF_ARRAY(notes));
    for (size_t i = 0; i < pulled.notes.len; i++)
        check_text(pulled.notes.data[i], notes[i]);
    assert_non_null(strstr(pulled.text, "SCHEMA(app, ok)"));
}

/* A file that is no database, and one that is damaged. */
static void test_pull__no_database(void **state)
{
    puller *p = *state;
    vg_kit_pulled pulled;
    vg_db *db;
    char path[200];
    path_of(p, "text.db", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 200; i++)
        fputs("this is a text, and no database at all\n", file);
    fclose(file);
    open_kit(p);
    if (vg_open(&db, path, NULL) == VG_OK) {
        int rc = vg_kit_pull(p->kit, db, NULL, &pulled);
        assert_int_equal(rc, VG_CORRUPT);
        assert_true(*vg_kit_error(p->kit));
    }
    vg_close(db);
    path_of(p, "migrations", path);
    assert_int_equal(access(path, F_OK), -1);
}

/* ---- drift ---- */

static void check_drift(puller *p, vg_db *db, const char *const *expected, size_t count)
{
    vg_kit_texts drift;
    check_pulled(p, vg_kit_drift(p->kit, db, &drift));
    for (size_t i = 0; i < drift.len && i < count; i++)
        check_text(drift.data[i], expected[i]);
    for (size_t i = count; i < drift.len; i++)
        print_error("%s\n", drift.data[i]);
    assert_int_equal(drift.len, count);
}

static void test_drift__sentences(void **state)
{
    puller *p = *state;
    vg_kit_pulled pulled;
    vg_kit_texts drift;
    vg_db *db = database(p, shop);
    open_kit(p);
    assert_int_equal(vg_kit_drift(p->kit, db, &drift), VG_NOT_FOUND);
    check_pulled(
        p, vg_kit_pull(p->kit, db, &(vg_kit_pull_options){.init = true}, &pulled));
    check_drift(p, db, NULL, 0);
    check_ok(db, vg_script(db, "alter table customers add age int default 3;"
                               "alter table orders drop column note;"
                               "create index orders_of on orders (customerId);"
                               "create table more (x); create view v as select 1;"
                               "create trigger t delete on more begin select 1; end"));
    static const char *const expected[] = {
        "table more is in the database, but not in the migrations",
        "table customers: column age is in the database, but not in the migrations",
        "table orders: column note is missing in the database",
        "table orders: index orders_of is in the database, but not in the migrations",
        "table orders: CHECK orders_check1 is missing in the database",
        "view v is in the database, but not in the migrations",
        "trigger t is in the database, but not in the migrations"};
    check_drift(p, db, expected, COUNT_OF_ARRAY(expected));
}

static void test_drift__columns(void **state)
{
    puller *p = *state;
    vg_kit_pulled pulled;
    vg_db *db = database(p, "create table a (x text, y int not null, z int default 1)");
    open_kit(p);
    check_pulled(p, vg_kit_pull(p->kit, db, NULL, &pulled));
    check_ok(db,
             vg_script(db, "drop table a; create table a (x int, y int, z int default "
                           "2) strict"));
    static const char *const expected[] = {
        "table a: column x is int in the database instead of text",
        "table a: column y may be NULL in the database",
        "table a: column z has 2 as DEFAULT in the database instead of 1",
        "table a is STRICT and not WITHOUT ROWID in the database"};
    check_drift(p, db, expected, COUNT_OF_ARRAY(expected));
}

/* ---- by chance ---- */

/* Databases of a seed, each with a header and a folder of its own, in one library. */
static void check_random(puller *p, uint64_t seed)
{
    static char main_c[100 * RANDOM_DATABASES];
    char out[RANDOM_DATABASES][200], header[200], name[32];
    size_t at = 0;
    vg_kit_pulled pulled;
    for (unsigned i = 0; i < RANDOM_DATABASES; i++) {
        char *sql = random_ddl(seed * RANDOM_DATABASES + i, i);
        vg_db *db = database(p, sql);
        snprintf(name, sizeof name, "app%u", i);
        snprintf(out[i], sizeof out[i], "%s/m%u", p->folder, i);
        at += (size_t)snprintf(main_c + at, sizeof main_c - at, "#include \"h%u.h\"\n",
                               i);
        snprintf(header, sizeof header, "%s/h%u.h", p->folder, i);
        kf_remove(out[i]);
        assert_int_equal(vg_kit_open(&p->kit, &(vg_kit_config){.out = out[i]}), VG_OK);
        check_pulled(
            p, vg_kit_pull(p->kit, db,
                           &(vg_kit_pull_options){.header = header, .schema = name},
                           &pulled));
        vg_kit_close(p->kit);
        p->kit = NULL;
        free(sql);
    }
    load(p, "gcc", main_c);
    for (unsigned i = 0; i < RANDOM_DATABASES; i++) {
        snprintf(name, sizeof name, "app%u", i);
        assert_int_equal(vg_kit_open(&p->kit, &(vg_kit_config){.out = out[i]}), VG_OK);
        check_same(p, p->db[i], name);
        vg_kit_close(p->kit);
        p->kit = NULL;
    }
    close_all(p);
}

/* VIRGA_PULL_SEEDS says how many times so many databases; 10 if it is not set. */
/* Proves: K011 K057. */
static void test_pull__random_databases(void **state)
{
    puller *p = *state;
    const char *text = getenv("VIRGA_PULL_SEEDS");
    uint64_t seeds = text ? strtoull(text, NULL, 10) : 10;
    for (uint64_t seed = 0; seed < seeds; seed++)
        check_random(p, seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pull__odd_database, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__odd_database_for_clang, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_pull__empty_database, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__many_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__baseline, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__init, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__casing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__relations, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__header_that_cannot_be_written, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_pull__what_a_schema_cannot_say, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_pull__no_database, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drift__sentences, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drift__columns, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__random_databases, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
