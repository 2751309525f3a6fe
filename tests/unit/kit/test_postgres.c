/* The kit on PostgreSQL without a server: what drizzle-kit's snapshot cannot hold, older
 * snapshots, notes on statements, the way back. What drizzle-kit writes too is shown beside it,
 * in tests/interop/pairs_pg. */
#include "kit/dialect.h"
#include "check.h"
#include "kit/folder.h"
#include "rt_heap.h"

// clang-format off
ENUM(mood, sad, ok)
NAMESPACE(auth)
EXTENSION(citext, VERSION("1.6"))
SEQUENCE(numbers, START_WITH(5))
ROLE(reader)

TABLE(clubs,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT, NOT_NULL, UNIQUE))

TABLE(rooms,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(club_id, INTEGER, REFERENCES(clubs, id, INITIALLY_DEFERRED)),
    COLUMN(mood,    PG_ENUM(mood)),
    COLUMN(span,    INT4RANGE),
    INDEX_ON(rooms_ix, ON(club_id), INCLUDE(mood)),
    EXCLUDE(rooms_span, ON(span, OPERATOR("&&")), ON_USING("gist")),
    POLICY(rooms_read, FOR(SELECT), TO("reader"), USING_SQL("true")),
    FORCE_RLS)

TABLE(logs,
    COLUMN(at,   TIMESTAMP, NOT_NULL),
    COLUMN(text, TEXT),
    IN_SCHEMA("auth"), PARTITIONED_BY("range (at)"))

TABLE(changed_rooms, NAME("rooms"),
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(club_id, INT, NOT_NULL, REFERENCES(clubs, id)),
    COLUMN(mood,    TEXT),
    COLUMN(size,    INTEGER, NOT_NULL),
    INDEX_ON(rooms_ix, ON(club_id), INCLUDE(size)),
    UNIQUE(rooms_two, club_id, size))

TABLE(other_logs, NAME("logs"),
    COLUMN(at,   TIMESTAMP, NOT_NULL),
    COLUMN(text, TEXT),
    IN_SCHEMA("auth"))

TABLE(people, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(full_name, TEXT))
TABLE(persons, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT))
ENUM(state, sad_, ok_)
SEQUENCE(counts)
ROLE(writer)
NAMESPACE(users)
TRIGGER(clubs_log, AFTER, DELETE, clubs, "delete from logs")
FTS_TABLE(clubs_fts, FTS_COLUMN(name))
TABLE(states, COLUMN(s, PG_ENUM(state)))

SCHEMA(nothing, )
SCHEMA(only_clubs, clubs)
SCHEMA(whole, auth, citext, numbers, reader, clubs, rooms, logs)
SCHEMA(changed, auth, clubs, changed_rooms, logs)
SCHEMA(unpartitioned, auth, clubs, other_logs)
SCHEMA(with_trigger, clubs, clubs_log)
SCHEMA(with_fts, clubs_fts)
SCHEMA(named, auth, reader, numbers, persons, states)
SCHEMA(renamed, users, writer, counts, people, states)
// clang-format on

typedef struct job {
    const vg_schema *from, *to;
    const vgk_renames *decisions;
    vgk_snapshot a, b;
    const char *json, *companion, *sql, *down;
    vgk_questions questions;
    vgk_statements statements;
    vgk_texts losses;
} job;

static void check_contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_error("%s\nis not in\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static vg_kit *open_kit(void)
{
    vg_kit *kit;
    assert_int_equal(vg_kit_open(&kit, &(vg_kit_config){.dialect = "postgresql"}),
                     VG_OK);
    return kit;
}

/* From one schema to the other, and the snapshot of the second. */
static int go(vg_kit *kit, void *args)
{
    job *j = args;
    vgk_renames renames = {0};
    vgk_changes changes = {0};
    vgk_statements back = {0};
    size_t len;
    int rc = vgk_snapshot_of_schema(kit, j->from, &j->a);
    rc = rc ? rc : vgk_snapshot_of_schema(kit, j->to, &j->b);
    rc = rc ? rc : vgk_decide(kit, &j->a, &j->b, j->decisions, &renames, &j->questions);
    rc = rc ? rc : vgk_diff(kit, &j->a, &j->b, &renames, &changes);
    rc = rc ? rc : kit->dialect->statements(kit, &changes, &j->statements);
    rc = rc ? rc : vgk_inverse(kit, &changes, &back, &j->losses);
    if (rc != VG_OK)
        return rc;
    j->sql = vgk_join(kit, &j->statements, false, NULL);
    j->down = vgk_down(kit, &back, &j->losses, false);
    j->b.id = "a";
    j->b.prev_id = vgk_first_id;
    j->json = vgk_snapshot_write(kit, &j->b, &len);
    j->companion = vgk_companion_write(kit, &j->b, &len);
    return VG_OK;
}

static int read_again(vg_kit *kit, void *args)
{
    job *j = args;
    size_t len;
    int rc = vgk_snapshot_read(kit, j->json, strlen(j->json), "s.json", &j->a, NULL);
    if (rc == VG_OK && j->companion)
        rc = vgk_companion_read(kit, j->companion, strlen(j->companion), "_s.json",
                                &j->a);
    if (rc != VG_OK)
        return rc;
    j->json = vgk_snapshot_write(kit, &j->a, &len);
    j->companion = vgk_companion_write(kit, &j->a, &len);
    return VG_OK;
}

static void check_go(vg_kit *kit, job *j)
{
    int rc = vgk_enter(kit, go, j);
    if (rc != VG_OK)
        print_error("%s\n", vg_kit_error(kit));
    assert_int_equal(rc, VG_OK);
}

static void test_postgres__companion_holds_the_rest(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.from = &nothing, .to = &whole};
    check_go(kit, &j);
    assert_string_equal(
        j.companion, "{\n"
                     "  \"tables\": {\n"
                     "    \"rooms\": {\n"
                     "      \"name\": \"rooms\",\n"
                     "      \"forceRowSecurity\": true,\n"
                     "      \"indexes\": {\n"
                     "        \"rooms_ix\": {\n"
                     "          \"name\": \"rooms_ix\",\n"
                     "          \"include\": [\n"
                     "            \"mood\"\n"
                     "          ]\n"
                     "        }\n"
                     "      },\n"
                     "      \"foreignKeys\": {\n"
                     "        \"rooms_club_id_clubs_id_fk\": {\n"
                     "          \"name\": \"rooms_club_id_clubs_id_fk\",\n"
                     "          \"deferrable\": \"deferrable initially deferred\"\n"
                     "        }\n"
                     "      },\n"
                     "      \"excludes\": {\n"
                     "        \"rooms_span\": {\n"
                     "          \"name\": \"rooms_span\",\n"
                     "          \"definition\": \"USING gist (\\\"span\\\" WITH &&)\"\n"
                     "        }\n"
                     "      }\n"
                     "    },\n"
                     "    \"auth.logs\": {\n"
                     "      \"name\": \"auth.logs\",\n"
                     "      \"partitionBy\": \"range (at)\"\n"
                     "    }\n"
                     "  },\n"
                     "  \"extensions\": {\n"
                     "    \"citext\": {\n"
                     "      \"name\": \"citext\",\n"
                     "      \"version\": \"1.6\"\n"
                     "    }\n"
                     "  }\n"
                     "}");
    const char *json = j.json, *companion = j.companion;
    assert_int_equal(vgk_enter(kit, read_again, &j), VG_OK);
    assert_string_equal(j.json, json);
    assert_string_equal(j.companion, companion);
    vg_kit_close(kit);
}

static void test_postgres__writes_the_rest(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.from = &nothing, .to = &whole};
    check_go(kit, &j);
    const char *const parts[] = {
        "CREATE EXTENSION IF NOT EXISTS \"citext\" VERSION '1.6';",
        "CONSTRAINT \"rooms_span\" EXCLUDE USING gist (\"span\" WITH &&)\n);",
        "ALTER TABLE \"rooms\" ENABLE ROW LEVEL SECURITY;\n"
        "ALTER TABLE \"rooms\" FORCE ROW LEVEL SECURITY;",
        "\"text\" text\n) PARTITION BY range (at);",
        "REFERENCES \"public\".\"clubs\"(\"id\") ON DELETE no action ON UPDATE no "
        "action "
        "DEFERRABLE INITIALLY DEFERRED;",
        "USING btree (\"club_id\") INCLUDE (\"mood\");"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        check_contains(j.sql, parts[i]);
    job k = {.from = &whole, .to = &only_clubs};
    check_go(kit, &k);
    check_contains(k.sql, "DROP ROLE \"reader\";\nDROP EXTENSION \"citext\";");
    vg_kit_close(kit);
}

/* ---- notes ---- */

static const vgk_statement *statement(const job *j, const char *part)
{
    for (size_t i = 0; i < j->statements.len; i++)
        if (strstr(j->statements.data[i].sql, part))
            return &j->statements.data[i];
    print_error("no statement has %s in\n%s\n", part, j->sql);
    fail();
    return NULL;
}

/* Proves: K048. */
static void test_postgres__says_what_a_statement_does(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.from = &whole, .to = &changed};
    check_go(kit, &j);
    const struct {
        const char *part;
        unsigned flags;
        const char *note;
    } all[] = {
        {"DROP COLUMN \"span\"", VGK_LOSES, "drops column rooms.span and its values"},
        {"ADD COLUMN \"size\"", VGK_MAY_FAIL,
         "fails if table rooms has rows: size is NOT NULL and has no default; give it "
         "one, or let it be NULL first"},
        {"SET DATA TYPE integer", VGK_REWRITES | VGK_MAY_FAIL,
         "rewrites table rooms: rooms.club_id changes from bigint to integer; fails if "
         "a "
         "value of rooms.club_id is no integer"},
        {"\"club_id\" SET NOT NULL", VGK_REWRITES | VGK_MAY_FAIL,
         "reads all of table rooms; fails if rooms.club_id is NULL in a row: fill it "
         "first"},
        {"ADD CONSTRAINT \"rooms_two\"", VGK_REWRITES | VGK_MAY_FAIL,
         "reads all of table rooms; fails if two rows of rooms have the same "
         "rooms_two"},
        {"CREATE INDEX", VGK_REWRITES, "reads all of table rooms"},
        {"DISABLE ROW LEVEL SECURITY", 0,
         "rows of rooms are no longer kept from anybody"},
        {"DROP SEQUENCE", VGK_LOSES,
         "drops sequence numbers and how far it has counted"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const vgk_statement *s = statement(&j, all[i].part);
        assert_int_equal(s->flags, all[i].flags);
        assert_string_equal(s->note, all[i].note);
    }
    check_contains(j.sql, "ALTER TABLE \"rooms\" NO FORCE ROW LEVEL SECURITY;");
    check_contains(j.sql, "ALTER TABLE \"rooms\" DROP CONSTRAINT \"rooms_span\";");
    check_contains(j.down, "-- irreversible: drops column rooms.span and its values\n");
    check_contains(j.down, "-- irreversible: drops sequence numbers");
    check_contains(j.down, "ADD COLUMN \"span\" \"int4range\";");
    check_contains(j.down, "CREATE ROLE \"reader\";");
    vg_kit_close(kit);
}

static void check_refused(const vg_schema *from, const vg_schema *to, int code,
                          const char *message)
{
    vg_kit *kit = open_kit();
    job j = {.from = from, .to = to};
    assert_int_equal(vgk_enter(kit, go, &j), code);
    check_contains(vg_kit_error(kit), message);
    vg_kit_close(kit);
}

static void test_postgres__refuses_what_it_cannot_do(void **state)
{
    (void)state;
    check_refused(
        &whole, &unpartitioned, VG_UNSUPPORTED,
        "table auth.logs: PostgreSQL cannot change how a table is partitioned");
    check_refused(&nothing, &with_trigger, VG_UNSUPPORTED, "clubs_log");
    check_refused(&nothing, &with_fts, VG_UNSUPPORTED, "clubs_fts");
}

/* ---- questions ---- */

/* Proves: K036. */
static void test_postgres__asks_about_each_kind(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.from = &named, .to = &renamed};
    check_go(kit, &j);
    const struct {
        vgk_kind kind;
        const char *name, *candidate;
    } asked[] = {{VGK_NAMESPACE, "users", "auth"},
                 {VGK_SEQUENCE, "counts", "numbers"},
                 {VGK_ROLE, "writer", "reader"},
                 {VGK_TABLE, "people", "persons"}};
    assert_int_equal(j.questions.len, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(j.questions.data[i].kind, asked[i].kind);
        assert_string_equal(j.questions.data[i].name, asked[i].name);
        assert_string_equal(j.questions.data[i].candidates.data[0], asked[i].candidate);
    }
    vgk_rename wrong = {VGK_ROLE, "", "nobody", "writer"};
    vgk_renames decisions = {&wrong, 1};
    j = (job){.from = &named, .to = &renamed, .decisions = &decisions};
    assert_int_equal(vgk_enter(kit, go, &j), VG_INVALID);
    check_contains(vg_kit_error(kit),
                   "the rename of role nobody to writer fits nothing");
    check_contains(vg_kit_error(kit), "roles: gone reader; new writer");
    vg_kit_close(kit);
}

/* ---- older versions ---- */

static const char version_5[] =
    "{\"id\":\"a\",\"prevId\":\"b\",\"version\":\"5\",\"dialect\":\"pg\",\"tables\":{"
    "\"t\":{\"name\":\"t\",\"schema\":\"\",\"columns\":{"
    "\"e\":{\"name\":\"e\",\"type\":\"e\",\"primaryKey\":false,\"notNull\":false}},"
    "\"indexes\":{\"t_e\":{\"name\":\"t_e\",\"columns\":[\"e\"],\"isUnique\":false}},"
    "\"foreignKeys\":{},\"compositePrimaryKeys\":{},\"uniqueConstraints\":{}}},"
    "\"enums\":{\"e\":{\"name\":\"e\",\"values\":{\"x\":\"x\",\"y\":\"y\"}}},"
    "\"schemas\":{\"s\":\"s\"},"
    "\"_meta\":{\"schemas\":{},\"tables\":{},\"columns\":{}}}";

/* Proves: K014. */
static void test_postgres__reads_versions_5_and_6(void **state)
{
    (void)state;
    vg_kit *kit = open_kit();
    job j = {.json = version_5};
    assert_int_equal(vgk_enter(kit, read_again, &j), VG_OK);
    check_contains(j.json, "\"version\": \"7\",\n  \"dialect\": \"postgresql\"");
    check_contains(j.json,
                   "\"public.t\": {\n      \"name\": \"t\",\n      \"schema\": \"\"");
    check_contains(j.json, "\"type\": \"e\",\n          \"typeSchema\": \"public\"");
    check_contains(j.json,
                   "\"expression\": \"e\",\n              \"isExpression\": false,\n"
                   "              \"asc\": true,\n"
                   "              \"nulls\": \"last\"");
    check_contains(j.json, "\"method\": \"btree\",\n          \"with\": {}");
    check_contains(j.json, "\"values\": [\n        \"x\",\n        \"y\"\n      ]");
    check_contains(j.json, "\"isRLSEnabled\": false");
    check_contains(j.json, "\"schemas\": {\n    \"s\": \"s\"\n  }");
    vg_kit_close(kit);
}

static void test_postgres__out_of_memory(void **state)
{
    (void)state;
    rt_heap heap = {0};
    bool failed = true;
    for (size_t nth = 1; failed && nth < 4000; nth++) {
        vg_kit *kit;
        job j = {.from = &whole, .to = &changed};
        rt_heap_arm(&heap, nth, false);
        int rc = vg_kit_open(&kit, &(vg_kit_config){.allocator = rt_allocator(&heap),
                                                    .dialect = "postgresql"});
        rc = rc ? rc : vgk_enter(kit, go, &j);
        rc = rc ? rc : vgk_enter(kit, read_again, &j);
        failed = heap.failed;
        assert_int_equal(rc, failed ? VG_NO_MEMORY : VG_OK);
        vg_kit_close(kit);
        rt_heap_check_empty(&heap);
    }
    assert_false(failed);
}

/* Scratch databases are compared one after the other, and roles are the server's: others make
 * and drop theirs meanwhile. One that is missing is still told. */
static void test_postgres__roles_of_others_are_no_difference(void **state)
{
    (void)state;
    vgk_role there[] = {{.name = "reader"}, {.name = "passes_by"}};
    vgk_role said[] = {{.name = "reader"}, {.name = "writer"}};
    vgk_snapshot live = {.roles = {.data = there, .len = 2}};
    const vgk_snapshot wanted = {.roles = {.data = said, .len = 2}};
    vgk_dialect_postgres.hide_shared(&live, &wanted);
    assert_int_equal(live.roles.len, 1);
    assert_string_equal(live.roles.data[0].name, "reader");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_postgres__companion_holds_the_rest),
        cmocka_unit_test(test_postgres__writes_the_rest),
        cmocka_unit_test(test_postgres__says_what_a_statement_does),
        cmocka_unit_test(test_postgres__refuses_what_it_cannot_do),
        cmocka_unit_test(test_postgres__asks_about_each_kind),
        cmocka_unit_test(test_postgres__reads_versions_5_and_6),
        cmocka_unit_test(test_postgres__roles_of_others_are_no_difference),
        cmocka_unit_test(test_postgres__out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
