/* How a database's SQL is cut into tokens: data for the one lexer (migrate/lexer.h). */
#pragma once
#include <stdbool.h>

typedef struct vg_lexis {
    const char *quotes;   /* around names; each ends at the next one, doubled inside */
    bool brackets;        /* [a name] */
    bool dollars;         /* $tag$ a text $tag$ */
    bool nested_comments; /* block comments in block comments */
    bool returns;         /* a carriage return alone ends a -- comment, too */
    bool blobs;           /* x'00' */
    bool prefixes;        /* E'a\'b', U&'a', U&"a", N'a', B'0' */
    bool parentheses;     /* a semicolon in () ends no statement */
    const char *params;   /* what a parameter begins with; NULL: nothing */
    bool numbered;        /* only digits follow that: $1 */
    /* Operators of two characters and more, longer ones first. NULL ends the list, or is it. */
    const char *const *signs;
    /* CREATE, any of these words before (TEMP and the like), one of these, and what follows
     * the word `compound_open` (NULL: what follows at all) has statements of its own, up to
     * END after a semicolon. NULL ends the lists. */
    const char *const *compound;
    const char *const *compound_before;
    const char *compound_open; /* ATOMIC, after BEGIN */
} vg_lexis;
