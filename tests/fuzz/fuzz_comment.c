/* Arbitrary text as COMMENT and as COMMENT_TAGS: nothing gets out of the comment. What is
 * before it is the statement as it is without one, the comment is the last thing in the
 * text, none begins or ends inside it, and SQLite finds one statement.
 *
 *     input: tags or text, a byte; strings, each ended by a 0 */
#include "fuzz.h"
#include <sqlite3.h>
#include <virga/virga.h>

// clang-format off
TABLE(pages,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(text, TEXT,    NOT_NULL))
// clang-format on

SCHEMA(all_pages, pages)

enum { MAX_STRINGS = 16, MAX_LENGTH = 4096 };

static vg_db *db;
static vg_arena arena;

static void start(void)
{
    if (db)
        return;
    FUZZ_CHECK(vg_open(&db, ":memory:", NULL) == VG_OK);
    FUZZ_CHECK(vg_create(db, &all_pages) == VG_OK);
}

static size_t strings(fuzz_bytes *in, const char *out[MAX_STRINGS], char *room)
{
    size_t count = 0;
    while (in->at < in->end && count < MAX_STRINGS) {
        out[count++] = room;
        for (char c; (c = (char)fuzz_next(in)) != '\0';)
            *room++ = c;
        *room++ = '\0';
    }
    return count;
}

/* `text` is " / * ... * /" or nothing. */
static void check_comment(const char *text, bool tags)
{
    size_t len = strlen(text);
    if (!len)
        return;
    FUZZ_CHECK(len >= 5 && memcmp(text, " /*", 3) == 0);
    FUZZ_CHECK(strstr(text + 3, "*/") == text + len - 2);
    FUZZ_CHECK(strstr(text + 2, "/*") == NULL); /* nor by the mark's own star */
    FUZZ_CHECK(text[3] != '!' && text[3] != '+');
    if (tags)
        for (const char *at = text + 3; at < text + len - 2; at++)
            FUZZ_CHECK(*at > ' ' && *at < 127 && !strchr("*/\\\"`;?", *at));
}

static void check_sqlite(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    const char *rest = NULL;
    FUZZ_CHECK(sqlite3_prepare_v2(vg_raw(db), sql, -1, &stmt, &rest) == SQLITE_OK);
    FUZZ_CHECK(sqlite3_bind_parameter_count(stmt) == 1 && rest[0] == '\0');
    sqlite3_finalize(stmt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *list[MAX_STRINGS] = {0};
    char room[MAX_LENGTH + MAX_STRINGS];
    fuzz_bytes in = {data, data + (size < MAX_LENGTH ? size : MAX_LENGTH)};
    vg_rendered plain, sql;
    int64_t n;
    start();
    bool tags = fuzz_next(&in) % 2;
    size_t count = strings(&in, list, room);
    vg_clause comment =
        tags ? vg_comment_tags(count / 2 * 2, list) : vg_comment(list[0]);
    vg_clause query[] = {vg_select_count(), FROM(pages), WHERE(EQ(pages.id, 1)),
                         comment};
    FUZZ_CHECK(vg_render_sql(&arena, &vg_dialect_sqlite, &plain, query, 3) == VG_OK);
    FUZZ_CHECK(vg_render_sql(&arena, &vg_dialect_sqlite, &sql, query, 4) == VG_OK);
    size_t len = strlen(plain.text);
    FUZZ_CHECK(strncmp(sql.text, plain.text, len) == 0 && sql.param_count == 1);
    check_comment(sql.text + len, tags);
    check_sqlite(sql.text);
    FUZZ_CHECK(vg_count(db, &n, FROM(pages), WHERE(EQ(pages.id, 1)), comment) == VG_OK);
    vg_arena_reset(&arena);
    return 0;
}
