/* SQLite's SQL as tokens: what it keeps of CREATE statements is read with it, and two
 * expressions are compared. No memory, no errors: any bytes are some row of tokens. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef enum vgk_lexeme_kind {
    VGK_LEX_END,
    VGK_LEX_WORD,   /* a keyword or a plain name */
    VGK_LEX_NAME,   /* "x", `x`, [x] */
    VGK_LEX_STRING, /* 'x' */
    VGK_LEX_BLOB,   /* x'00' */
    VGK_LEX_NUMBER,
    VGK_LEX_PARAM, /* ?, ?1, :a, @a, $a */
    VGK_LEX_SIGN,  /* an operator or a punctuation mark */
    VGK_LEX_BAD    /* a byte that is none of it, a quote that is never closed */
} vgk_lexeme_kind;

typedef struct vgk_lexeme {
    vgk_lexeme_kind kind;
    const char *at; /* its first byte, quote included */
    size_t len;
} vgk_lexeme;

/* A place in a text. `token` is the one that stands there; comments and blanks are none. */
typedef struct vgk_lexer {
    const char *next, *end;
    vgk_lexeme token;
} vgk_lexer;

/* Stand at the first token of `text`. */
void vgk_lexer_open(vgk_lexer *t, const char *text, size_t len);
/* Go to the next one; at the end, stay there. */
void vgk_lexer_next(vgk_lexer *t);

/* Whether the token is that word, in upper case here and any case there; that sign. */
bool vgk_lexeme_is(const vgk_lexeme *t, const char *word);
bool vgk_lexeme_sign(const vgk_lexeme *t, const char *sign);

/* The name or string without its quotes; needs room for token.len + 1. Returns its length. */
size_t vgk_lexeme_name(const vgk_lexeme *t, char *out);

/* How two texts are compared beyond blanks, comments, the case of words and the quotes of
 * names, which never matter. */
enum {
    VGK_SAME_PARENS = 1,  /* parentheses around all of it do not */
    VGK_SAME_STRINGS = 2, /* 'x' is "x": arguments of a virtual table */
    VGK_SAME_ASC = 4,     /* ASC at the end does not: a term of an index */
    VGK_SAME_NUMBERS = 8  /* 0.10 is 0.1, true is 1 */
};

/* Whether two pieces of SQL say the same. The name of `table` (NULL: none) before a column
 * may be left out. Either may be NULL, which is the same as NULL only. */
bool vgk_sqlite_same(const char *a, const char *b, const char *table, unsigned how);
