/* SQL as tokens, as far as one must read it to find the ends of statements. Knows no
 * database: a vg_lexis says what its quotes are. The text need not be valid. */
#pragma once
#include "core/migrator.h"

/* What stands between the statements of a migration's file. */
#define VG_BREAKPOINT "--> statement-breakpoint"

typedef enum vg_token_kind {
    VG_TOKEN_END,
    VG_TOKEN_BREAK, /* VG_BREAKPOINT */
    VG_TOKEN_SEMICOLON,
    VG_TOKEN_WORD, /* names without quotes, keywords, numbers */
    VG_TOKEN_NAME, /* "a", `a`, [a] */
    VG_TOKEN_TEXT, /* 'a', $$a$$ */
    VG_TOKEN_OPEN, /* of a quote that is never closed */
    VG_TOKEN_OTHER /* one character */
} vg_token_kind;

typedef struct vg_token {
    vg_token_kind kind;
    const char *text;
    size_t len;
    int line; /* from 1 */
} vg_token;

typedef struct vg_lexer {
    const vg_lexis *lexis;
    const char *at, *end;
    const char *counted; /* up to where lines are counted */
    int line;
} vg_lexer;

/* Begin to read `len` bytes. */
void vg__lexer_begin(vg_lexer *lexer, const vg_lexis *lexis, const char *sql,
                     size_t len);

/* The next token; blanks, comments and byte order marks are skipped. A breakpoint counts
 * anywhere but in a quote or block comment that is closed. */
vg_token vg__lexer_next(vg_lexer *lexer);

/* Whether a token is that word, in upper case, or character. */
bool vg__token_is(const vg_token *token, const char *word);
