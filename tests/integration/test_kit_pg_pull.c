/* Pull from PostgreSQL: what is written compiles without warnings and says what the database
 * says: neither generate nor push has anything to do then. */
#include "check.h"
#include "kit_folder.h"
#include "pg.h"
#include "pg_ddl.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <virga/kit.h>

#define FLAGS                                                                      \
    "-std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes " \
    "-Wmissing-prototypes -Werror -fPIC -shared"

typedef struct puller {
    char folder[64];
    char out[80];
    char url[PG_URL];
    vg_db *db;
    vg_kit *kit;
    void *library;
    vg_kit_pulled pulled;
} puller;

static int setup(void **state)
{
    static puller p;
    p = (puller){.folder = "/tmp/virga-pg-pull-XXXXXX"};
    assert_non_null(mkdtemp(p.folder));
    snprintf(p.out, sizeof p.out, "%s/migrations", p.folder);
    pg_database(p.url);
    *state = &p;
    return 0;
}

static int teardown(void **state)
{
    puller *p = *state;
    vg_kit_close(p->kit);
    if (p->library)
        dlclose(p->library);
    assert_int_equal(vg_close(p->db), VG_OK);
    pg_drop(p->url);
    kf_remove(p->folder);
    return 0;
}

#define check_pulled(p, call)                                  \
    do {                                                       \
        if ((call) != VG_OK)                                   \
            fail_msg("%s: %s", #call, vg_kit_error((p)->kit)); \
    } while (0)

static void compile(puller *p, const char *compiler)
{
    char command[1200], library[200];
    const char *root = getenv("VIRGA_SOURCE_DIR");
    snprintf(library, sizeof library, "%s/%s.so", p->folder, compiler);
    snprintf(command, sizeof command,
             "echo '#include \"%s/schema.h\"' | %s %s -I%s/include -o %s -x c - 2>&1",
             p->folder, compiler, FLAGS, root ? root : ".", library);
    if (system(command) != 0)
        fail_msg("%s does not take the header:\n%s", compiler, p->pulled.text);
    if (!p->library)
        p->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!p->library)
        fail_msg("%s", dlerror());
}

/* Neither a migration nor a push is left to do. */
static void check_same(puller *p)
{
    const vg_schema *schema = dlsym(p->library, "vg_schema_app");
    vg_kit_generated made;
    vg_kit_push plan;
    assert_non_null(schema);
    check_pulled(p,
                 vg_kit_generate(p->kit, schema,
                                 &(vg_kit_generate_options){.dry_run = true}, &made));
    if (made.changed)
        fail_msg("generate says %s\n%s", made.sql ? made.sql : "questions",
                 p->pulled.text);
    check_pulled(p, vg_kit_push_plan(p->kit, p->db, schema, NULL, &plan));
    for (size_t i = 0; i < plan.questions.len; i++)
        print_error("question: %s\n", plan.questions.data[i].name);
    for (size_t i = 0; i < plan.statements.len; i++)
        print_error("%s\n", plan.statements.data[i].sql);
    if (plan.changed)
        fail_msg("push has something to do\n%s", p->pulled.text);
}

static void pull(puller *p, const char *sql, const char *const *schemas, size_t count)
{
    char header[200];
    vg_kit_config config = {
        .dialect = "postgresql", .out = p->out, .schema_filter = {schemas, count}};
    pg_exec(p->url, sql);
    assert_int_equal(vg_open(&p->db, p->url, NULL), VG_OK);
    assert_int_equal(vg_kit_open(&p->kit, &config), VG_OK);
    snprintf(header, sizeof header, "%s/schema.h", p->folder);
    check_pulled(p, vg_kit_pull(p->kit, p->db, &(vg_kit_pull_options){.header = header},
                                &p->pulled));
}

static const char *const all_schemas[] = {"*"};

static void check_pull(puller *p, const char *sql)
{
    pull(p, sql, all_schemas, 1);
    compile(p, "gcc");
    if (system("clang --version > /dev/null 2>&1") == 0)
        compile(p, "clang");
    check_same(p);
}

/* ---- by hand ---- */

/* Proves: K069 K011. */
static void test_pull__everything(void **state)
{
    check_pull(*state, pg_everything);
}

static void test_pull__empty_database(void **state)
{
    check_pull(*state, "select 1");
}

static void test_pull__shop(void **state)
{
    check_pull(*state, pg_shop);
}

static void test_pull__names_that_are_none_in_c(void **state)
{
    check_pull(*state, pg_names);
}

static void test_pull__partitions(void **state)
{
    check_pull(*state, pg_partitions);
}

static void test_pull__tenants_with_policies(void **state)
{
    check_pull(*state, pg_tenants);
}

/* Views with options, and those that keep their rows, are made by the header. */
static void test_pull__views_of_each_kind(void **state)
{
    static const char *const words[] = {
        "OPTIONS(ON_WITH(\"security_barrier = true, check_option = local\"))",
        ("OPTIONS(MATERIALIZED, ON_WITH(\"fillfactor = 70, autovacuum_enabled = "
         "false\"))"),
        "OPTIONS(MATERIALIZED, NO_DATA)",
        "IN_SCHEMA(\"s\"),\n    OPTIONS(MATERIALIZED)"};
    puller *p = *state;
    check_pull(p,
               "create table t (id int primary key, n int);"
               "create view careful with (security_barrier, check_option=local) as "
               "select id, n from t;"
               "create materialized view sums with (fillfactor=70, "
               "autovacuum_enabled=false) as select n, count(*) as c from t group by n;"
               "create materialized view later as select id from t with no data;"
               "create schema s; create materialized view s.far as select id from t;");
    for (size_t i = 0; i < COUNT_OF_ARRAY(words); i++)
        if (!strstr(p->pulled.text, words[i]))
            fail_msg("%s is not in\n%s", words[i], p->pulled.text);
    assert_null(strstr(p->pulled.text, "VIEW_EXISTING"));
}

/* ---- which schemas ---- */

/* Proves: K028. */
static void test_pull__public_alone_unless_asked(void **state)
{
    puller *p = *state;
    bool found = false;
    pull(p, pg_shop, NULL, 0);
    assert_null(strstr(p->pulled.text, "IN_SCHEMA"));
    for (size_t i = 0; i < p->pulled.notes.len; i++)
        found =
            found || strstr(p->pulled.notes.data[i], "schema billing is not looked at");
    assert_true(found);
}

/* ---- at random ---- */

static void test_pull__random_databases(void **state)
{
    puller *p = *state;
    const char *seeds = getenv("VIRGA_PULL_SEEDS");
    uint64_t count = seeds ? strtoull(seeds, NULL, 10) : 3;
    for (uint64_t seed = 1; seed <= count; seed++) {
        char *sql = random_pg_ddl(seed);
        if (seed > 1) {
            teardown(state);
            setup(state);
        }
        print_message("seed %llu\n", (unsigned long long)seed);
        check_pull(p, sql);
        free(sql);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pull__views_of_each_kind, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__everything, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__empty_database, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__shop, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__names_that_are_none_in_c, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_pull__partitions, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pull__tenants_with_policies, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_pull__public_alone_unless_asked, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_pull__random_databases, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
