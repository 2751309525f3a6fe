/* Statements of the kit on real SQLite: whatever is done to a schema, the database ends as the
 * new one, keeps its rows, and comes back. */
#include "check.h"
#include "kit_random.h"
#include "kit_schema.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    const char *from, *to, *renames;
    vgk_statements sql, back, fresh, fresh_from;
    vgk_texts losses;
    vgk_snapshot a, b;
    vgk_changes changes;
} job;

static int body(vg_kit *kit, void *args)
{
    job *j = args;
    vgk_snapshot none;
    vgk_changes c;
    vgk_questions questions;
    vgk_renames renames = {0}, decisions = renames_of(kit, j->renames);
    schema_of(kit, "", &none);
    schema_of(kit, j->from, &j->a);
    schema_of(kit, j->to, &j->b);
    if (vgk_decide(kit, &j->a, &j->b, &decisions, &renames, &questions) ||
        vgk_diff(kit, &none, &j->a, NULL, &c) ||
        kit->dialect->statements(kit, &c, &j->fresh_from) ||
        vgk_diff(kit, &none, &j->b, NULL, &c) ||
        kit->dialect->statements(kit, &c, &j->fresh) ||
        vgk_diff(kit, &j->a, &j->b, &renames, &j->changes) ||
        kit->dialect->statements(kit, &j->changes, &j->sql))
        return kit->code;
    return vgk_inverse(kit, &j->changes, &j->back, &j->losses);
}

static const char *failing;

static bool apply(sqlite3 *db, const vgk_statements *list)
{
    char *error = NULL;
    sqlite3_exec(db, "PRAGMA foreign_keys=OFF; BEGIN", NULL, NULL, NULL);
    for (size_t i = 0; i < list->len; i++) {
        if (sqlite3_exec(db, list->data[i].sql, NULL, NULL, &error)) {
            fprintf(stderr, "%s\n  in: %s\n", error, list->data[i].sql);
            sqlite3_free(error);
            failing = list->data[i].sql;
            sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
            return false;
        }
    }
    return sqlite3_exec(db, "COMMIT; PRAGMA foreign_keys=ON", NULL, NULL, NULL) ==
           SQLITE_OK;
}

/* ---- what a database is ---- */

/* All rows of a query, a line each. */
static void rows(sqlite3 *db, FILE *out, const char *format, const char *name)
{
    sqlite3_stmt *st;
    char *sql = sqlite3_mprintf(format, name);
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL)) {
        fprintf(out, "%s: %s\n", sql, sqlite3_errmsg(db));
        sqlite3_free(sql);
        return;
    }
    while (sqlite3_step(st) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(st); i++)
            fprintf(out, "%s|",
                    sqlite3_column_type(st, i) == SQLITE_NULL
                        ? "NULL"
                        : (const char *)sqlite3_column_text(st, i));
        putc('\n', out);
    }
    sqlite3_finalize(st);
    sqlite3_free(sql);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* CREATE TABLE, without quotes, blanks, the order of its parts, and foreign keys. */
static void put_parts(FILE *out, const char *sql)
{
    char *text = strdup(sql), *parts[64], *to = text;
    size_t count = 0;
    int depth = 0;
    for (const char *c = sql; *c; c++)
        if (!strchr(" \t\n`\"", *c))
            *to++ = *c;
    *to = 0;
    char *start = strchr(text, '(') + 1;
    for (char *c = start; *c; c++) {
        depth += (*c == '(') - (*c == ')');
        if ((*c == ',' && depth == 0) || depth < 0) {
            parts[count++] = start;
            start = c + 1;
            bool last = depth < 0;
            *c = 0;
            if (last)
                break;
        }
    }
    parts[count++] = start; /* STRICT */
    qsort(parts, count, sizeof *parts, by_text);
    for (size_t i = 0; i < count; i++) {
        char *key = strstr(parts[i], "REFERENCES");
        if (key)
            *key = 0;
        if (strncmp(parts[i], "FOREIGNKEY", 10) != 0)
            fprintf(out, "  %s\n", parts[i]);
    }
    free(text);
}

/* free it */
static char *schema_text(sqlite3 *db)
{
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    sqlite3_stmt *st;
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT type, name, tbl_name, sql FROM sqlite_schema "
                           "WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
                           -1, &st, NULL),
        SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW) {
        const char *type = (const char *)sqlite3_column_text(st, 0);
        const char *name = (const char *)sqlite3_column_text(st, 1);
        const char *sql = (const char *)sqlite3_column_text(st, 3);
        fprintf(out, "%s %s on %s\n", type, name, sqlite3_column_text(st, 2));
        if (strcmp(type, "table") == 0) {
            put_parts(out, sql);
            rows(db, out,
                 "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM "
                 "pragma_table_xinfo(%Q) ORDER BY name",
                 name);
            rows(db, out,
                 "SELECT \"table\", \"from\", \"to\", on_update, on_delete FROM "
                 "pragma_foreign_key_list(%Q) ORDER BY 1, 2",
                 name);
        } else {
            for (const char *c = sql; *c; c++)
                if (!strchr(" \t\n`\"", *c))
                    putc(*c, out);
            putc('\n', out);
        }
    }
    sqlite3_finalize(st);
    fclose(out);
    return text;
}

/* The values that stay, of tables that stay. free it */
static char *values_text(sqlite3 *db, const job *j, bool after)
{
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    for (size_t i = 0; i < j->a.tables.len; i++) {
        const vgk_table *a = &j->a.tables.data[i];
        const vgk_table_change *change = NULL, unchanged = {.from = a, .to = a};
        for (size_t k = 0; k < j->changes.altered.len; k++)
            if (j->changes.altered.data[k].from == a)
                change = &j->changes.altered.data[k];
        for (size_t k = 0; !change && k < j->changes.tables.len; k++)
            if (j->changes.tables.data[k].from == a)
                a = NULL;
        if (!a)
            continue;
        change = change ? change : &unchanged;
        fprintf(out, "%s\n", a->name);
        for (size_t k = 0; k < change->to->columns.len; k++) {
            const vgk_column *to = &change->to->columns.data[k];
            const vgk_column *from = vgk_column_before(&j->changes, change, to->name);
            if (!from || to->generated || strcmp(from->type, to->type) != 0)
                continue;
            char *column = sqlite3_mprintf("SELECT \"%w\" FROM \"%%w\" ORDER BY id",
                                           after ? to->name : from->name);
            rows(db, out, column, after ? change->to->name : a->name);
            sqlite3_free(column);
        }
    }
    fclose(out);
    return text;
}

static sqlite3 *fresh(const vgk_statements *list)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_true(apply(db, list));
    return db;
}

/* ---- the test ---- */

static bool same(const char *what, char *a, char *b)
{
    bool equal = strcmp(a, b) == 0;
    if (!equal)
        fprintf(stderr, "--- %s, want:\n%s\n--- got:\n%s\n", what, a, b);
    free(a);
    free(b);
    return equal;
}

/* free it */
static char *violations(sqlite3 *db)
{
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    rows(db, out, "PRAGMA foreign_key_check%s", "");
    fclose(out);
    return text;
}

static void empty(sqlite3 *db, const job *j)
{
    sqlite3_exec(db, "PRAGMA foreign_keys=OFF", NULL, NULL, NULL);
    for (size_t i = 0; i < j->b.tables.len; i++) {
        char *sql = sqlite3_mprintf("DELETE FROM \"%w\"", j->b.tables.data[i].name);
        sqlite3_exec(db, sql, NULL, NULL, NULL);
        sqlite3_free(sql);
    }
}

static bool there_and_back(const job *j, const char *inserts)
{
    char *error = NULL;
    sqlite3 *db = fresh(&j->fresh_from), *want = fresh(&j->fresh),
            *was = fresh(&j->fresh_from);
    if (sqlite3_exec(db, "PRAGMA foreign_keys=OFF", NULL, NULL, NULL) ||
        sqlite3_exec(db, inserts, NULL, NULL, &error)) {
        fprintf(stderr, "%s\n", error);
        return false;
    }
    char *before = values_text(db, j, false);
    bool good = apply(db, &j->sql);
    good = good && same("schema", schema_text(want), schema_text(db)) &&
           same("values", strdup(before), values_text(db, j, true)) &&
           same("violations", strdup(""), violations(db));
    if (j->losses.len) /* what comes back is empty, and a row may not fit */
        empty(db, j);
    good = good && apply(db, &j->back);
    good = good && same("schema back", schema_text(was), schema_text(db)) &&
           (j->losses.len ||
            (same("values back", strdup(before), values_text(db, j, false)) &&
             same("violations", strdup(""), violations(db))));
    free(before);
    sqlite3_close(db);
    sqlite3_close(want);
    sqlite3_close(was);
    return good;
}

static bool one(uint64_t seed)
{
    random_schema s;
    random_schema_make(&s, seed);
    char *from = random_schema_lines(&s), *inserts = random_schema_rows(&s);
    random_schema_change(&s, 1 + (int)(seed % 12));
    char *to = random_schema_lines(&s), *renames = random_schema_renames(&s);
    vg_kit *kit;
    job j = {.from = from, .to = to, .renames = renames};
    assert_int_equal(vg_kit_open(&kit, NULL), VG_OK);
    bool good = vgk_enter(kit, body, &j) == VG_OK;
    if (!good)
        fprintf(stderr, "%s\n", vg_kit_error(kit));
    good = good && there_and_back(&j, inserts);
    if (!good) {
        fprintf(stderr, "seed %llu\n==== from\n%s==== to\n%s==== renames\n%s==== sql\n",
                (unsigned long long)seed, from, to, renames);
        for (size_t i = 0; i < j.sql.len; i++)
            fprintf(stderr, "%s\n", j.sql.data[i].sql);
        fprintf(stderr, "==== back\n");
        for (size_t i = 0; i < j.back.len; i++)
            fprintf(stderr, "%s\n", j.back.data[i].sql);
    }
    vg_kit_close(kit);
    free(from);
    free(to);
    free(inserts);
    free(renames);
    return good;
}

/* Proves: K044 K045 K046 K047 K048 K049 K050 K051 K052 K054. */
static void test_diff__ends_as_the_new_schema_and_comes_back(void **state)
{
    (void)state;
    /* One seed alone, or more of them: VIRGA_KIT_SEED=7, VIRGA_KIT_SEEDS=5000. */
    const char *only = getenv("VIRGA_KIT_SEED"), *many = getenv("VIRGA_KIT_SEEDS");
    uint64_t first = only ? strtoull(only, NULL, 10) : 1;
    uint64_t count = many ? strtoull(many, NULL, 10) : only ? 1 : 300;
    for (uint64_t seed = first; seed < first + count; seed++)
        assert_true(one(seed));
}

#define NOTES(body)                                                                    \
    "table|notes\ncol|id|integer|pk nn\ncol|body|text" body "\n"                       \
    "table|log\ncol|id|integer|pk nn\ncol|note|integer|nn\nfk|note|notes|id|cascade\n" \
    "virtual|found|CREATE VIRTUAL TABLE found USING fts5(body, content='notes', "      \
    "content_rowid='id');|INSERT INTO found(found) VALUES('rebuild');\n"               \
    "trigger|found_insert|notes|CREATE TRIGGER found_insert AFTER INSERT ON notes "    \
    "BEGIN "                                                                           \
    "INSERT INTO found(rowid, body) VALUES (new.id, new.body); END;\n"                 \
    "trigger|logs|notes|CREATE TRIGGER logs AFTER UPDATE ON notes BEGIN "              \
    "INSERT INTO log(note) VALUES (new.id); END;\n"

/* The index and the triggers of a table outlive its recreation, and so do rows that refer to
 * it. */
static void test_diff__keeps_what_hangs_on_a_recreated_table(void **state)
{
    (void)state;
    vg_kit *kit;
    job j = {.from = NOTES(""), .to = NOTES("|nn|'none'"), .renames = ""};
    assert_int_equal(vg_kit_open(&kit, NULL), VG_OK);
    assert_int_equal(vgk_enter(kit, body, &j), VG_OK);
    sqlite3 *db = fresh(&j.fresh_from);
    static const char rows_in[] = "INSERT INTO notes VALUES (1, 'a cat'), (2, 'a dog');"
                                  "INSERT INTO log VALUES (1, 1), (2, 2)";
    assert_int_equal(sqlite3_exec(db, rows_in, NULL, NULL, NULL), SQLITE_OK);
    assert_true(apply(db, &j.sql));
    assert_int_equal(sqlite3_exec(db,
                                  "INSERT INTO notes VALUES (3, 'a cat too');"
                                  "UPDATE notes SET body = 'no dog' WHERE id = 2",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    rows(db, out, "SELECT rowid FROM found WHERE found MATCH %Q ORDER BY 1", "cat");
    rows(db, out, "SELECT note FROM log ORDER BY id", "");
    fclose(out);
    assert_string_equal(text, "1|\n3|\n1|\n2|\n2|\n");
    free(text);
    assert_true(apply(db, &j.back));
    assert_true(same("schema", schema_text(db), schema_text(db)));
    sqlite3_close(db);
    vg_kit_close(kit);
}

/* A row that does not fit: nothing is changed. */
static void test_diff__leaves_all_as_it_was_when_rows_do_not_fit(void **state)
{
    (void)state;
    vg_kit *kit;
    job j = {.from = "table|t\ncol|a|text\ntable|u\ncol|a|text\n",
             .to = "table|t\ncol|a|text\ncol|b|text\ntable|u\ncol|a|text|nn\n",
             .renames = ""};
    assert_int_equal(vg_kit_open(&kit, NULL), VG_OK);
    assert_int_equal(vgk_enter(kit, body, &j), VG_OK);
    sqlite3 *db = fresh(&j.fresh_from);
    sqlite3_exec(db, "INSERT INTO u VALUES (NULL), ('x')", NULL, NULL, NULL);
    char *before = schema_text(db);
    assert_false(apply(db, &j.sql));
    assert_non_null(strstr(failing, "INSERT INTO `__new_u`"));
    assert_true(same("schema", before, schema_text(db)));
    for (size_t i = 0; i < j.sql.len; i++)
        if (strcmp(j.sql.data[i].sql, failing) == 0)
            assert_non_null(
                strstr(j.sql.data[i].note, "fails if u.a is NULL in a row"));
    sqlite3_close(db);
    vg_kit_close(kit);
}

/* ---- memory ---- */

typedef struct budget {
    size_t left;
} budget;

static void *limited(void *ctx, void *ptr, size_t old, size_t size)
{
    budget *b = ctx;
    (void)old;
    if (!size) {
        free(ptr);
        return NULL;
    }
    if (b->left == 0)
        return NULL;
    b->left--;
    return realloc(ptr, size);
}

static void test_diff__survives_each_failed_allocation(void **state)
{
    (void)state;
    int code = VG_NO_MEMORY;
    size_t n = 1;
    for (; code == VG_NO_MEMORY && n < 20000; n++) {
        budget b = {n};
        vg_kit *kit;
        job j = {.from = NOTES(""), .to = NOTES("|nn|'none'"), .renames = ""};
        code = vg_kit_open(&kit, &(vg_kit_config){.allocator = {limited, &b}});
        if (code == VG_OK)
            code = vgk_enter(kit, body, &j);
        vg_kit_close(kit);
    }
    assert_int_equal(code, VG_OK);
    assert_true(n > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_diff__ends_as_the_new_schema_and_comes_back),
        cmocka_unit_test(test_diff__keeps_what_hangs_on_a_recreated_table),
        cmocka_unit_test(test_diff__leaves_all_as_it_was_when_rows_do_not_fit),
        cmocka_unit_test(test_diff__survives_each_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
