/* Arbitrary text as a fragment and as a whole statement, with its ? marks, quotes and
 * comments. SQLite is the judge: where it can parse what was rendered, it finds as many
 * parameters in it as Virga binds.
 *
 *     input: how many values, a byte; what kinds, a byte; the text */
#include "fuzz.h"
#include <sqlite3.h>
#include <virga/virga.h>

// clang-format off
TABLE(pages,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(text, TEXT,    NOT_NULL, NAME("the ? \"text\"")))
// clang-format on

SCHEMA(all_pages, pages)

enum { MAX_VALUES = 6 };

static vg_db *db;
static vg_arena arena;

static void start(void)
{
    if (db)
        return;
    FUZZ_CHECK(vg_open(&db, ":memory:", NULL) == VG_OK);
    FUZZ_CHECK(vg_create(db, &all_pages) == VG_OK);
}

/* SQLite has other parameters, too; what looks like one of them is left out. */
static bool has_other_parameters(const char *text)
{
    if (strpbrk(text, ":@$#["))
        return true;
    for (; *text; text++)
        if (*text == '?' && text[1] >= '0' && text[1] <= '9')
            return true;
    return false;
}

static void check(const vg_clause *query, size_t count)
{
    vg_rendered sql;
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL;
    int rc = vg_render_sql(&arena, &vg_dialect_sqlite, &sql, query, count);
    if (rc != VG_OK) {
        FUZZ_CHECK(sql.error[0] != '\0' || rc == VG_NO_MEMORY);
        return;
    }
    FUZZ_CHECK(sql.text);
    if (has_other_parameters(sql.text))
        return;
    int found = -1;
    if (sqlite3_prepare_v2(vg_raw(db), sql.text, -1, &stmt, &tail) == SQLITE_OK &&
        stmt && !*tail)
        found = sqlite3_bind_parameter_count(stmt);
    if (found >= 0 && found != (int)sql.param_count)
        fprintf(stderr, "%s\n", sql.text);
    FUZZ_CHECK(found < 0 || found == (int)sql.param_count);
    sqlite3_finalize(stmt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes in = {data, data + size};
    vg_value values[MAX_VALUES], room[MAX_VALUES];
    size_t count = fuzz_next(&in) % (MAX_VALUES + 1);
    unsigned kinds = fuzz_next(&in);
    start();
    for (size_t i = 0; i < MAX_VALUES; i++, kinds /= 2)
        values[i] = kinds % 2 ? vg_of_node(&pages.vg_shape.nodes[i % 2]) : vg_of_int(7);
    /* Twice the mark is a mark of SQL's own, which the program answers for. */
    char *text = vg_arena_text(&arena, (const char *)in.at, (size_t)(in.end - in.at));
    FUZZ_CHECK(text);
    if (strstr(text, "??"))
        return 0;

    const vg_clause raw = vg_raw_sql(text, count, values);
    check(&raw, 1);
    vg_node node = {0};
    vg_fragment(&node, room, VG_TYPE_INTEGER, text, count, values[0], values[1],
                values[2], values[3], values[4], values[5]);
    vg_node not_node = {.op = VG_OP_NOT, .a = &node};
    const vg_clause select[] = {vg_select_value(NULL, &node, VG_K_int | VG_K_EXPR),
                                vg_from(&pages.vg_shape),
                                vg_condition(VG_CLAUSE_WHERE, &not_node)};
    check(select, 3);
    vg_arena_reset(&arena);
    return 0;
}
