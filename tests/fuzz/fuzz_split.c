/* Arbitrary bytes as a migration's file. The statements are in the text and in order, between
 * them is nothing but blanks, comments, semicolons and breakpoints, each line is the right
 * one; a statement alone is one statement; and SQLite itself takes it, with a semicolon, for
 * complete. */
#include "fuzz.h"
#include "migrate/split.h"
#include <sqlite3.h>
#include <virga/virga.h>

static const vg_migrator *migrator;
static vg_arena arena;

static void start(void)
{
    vg_db *db;
    if (migrator)
        return;
    FUZZ_CHECK(vg_open(&db, ":memory:", NULL) == VG_OK);
    migrator = vg__migrator_of(db);
    vg_close(db);
}

/* From `at` to `end` there is no token of a statement. */
static void check_gap(const char *at, const char *end)
{
    vg_lexer lexer;
    vg_token token;
    vg__lexer_begin(&lexer, migrator->lexis, at, (size_t)(end - at));
    lexer.breaks = true;
    while ((token = vg__lexer_next(&lexer)).kind != VG_TOKEN_END)
        FUZZ_CHECK(token.kind == VG_TOKEN_SEMICOLON || token.kind == VG_TOKEN_BREAK);
}

static int line_of(const char *sql, const char *at)
{
    int line = 1;
    for (; sql < at; sql++)
        line += *sql == '\n';
    return line;
}

/* Whether all quotes are closed, and it does not begin with what may have a body. */
static bool is_plain(const vg_statement *s)
{
    vg_lexer lexer;
    vg__lexer_begin(&lexer, migrator->lexis, s->text, s->len);
    vg_token token = vg__lexer_next(&lexer);
    if (vg__token_is(&token, "CREATE") || vg__token_is(&token, "EXPLAIN"))
        return false;
    for (; token.kind != VG_TOKEN_END; token = vg__lexer_next(&lexer))
        if (token.kind == VG_TOKEN_OPEN)
            return false;
    return !memchr(s->text, 0, s->len);
}

static void check_alone(const vg_statement *s)
{
    vg_statement_list one;
    char *text = malloc(s->len + 2);
    FUZZ_CHECK(text != NULL);
    memcpy(text, s->text, s->len);
    memcpy(text + s->len, ";", 2);
    if (is_plain(s))
        FUZZ_CHECK(sqlite3_complete(text));
    FUZZ_CHECK(vg__split(migrator, text, s->len, &arena, &one) == VG_OK);
    FUZZ_CHECK(one.len == 1 && one.data[0].text == text && one.data[0].len == s->len);
    FUZZ_CHECK(one.data[0].does == s->does);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MAX_SIZE = 4096 };
    vg_statement_list list;
    start();
    size = size < MAX_SIZE ? size : MAX_SIZE;
    char *sql = malloc(size + 1); /* of its own, so that reading past the end is seen */
    FUZZ_CHECK(sql != NULL);
    memcpy(sql, data, size);
    const char *at = sql;
    FUZZ_CHECK(vg__split(migrator, sql, size, &arena, &list) == VG_OK);
    for (size_t i = 0; i < list.len; i++) {
        const vg_statement *s = &list.data[i];
        FUZZ_CHECK(s->len && s->text >= at && s->text + s->len <= sql + size);
        FUZZ_CHECK(s->line == line_of(sql, s->text));
        check_gap(at, s->text);
        check_alone(s);
        at = s->text + s->len;
    }
    check_gap(at, sql + size);
    vg_arena_reset(&arena);
    free(sql);
    return 0;
}
