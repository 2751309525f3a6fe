/* The words of SQL text, as far as the kit needs them: who mentions whom. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef enum vgk_token_kind {
    VGK_TOKEN_END,
    VGK_TOKEN_WORD,   /* a bare word */
    VGK_TOKEN_NAME,   /* "x", `x` or [x] */
    VGK_TOKEN_STRING, /* 'x' */
    VGK_TOKEN_OTHER   /* a number or a sign, one character of it */
} vgk_token_kind;

typedef struct vgk_token {
    vgk_token_kind kind;
    const char *text; /* with its quotes */
    size_t len;
} vgk_token;

/* The token at or after *at; blanks and comments are passed over. *at is then behind it. */
vgk_token vgk_token_next(const char **at);
/* Is it the word, in any case; not in quotes. */
bool vgk_token_word(const vgk_token *token, const char *word);
/* Does it name `name`: a word or a name in quotes (a string too: SQLite takes it), in any case. */
bool vgk_token_names(const vgk_token *token, const char *name);
/* Is it that sign. */
bool vgk_token_sign(const vgk_token *token, char sign);
/* Does `sql` name `name` anywhere, strings aside. */
bool vgk_mentions(const char *sql, const char *name);
