/* Descriptors to snapshots, and snapshots to JSON and back. */
#include "check.h"
#include "kit/folder.h"
#include "rt_heap.h"

// clang-format off
TABLE(users,
    COLUMN(id, INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(email, TEXT, NOT_NULL, UNIQUE))

TABLE(posts,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(title, TEXT(80), DEFAULT("it's")),
    COLUMN(score, REAL, DEFAULT(1.0)),
    COLUMN(shown, BOOLEAN, NOT_NULL, DEFAULT(true)),
    COLUMN(made, TIMESTAMP, MODE(SECONDS), DEFAULT_NOW),
    COLUMN(loud, TEXT, GENERATED(VIRTUAL, "upper(title)")),
    INDEX(posts_author_idx, author_id),
    INDEX_ON(posts_title_idx, ON_SQL("lower(\"title\")"), ON_DESC(score)),
    CHECK(posts_score_check, "\"posts\".\"score\" > 0"))

TABLE(tags, STRICT, WITHOUT_ROWID,
    COLUMN(post_id, INTEGER, NOT_NULL),
    COLUMN(name, TEXT, NOT_NULL),
    PRIMARY_KEY(post_id, name))

FTS_TABLE(posts_fts, FTS_COLUMN(title), CONTENT(posts, id), SYNC)
TRIGGER(users_gone, AFTER, DELETE, users, "delete from tags; delete from posts")
VIEW(good, posts, SELECT(posts), FROM(posts), WHERE(GT(posts.score, 5)))
VIEW_EXISTING(locks, COLUMN(pid, INTEGER))
// clang-format on
SCHEMA(small, users, posts)
SCHEMA(whole, users, posts, tags, posts_fts, users_gone, good, locks)

/* A stage as the public calls run it. */
typedef struct job {
    const vg_schema *schema;
    const char *json, *companion; /* in, or out */
    int version;
    vgk_snapshot snapshot;
} job;

static int write_it(vg_kit *kit, void *args)
{
    job *j = args;
    size_t len;
    int rc = vgk_snapshot_of_schema(kit, j->schema, &j->snapshot);
    if (rc != VG_OK)
        return rc;
    j->snapshot.id = "a";
    j->snapshot.prev_id = vgk_first_id;
    j->json = vgk_snapshot_write(kit, &j->snapshot, &len);
    j->companion = vgk_companion_write(kit, &j->snapshot, &len);
    return rc;
}

static int read_it(vg_kit *kit, void *args)
{
    job *j = args;
    int rc = vgk_snapshot_read(kit, j->json, strlen(j->json), "s.json", &j->snapshot,
                               &j->version);
    if (rc == VG_OK && j->companion)
        rc = vgk_companion_read(kit, j->companion, strlen(j->companion), "_s.json",
                                &j->snapshot);
    return rc;
}

static int write_again(vg_kit *kit, void *args)
{
    job *j = args;
    size_t len;
    j->json = vgk_snapshot_write(kit, &j->snapshot, &len);
    j->companion = vgk_companion_write(kit, &j->snapshot, &len);
    return VG_OK;
}

static vg_kit *open_kit(void)
{
    vg_kit *kit;
    assert_int_equal(vg_kit_open(&kit, NULL), VG_OK);
    return kit;
}

static void check_kit(vg_kit *kit, int rc)
{
    if (rc != VG_OK)
        print_error("%s\n", vg_kit_error(kit));
    assert_int_equal(rc, VG_OK);
}

/* Proves: S001 K031. */
static void test_snapshot__is_what_drizzle_kit_writes(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.schema = &small};
    check_kit(kit, vgk_enter(kit, write_it, &j));
    assert_null(j.companion);
    const char *beginning =
        "{\n  \"version\": \"6\",\n  \"dialect\": \"sqlite\",\n  \"id\": \"a\",\n"
        "  \"prevId\": \"00000000-0000-0000-0000-000000000000\",\n  \"tables\": {\n"
        "    \"users\": {\n      \"name\": \"users\",\n      \"columns\": {\n"
        "        \"id\": {\n          \"name\": \"id\",\n          \"type\": "
        "\"integer\",\n"
        "          \"primaryKey\": true,\n          \"notNull\": true,\n"
        "          \"autoincrement\": true\n        },\n";
    assert_memory_equal(j.json, beginning, strlen(beginning));
    static const char *const parts[] = {
        "\"type\": \"text(80)\"",
        "\"default\": \"'it''s'\"",
        "\"default\": 1\n",
        "\"default\": true\n",
        "\"default\": \"(unixepoch())\"",
        "\"generated\": {\n            \"as\": \"(upper(title))\",\n"
        "            \"type\": \"virtual\"\n          }",
        "\"users_email_unique\": {\n          \"name\": \"users_email_unique\",\n"
        "          \"columns\": [\n            \"email\"\n          ],\n"
        "          \"isUnique\": true\n        }",
        "\"columns\": [\n            \"lower(\\\"title\\\")\",\n"
        "            \"\\\"score\\\" desc\"\n          ],",
        "\"posts_author_id_users_id_fk\": {\n"
        "          \"name\": \"posts_author_id_users_id_fk\",\n"
        "          \"tableFrom\": \"posts\",\n          \"tableTo\": \"users\",\n"
        "          \"columnsFrom\": [\n            \"author_id\"\n          ],\n"
        "          \"columnsTo\": [\n            \"id\"\n          ],\n"
        "          \"onDelete\": \"cascade\",\n          \"onUpdate\": \"no action\"",
        "\"value\": \"\\\"posts\\\".\\\"score\\\" > 0\"",
        "  \"views\": {},\n  \"enums\": {},\n  \"_meta\": {\n    \"schemas\": {},\n"
        "    \"tables\": {},\n    \"columns\": {}\n  },\n  \"internal\": {\n"
        "    \"indexes\": {\n      \"posts_title_idx\": {\n        \"columns\": {\n"
        "          \"lower(\\\"title\\\")\": {\n            \"isExpression\": true\n",
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(parts); i++)
        if (!strstr(j.json, parts[i]))
            fail_msg("not there: %s\n in: %s", parts[i], j.json);
    vg_kit_close(kit);
}

static void test_snapshot__reads_what_it_wrote(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job made = {.schema = &whole}, read;
    check_kit(kit, vgk_enter(kit, write_it, &made));
    assert_non_null(made.companion);
    read = (job){.json = made.json, .companion = made.companion};
    check_kit(kit, vgk_enter(kit, read_it, &read));
    assert_int_equal(read.version, 6);
    assert_true(vgk_find_table(&read.snapshot, "tags")->strict);
    assert_true(vgk_find_table(&read.snapshot, "tags")->without_rowid);
    check_kit(kit, vgk_enter(kit, write_again, &read));
    assert_string_equal(read.json, made.json);
    assert_string_equal(read.companion, made.companion);
    vg_kit_close(kit);
}

static void test_snapshot__holds_what_drizzle_kit_does_not_know(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.schema = &whole};
    check_kit(kit, vgk_enter(kit, write_it, &j));
    const vgk_objects *triggers = &j.snapshot.triggers;
    assert_int_equal(triggers->len, 4);
    assert_string_equal(triggers->data[0].name, "posts_fts_insert");
    assert_string_equal(triggers->data[0].table, "posts");
    assert_string_equal(triggers->data[3].sql,
                        "CREATE TRIGGER `users_gone` AFTER DELETE ON `users` BEGIN\n"
                        "\tdelete from tags; delete from posts;\nEND;");
    const vgk_object *fts = &j.snapshot.virtual_tables.data[0];
    assert_string_equal(fts->sql,
                        "CREATE VIRTUAL TABLE `posts_fts` USING fts5(`title`, "
                        "content='posts', content_rowid='id');");
    assert_memory_equal(fts->fill, "INSERT INTO `posts_fts`", 23);
    vg_kit_close(kit);
}

/* Proves: S089. */
static void test_snapshot__of_views(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.schema = &whole};
    check_kit(kit, vgk_enter(kit, write_it, &j));
    const vgk_view *view = vgk_find_view(&j.snapshot, "good");
    assert_false(view->existing);
    assert_memory_equal(view->definition, "select \"id\", ", 13);
    view = vgk_find_view(&j.snapshot, "locks");
    assert_true(view->existing);
    assert_null(view->definition);
    vg_kit_close(kit);
}

/* ---- what others wrote ---- */

static void check_refused(const char *json, int code, const char *message)
{
    vg_kit *kit = open_kit();
    job j = {.json = json};
    assert_int_equal(vgk_enter(kit, read_it, &j), code);
    assert_string_equal(vg_kit_error(kit), message);
    vg_kit_close(kit);
}

#define HEAD(version)                                                              \
    "{\"version\":\"" version "\",\"dialect\":\"sqlite\",\"id\":\"a\",\"prevId\":" \
    "\"b\","
#define META "\"enums\":{},\"_meta\":{\"schemas\":{},\"tables\":{},\"columns\":{}}"

/* Proves: K014. */
static void test_snapshot__malformed(void **state)
{
    (void)state;
    check_refused("", VG_INVALID, "s.json: the file is empty, where JSON is expected");
    check_refused("[]", VG_INVALID, "s.json: malformed: a snapshot is an object");
    check_refused("{}", VG_INVALID, "s.json: malformed: no version that is known");
    check_refused(HEAD("9") "\"tables\":{}," META "}", VG_UNSUPPORTED,
                  "s.json: version 9 is newer than this virga (6); use a newer one");
    check_refused(HEAD("6") "\"tables\":{},\"enums\":{}}", VG_INVALID,
                  "s.json: malformed: it has no \"_meta\"");
    check_refused(HEAD("6") "\"tables\":{},\"tabels\":{}," META "}", VG_INVALID,
                  "s.json: malformed: it has a key \"tabels\" that no snapshot has");
    check_refused(
        HEAD("6") "\"tables\":{\"t\":{\"name\":\"t\",\"columns\":{\"c\":{"
                  "\"name\":\"c\",\"type\":7}}}}," META "}",
        VG_INVALID,
        "s.json: malformed: snapshot.tables.t.columns.c.type should be a text, "
        "but is a number");
    check_refused(
        HEAD("6") "\"tables\":{\"t\":{\"name\":\"t\",\"columns\":{\"c\":{"
                  "\"nmae\":\"c\"}}}}," META "}",
        VG_INVALID,
        "s.json: malformed: snapshot.tables.t.columns.c has a key \"nmae\" that "
        "no column has");
    check_refused("{\"version\":\"7\",\"dialect\":\"postgresql\"}", VG_INVALID,
                  "s.json: it is a snapshot for postgresql, not for sqlite; set "
                  "\"dialect\"");
}

/* Proves: K016. */
static void test_snapshot__version_5_is_upgraded(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.json = HEAD("5") "\"tables\":{\"t\":{\"name\":\"t\",\"columns\":{\"c\":{"
                               "\"name\":\"c\",\"type\":\"text\",\"primaryKey\":false,"
                               "\"notNull\":false,\"autoincrement\":false,"
                               "\"default\":{\"a\":[1,\"it's\"]}}},\"indexes\":{},"
                               "\"foreignKeys\":{},\"compositePrimaryKeys\":{},"
                               "\"uniqueConstraints\":{}}}," META "}"};
    check_kit(kit, vgk_enter(kit, read_it, &j));
    assert_int_equal(j.version, 5);
    const vgk_column *c = &j.snapshot.tables.data[0].columns.data[0];
    assert_string_equal(c->value.text, "'{\"a\":[1,\"it''s\"]}'");
    check_kit(kit, vgk_enter(kit, write_again, &j));
    assert_non_null(strstr(j.json, "\"version\": \"6\""));
    assert_non_null(strstr(j.json, "\"views\": {}"));
    vg_kit_close(kit);
}

static void test_snapshot__says_what_is_wrong_with_the_schema(void **state)
{
    (void)state;
    const vg_schema half = {"half", (const vg_shape *const[]){&posts.vg_shape}, 1};
    vg_kit *kit = open_kit();
    job j = {.schema = &half};
    assert_int_equal(vgk_enter(kit, write_it, &j), VG_SCHEMA);
    assert_string_equal(
        vg_kit_error(kit),
        "table posts references users, which is not in SCHEMA(half, ...)");
    vg_kit_close(kit);
}

/* The n-th allocation fails: said, and nothing is left. */
static void test_snapshot__out_of_memory(void **state)
{
    (void)state;
    rt_heap heap = {0};
    bool failed = true;
    for (size_t nth = 1; failed && nth < 2000; nth++) {
        vg_kit *kit;
        job j = {.schema = &whole};
        rt_heap_arm(&heap, nth, false);
        int rc = vg_kit_open(&kit, &(vg_kit_config){.allocator = rt_allocator(&heap)});
        if (rc == VG_OK)
            rc = vgk_enter(kit, write_it, &j);
        if (rc == VG_OK)
            rc = vgk_enter(kit, read_it, &j);
        failed = heap.failed;
        assert_int_equal(rc, failed ? VG_NO_MEMORY : VG_OK);
        assert_string_equal(vg_kit_error(kit), !failed ? ""
                                               : kit   ? "out of memory"
                                                       : vg_code_text(VG_NO_MEMORY));
        vg_kit_close(kit);
        rt_heap_check_empty(&heap);
    }
    assert_false(failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_snapshot__is_what_drizzle_kit_writes),
        cmocka_unit_test(test_snapshot__reads_what_it_wrote),
        cmocka_unit_test(test_snapshot__holds_what_drizzle_kit_does_not_know),
        cmocka_unit_test(test_snapshot__of_views),
        cmocka_unit_test(test_snapshot__malformed),
        cmocka_unit_test(test_snapshot__version_5_is_upgraded),
        cmocka_unit_test(test_snapshot__says_what_is_wrong_with_the_schema),
        cmocka_unit_test(test_snapshot__out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
