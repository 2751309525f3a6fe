/* Arbitrary text that a user types, as a pattern and as a full-text query: escaped it is
 * found where it stands and nowhere else, quoted it is never a syntax error.
 *
 *     input: how much of the text stands in the row before it, a byte; the text */
#include "fuzz.h"
#include <virga/virga.h>

// clang-format off
TABLE(lines,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(text, TEXT,    NOT_NULL))
FTS_TABLE(lines_fts, FTS_COLUMN(text), CONTENT(lines, id))
// clang-format on

SCHEMA(all_lines, lines, lines_fts)

static vg_db *db;
static vg_arena arena;

static void start(void)
{
    if (db)
        return;
    FUZZ_CHECK(vg_open(&db, ":memory:", NULL) == VG_OK);
    FUZZ_CHECK(vg_create(db, &all_lines) == VG_OK);
    FUZZ_CHECK(vg_exec(db, INSERT_INTO(lines, SET(id, 1), SET(text, "x"))) == VG_OK);
}

/* 1 if the row has it: as SQLite's LIKE compares, ASCII letters match in either case. */
static int64_t count(vg_predicate where)
{
    int64_t n = -1;
    FUZZ_CHECK(vg_count(db, &n, FROM(lines), WHERE(where)) == VG_OK);
    return n;
}

static void check_pattern(const char *text, size_t before)
{
    const char *escaped = vg_like_escape(&arena, text);
    FUZZ_CHECK(escaped);
    FUZZ_CHECK(vg_exec(db, UPDATE(lines, SET(text, text)), ALL_ROWS) == VG_OK);
    FUZZ_CHECK(count(LIKE_ESCAPED(lines.text, escaped)) == 1);
    FUZZ_CHECK(count(CONTAINS(lines.text, text + before)) == 1);
    FUZZ_CHECK(count(ENDS_WITH(lines.text, text + before)) == 1);
    FUZZ_CHECK(count(STARTS_WITH(lines.text, text)) == 1);
    /* The same length in other letters is not found, were there a wildcard or not. */
    char *other = vg_arena_text(&arena, text, strlen(text));
    FUZZ_CHECK(other);
    for (char *c = other; *c; c++)
        *c = '#';
    if (*other && !strchr(text, '#')) {
        FUZZ_CHECK(vg_exec(db, UPDATE(lines, SET(text, other)), ALL_ROWS) == VG_OK);
        FUZZ_CHECK(count(LIKE_ESCAPED(lines.text, escaped)) == 0);
        FUZZ_CHECK(count(CONTAINS(lines.text, text)) == 0);
    }
}

static void check_match(const char *query)
{
    int64_t n = -1;
    FUZZ_CHECK(query);
    FUZZ_CHECK(vg_count(db, &n, FROM(lines_fts), WHERE(MATCH(lines_fts, query))) ==
               VG_OK);
}

/* Whether the text is UTF-8 as far as it matters: LIKE reads characters, and what is no
 * character has none. */
static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if (*text & 0x80)
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes in = {data, data + size};
    size_t before = fuzz_next(&in), len = (size_t)(in.end - in.at);
    start();
    char *text = vg_arena_text(&arena, (const char *)in.at, len > 200 ? 200 : len);
    FUZZ_CHECK(text);
    before = strlen(text) ? before % (strlen(text) + 1) : 0;
    if (is_ascii(text))
        check_pattern(text, before);
    check_match(vg_fts_quote(&arena, text));
    check_match(vg_fts_quote_prefix(&arena, text));
    vg_arena_reset(&arena);
    return 0;
}
