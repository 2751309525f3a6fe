/* `rebase`: two branches, each with migrations of its own, after they were merged. */
#include "kit_folder.h"

// clang-format off
TABLE(users,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL))
SCHEMA(first, users)

/* Ours: a table, and a column of users that makes it new (NOT NULL). */
TABLE(users_ours,
    NAME("users"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT),
    COLUMN(age,  INTEGER))
TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(ours, users_ours)
SCHEMA(ours_more, users_ours, posts)

/* Theirs: another column of users, and another table. */
TABLE(users_theirs,
    NAME("users"),
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(name,  TEXT,    NOT_NULL),
    COLUMN(email, TEXT))
TABLE(tags, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(theirs, users_theirs, tags)

/* What both together are. */
TABLE(users_both,
    NAME("users"),
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(name,  TEXT),
    COLUMN(email, TEXT),
    COLUMN(age,   INTEGER))
SCHEMA(both, users_both, tags, posts)

/* Theirs, but against ours. */
TABLE(users_against,
    NAME("users"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    COLUMN(age,  TEXT))
SCHEMA(against, users_against)
// clang-format on

/* What git leaves when both sides have made or changed a file. */
static void mark(const kit_folder *f, const char *name, const char *mine,
                 const char *yours)
{
    size_t size = strlen(mine) + strlen(yours) + 64;
    char *text = malloc(size);
    snprintf(text, size, "<<<<<<< HEAD\n%s\n=======\n%s\n>>>>>>> main\n", mine, yours);
    kf_put(f, name, text);
    free(text);
}

static const char *const shared_names[] = {"meta/_journal.json",
                                           "meta/0001_snapshot.json"};

typedef struct branch {
    char *files[2];
} branch;

static branch take(const kit_folder *f)
{
    return (branch){{kf_get(f, shared_names[0]), kf_get(f, shared_names[1])}};
}

static void drop_branch(branch *b)
{
    free(b->files[0]);
    free(b->files[1]);
}

/* A folder as it is after `git merge`: ours has two migrations, theirs one; both number 1. */
static void merged(kit_folder *f, const vg_schema *their_schema)
{
    kf_generate(f, &first, "first");
    char *journal = kf_get(f, "meta/_journal.json");
    kf_generate(f, their_schema, "theirs");
    branch theirs_files = take(f);
    kf_put(f, "meta/_journal.json", journal);
    unlink(kf_path(f, "meta/0001_snapshot.json"));
    free(journal);
    kf_generate(f, &ours, "ours");
    kf_generate(f, &ours_more, "posts");
    branch ours_files = take(f);
    for (size_t i = 0; i < 2; i++)
        mark(f, shared_names[i], ours_files.files[i], theirs_files.files[i]);
    drop_branch(&theirs_files);
    drop_branch(&ours_files);
}

static void check_no_change(kit_folder *f, const vg_schema *schema)
{
    vg_kit_generated made;
    check_kit(f, vg_kit_generate(f->kit, schema, NULL, &made));
    if (made.changed)
        fail_msg("changed: %s", made.sql ? made.sql : "questions");
}

static void test_rebase__of_a_sound_folder_does_nothing(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    check_kit(f, vg_kit_rebase(f->kit, NULL, &did));
    kf_generate(f, &first, "first");
    kf_generate(f, &ours, "ours");
    check_kit(f, vg_kit_rebase(f->kit, NULL, &did));
    assert_null(did.tag);
    assert_int_equal(did.written.len, 0);
    kf_sound(f);
}

static void test_rebase__mends_what_git_has_left(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    merged(f, &theirs);
    kf_finds(f, "git left a conflict here");
    check_kit(f, vg_kit_rebase(f->kit, NULL, &did));
    assert_string_equal(did.tag, "0003_ours");
    assert_true(kf_exists(f, "0001_theirs.sql"));
    assert_true(kf_exists(f, "0003_ours.sql"));
    assert_true(kf_exists(f, "0004_posts.sql"));
    assert_false(kf_exists(f, "0001_ours.sql"));
    assert_false(kf_exists(f, "meta/0002_snapshot.json"));
    kf_sound(f);
    check_no_change(f, &both);
    /* Ours makes `users` anew, and must not lose the column that theirs has added. */
    char *sql = kf_get(f, "0003_ours.sql");
    assert_non_null(strstr(sql, "email"));
    free(sql);
    check_kit(f, vg_kit_rebase(f->kit, NULL, &did));
    assert_null(did.tag);
}

static void test_rebase__moves_the_branch_that_is_named(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    merged(f, &theirs);
    check_kit(f, vg_kit_rebase(f->kit, "0001_theirs", &did));
    assert_string_equal(did.tag, "0003_theirs");
    assert_true(kf_exists(f, "0001_ours.sql"));
    assert_true(kf_exists(f, "0002_posts.sql"));
    kf_sound(f);
    check_no_change(f, &both);
}

static void test_rebase__of_snapshots_with_one_parent(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    char *id = NULL;
    kf_generate(f, &first, "first");
    kf_generate(f, &theirs, "theirs");
    /* Ours came from elsewhere, with a number of its own. */
    char *journal = kf_get(f, "meta/_journal.json");
    char *snapshot = kf_get(f, "meta/0001_snapshot.json");
    check_kit(f, vg_kit_drop(f->kit, NULL, NULL, &did));
    kf_generate(f, &ours, "ours");
    char *ours_snapshot = kf_get(f, "meta/0001_snapshot.json");
    char *ours_sql = kf_get(f, "0001_ours.sql");
    unlink(kf_path(f, "0001_ours.sql"));
    kf_put(f, "0002_ours.sql", ours_sql);
    kf_put(f, "meta/0002_snapshot.json", ours_snapshot);
    kf_put(f, "meta/0001_snapshot.json", snapshot);
    kf_put(f, "meta/_journal.json", journal);
    kf_put(f, "0001_theirs.sql",
           "CREATE TABLE `tags` (`id` integer PRIMARY KEY NOT NULL);\n"
           "ALTER TABLE `users` ADD `email` text;");
    kf_replace(f, "meta/_journal.json", "\n  ]",
               ",\n{\"idx\": 2, \"version\": \"6\", \"when\": 1900000000000, "
               "\"tag\": \"0002_ours\", \"breakpoints\": true}\n  ]");
    kf_finds(f, "have one parent");
    check_kit(f, vg_kit_rebase(f->kit, NULL, &did));
    assert_string_equal(did.tag, "0003_ours");
    unlink(kf_path(f, "0001_ours.down.sql"));
    kf_sound(f);
    free(id);
    free(journal);
    free(snapshot);
    free(ours_snapshot);
    free(ours_sql);
}

/* Proves: K015. */
static void test_rebase__reports_what_both_change(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    merged(f, &against);
    char *before = kf_get(f, "meta/_journal.json");
    assert_int_equal(vg_kit_rebase(f->kit, NULL, &did), VG_INVALID);
    assert_non_null(strstr(vg_kit_error(f->kit),
                           "0001_ours and the other branch both change "
                           "tables.users.columns.age"));
    char *after = kf_get(f, "meta/_journal.json");
    assert_string_equal(after, before);
    assert_false(kf_exists(f, "0003_ours.sql"));
    free(before);
    free(after);
}

static void test_rebase__keeps_sql_that_was_written_by_hand(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    merged(f, &theirs);
    kf_put(f, "0002_posts.sql",
           "CREATE TABLE `posts` (`id` integer PRIMARY KEY NOT NULL);\n"
           "insert into posts values (7);");
    check_kit(f, vg_kit_rebase(f->kit, NULL, &did));
    char *sql = kf_get(f, "0004_posts.sql");
    assert_non_null(strstr(sql, "values (7)"));
    free(sql);
    kf_sound(f);
}

static void test_rebase__refuses_sql_by_hand_that_does_not_fit_any_more(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    merged(f, &theirs);
    char *sql = kf_get(f, "0001_ours.sql"), *more = calloc(1, strlen(sql) + 64);
    strcat(strcat(more, sql), "\n-- and this\n");
    kf_put(f, "0001_ours.sql", more);
    assert_int_equal(vg_kit_rebase(f->kit, NULL, &did), VG_INVALID);
    assert_non_null(strstr(vg_kit_error(f->kit), "0001_ours.sql was edited by hand"));
    free(sql);
    free(more);
}

static void test_rebase__tells_databases(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    vg_migrations all;
    vg_db *db = NULL;
    size_t count;
    kf_generate(f, &first, "first");
    kf_generate(f, &ours, "ours");
    check_kit(f, vg_kit_load(f->kit, &all));
    check_ok(db, vg_open(&db, ":memory:", NULL));
    check_ok(db, vg_migrate(db, &all, NULL));
    char *journal = kf_get(f, "meta/_journal.json");
    char *snapshot = kf_get(f, "meta/0001_snapshot.json");
    char *sql = kf_get(f, "0001_ours.sql");
    check_kit(f, vg_kit_drop(f->kit, NULL, NULL, &did));
    kf_generate(f, &theirs, "theirs");
    char *their_journal = kf_get(f, "meta/_journal.json");
    char *their_snapshot = kf_get(f, "meta/0001_snapshot.json");
    kf_put(f, "0001_ours.sql", sql);
    mark(f, "meta/_journal.json", journal, their_journal);
    mark(f, "meta/0001_snapshot.json", snapshot, their_snapshot);
    check_kit(f, vg_kit_rebase(f->kit, NULL, &did));
    check_kit(f, vg_kit_adopt(f->kit, db, &count));
    assert_int_equal(count, 1);
    check_kit(f, vg_kit_load(f->kit, &all));
    check_ok(db, vg_migrate(db, &all,
                            &(vg_migrate_options){.out_of_order = VG_MIGRATE_ALLOW,
                                                  .count = &count}));
    assert_int_equal(count, 1);
    vg_close(db);
    free(journal);
    free(snapshot);
    free(sql);
    free(their_journal);
    free(their_snapshot);
}

/* Marks of diff3 style, and files that are marked in part. */
static void test_rebase__reads_marks_in_parts_of_a_file(void **state)
{
    kit_folder *f = *state;
    vg_kit_changed did;
    merged(f, &theirs);
    kf_put(
        f, "meta/_journal.json",
        "{\n  \"version\": \"7\",\n  \"dialect\": \"sqlite\",\n  \"entries\": [\n"
        "    {\"idx\": 0, \"version\": \"6\", \"when\": 1700000001000, \"tag\": "
        "\"0000_first\"},\n"
        "    {\n      \"idx\": 1,\n      \"version\": \"6\",\n"
        "<<<<<<< HEAD\n      \"when\": 1700000003000,\n      \"tag\": \"0001_ours\"\n"
        "    },\n    {\"idx\": 2, \"version\": \"6\", \"when\": 1700000004000, "
        "\"tag\": \"0002_posts\"\n"
        "||||||| base\n=======\n      \"when\": 1700000002000,\n"
        "      \"tag\": \"0001_theirs\"\n>>>>>>> main\n    }\n  ]\n}\n");
    check_kit(f, vg_kit_rebase(f->kit, NULL, &did));
    assert_string_equal(did.tag, "0003_ours");
    kf_sound(f);
    check_no_change(f, &both);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_rebase__##name, kf_setup, kf_teardown)
    const struct CMUnitTest tests[] = {
        TEST(of_a_sound_folder_does_nothing),
        TEST(mends_what_git_has_left),
        TEST(moves_the_branch_that_is_named),
        TEST(of_snapshots_with_one_parent),
        TEST(reports_what_both_change),
        TEST(keeps_sql_that_was_written_by_hand),
        TEST(refuses_sql_by_hand_that_does_not_fit_any_more),
        TEST(tells_databases),
        TEST(reads_marks_in_parts_of_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
