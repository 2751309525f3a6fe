/* Two snapshots to statements: the text, byte for byte, and its order. */
#include "check.h"
#include "kit_schema.h"

static vg_kit *kit;

static int setup(void **state)
{
    (void)state;
    return vg_kit_open(&kit, NULL);
}

static int teardown(void **state)
{
    (void)state;
    vg_kit_close(kit);
    return 0;
}

typedef struct job {
    const char *from, *to, *renames;
    const char *sql;
} job;

static int run(vg_kit *k, void *args)
{
    job *j = args;
    vgk_snapshot *s = vgk_alloc(k, 2 * sizeof *s);
    vgk_changes changes;
    vgk_statements statements;
    schema_of(k, j->from, &s[0]);
    schema_of(k, j->to, &s[1]);
    vgk_renames renames = renames_of(k, j->renames ? j->renames : "");
    if (vgk_diff(k, &s[0], &s[1], &renames, &changes) ||
        k->dialect->statements(k, &changes, &statements))
        return k->code;
    j->sql = vgk_join(k, &statements, false, NULL);
    return VG_OK;
}

/* The statements from one to the other, a newline between them. */
static const char *sql_of(const char *from, const char *to, const char *renames)
{
    job j = {from, to, renames, NULL};
    assert_int_equal(vgk_enter(kit, run, &j), VG_OK);
    return j.sql;
}

#define POSTS                         \
    "table|posts\n"                   \
    "col|id|integer|pk nn\n"          \
    "col|author_id|integer|nn\n"      \
    "col|title|text||'x'\n"           \
    "fk|author_id|users|id|cascade\n" \
    "index|posts_author_idx||author_id\n"
#define USERS                     \
    "table|users\n"               \
    "col|id|integer|pk nn auto\n" \
    "col|email|text|nn\n"         \
    "index|users_email_unique|unique|email\n"

/* Proves: K044. */
static void test_statements__create_and_drop_tables(void **state)
{
    (void)state;
    assert_string_equal(
        sql_of("", POSTS USERS, NULL),
        "CREATE TABLE `posts` (\n"
        "\t`id` integer PRIMARY KEY NOT NULL,\n"
        "\t`author_id` integer NOT NULL,\n"
        "\t`title` text DEFAULT 'x',\n"
        "\tFOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON "
        "DELETE cascade\n"
        ");\n"
        "\nCREATE INDEX `posts_author_idx` ON `posts` (`author_id`);"
        "\nCREATE TABLE `users` (\n"
        "\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n"
        "\t`email` text NOT NULL\n"
        ");\n"
        "\nCREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);");
    assert_string_equal(sql_of(POSTS USERS, USERS, NULL), "DROP TABLE `posts`;");
    assert_string_equal(sql_of(POSTS USERS, POSTS USERS, NULL), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statements__create_and_drop_tables),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
