/* SQL as tokens, the one way in which Virga reads it: to find the ends of statements, names in
 * expressions, what a CREATE statement says. Knows no database: a vg_lexis says what its quotes
 * are. The text need not be valid: any bytes are some row of tokens. Takes no memory. Exported
 * for the kit, and not for anybody else. */
#pragma once
#include "core/lexis.h"
#include <stddef.h>
#include <virga/api.h>

/* What stands between the statements of a migration's file. */
#define VG_BREAKPOINT "--> statement-breakpoint"

typedef enum vg_token_kind {
    VG_TOKEN_END,
    VG_TOKEN_BREAK, /* VG_BREAKPOINT */
    VG_TOKEN_SEMICOLON,
    VG_TOKEN_WORD, /* names without quotes, keywords */
    VG_TOKEN_NAME, /* "a", `a`, [a] */
    VG_TOKEN_TEXT, /* 'a', $$a$$ */
    VG_TOKEN_BLOB, /* x'00' */
    VG_TOKEN_NUMBER,
    VG_TOKEN_PARAM, /* ?1, :a */
    VG_TOKEN_OPEN,  /* of a quote that is never closed */
    VG_TOKEN_OTHER  /* an operator, or one character */
} vg_token_kind;

typedef struct vg_token {
    vg_token_kind kind;
    const char *text; /* with its quotes */
    size_t len;
    int line; /* from 1 */
} vg_token;

typedef struct vg_lexer {
    const vg_lexis *lexis;
    const char *at, *end;
    bool breaks;         /* a breakpoint is a token, and no comment */
    const char *counted; /* up to where lines are counted */
    int line;
} vg_lexer;

/* Begin to read `len` bytes, breakpoints as comments. */
VG_API void vg__lexer_begin(vg_lexer *lexer, const vg_lexis *lexis, const char *sql,
                            size_t len);

/* The next token; blanks, comments and byte order marks are skipped. With `breaks` a breakpoint
 * counts anywhere but in a quote or block comment that is closed. */
VG_API vg_token vg__lexer_next(vg_lexer *lexer);

/* Whether a token is that word, in any case, or those signs. */
VG_API bool vg__token_is(const vg_token *token, const char *word);

/* A name or text without its quotes, any other token as it is, byte after byte: begin with
 * *at = 0. -1: the end. */
VG_API int vg__token_byte(const vg_token *token, size_t *at);
/* All of them into `out`, which has room for token->len + 1, with a NUL. Returns how many. */
VG_API size_t vg__token_text(const vg_token *token, char *out);
/* The same, in any case of ASCII letters, and both at their ends at once. */
VG_API bool vg__token_same(const vg_token *a, const vg_token *b, bool any_case);
/* Whether it is that name, in quotes or not, in any case. */
VG_API bool vg__token_names(const vg_token *token, const char *name);
