/* Arbitrary bytes as a migration's file for PostgreSQL: what libpg_query's scanner can read it
 * cuts into the same statements. */
#include "dialect/postgres.h"
#include "fuzz.h"
#include "migrate/split.h"
#include <strings.h>
#ifdef VIRGA_PG_QUERY
#    include <pg_query.h>
#endif

static const vg_pattern none[] = {{NULL, 0}};
static const vg_migrator postgres = {.lexis = &vg__postgres_lexis, .patterns = none};
static vg_arena arena;

#ifdef VIRGA_PG_QUERY
/* What the two mean differently on purpose: a body in BEGIN ATOMIC, which the scanner does not
 * know; breakpoints; a ) too many; a text that goes on after a line end; a byte order mark. */
static bool is_common(const char *sql)
{
    vg_lexer lexer;
    vg_token token;
    bool text = false;
    int depth = 0;
    vg__lexer_begin(&lexer, &vg__postgres_lexis, sql, strlen(sql));
    while ((token = vg__lexer_next(&lexer)).kind != VG_TOKEN_END) {
        bool more = token.kind == VG_TOKEN_TEXT || token.kind == VG_TOKEN_BLOB;
        if ((text && more) || vg__token_is(&token, "ATOMIC") ||
            vg__token_is(&token, "UESCAPE") || token.kind == VG_TOKEN_OPEN)
            return false;
        text = more;
        depth += vg__token_is(&token, "(") - vg__token_is(&token, ")");
        if (depth < 0)
            return false;
    }
    return depth == 0 && !strstr(sql, "--> ") && !strstr(sql, "\xef\xbb\xbf");
}

/* The scanner counts only statements with a keyword: each end that it finds is one of ours. */
static bool is_end(const vg_statement_list *list, const char *end)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->data[i].text + list->data[i].len == end)
            return true;
    return false;
}

/* Where the last token ends. */
static const char *end_of_tokens(const char *sql, size_t len)
{
    vg_lexer lexer;
    vg_token token;
    const char *end = sql;
    vg__lexer_begin(&lexer, &vg__postgres_lexis, sql, len);
    while ((token = vg__lexer_next(&lexer)).kind != VG_TOKEN_END)
        end = token.text + token.len;
    return end;
}

static void check_one(const vg_statement *s)
{
    char *text = malloc(s->len + 1);
    FUZZ_CHECK(text != NULL);
    memcpy(text, s->text, s->len);
    text[s->len] = 0;
    PgQuerySplitResult one = pg_query_split_with_scanner(text);
    FUZZ_CHECK(one.error || one.n_stmts <= 1);
    pg_query_free_split_result(one);
    free(text);
}

static void compare(const char *sql, const vg_statement_list *list)
{
    if (!is_common(sql))
        return;
    PgQuerySplitResult want = pg_query_split_with_scanner(sql);
    for (int i = 0; !want.error && i < want.n_stmts; i++) {
        const PgQuerySplitStmt *w = want.stmts[i];
        const char *at = sql + w->stmt_location;
        FUZZ_CHECK(is_end(list, end_of_tokens(at, (size_t)w->stmt_len)));
    }
    for (size_t i = 0; !want.error && i < list->len; i++)
        check_one(&list->data[i]);
    pg_query_free_split_result(want);
}
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MAX_SIZE = 2048 };
    vg_statement_list list;
    size = size < MAX_SIZE ? size : MAX_SIZE;
    char *sql = malloc(size + 1);
    FUZZ_CHECK(sql != NULL);
    memcpy(sql, data, size);
    sql[size] = 0;
    FUZZ_CHECK(vg__split(&postgres, sql, size, &arena, &list) == VG_OK);
    const char *at = sql;
    for (size_t i = 0; i < list.len; i++) {
        const vg_statement *s = &list.data[i];
        FUZZ_CHECK(s->len && s->text >= at && s->text + s->len <= sql + size);
        at = s->text + s->len;
    }
#ifdef VIRGA_PG_QUERY
    if (!memchr(data, 0, size))
        compare(sql, &list);
#endif
    vg_arena_reset(&arena);
    free(sql);
    return 0;
}
