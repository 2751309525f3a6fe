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
    "create table \"int\" (\"return\" text, \"__x\" int, \"NULL\" int, \"errno\" real, vg_shape int,"
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

/* Proves: K011 K057 K083. */
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
        cmocka_unit_test_setup_teardown(test_pull__random_databases, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
