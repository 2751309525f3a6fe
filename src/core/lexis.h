/* How a database's SQL is cut into tokens: data for the one lexer (migrate/lexer.h). */
#pragma once
#include <stdbool.h>

typedef struct vg_lexis {
    const char *quotes;   /* around names; each ends at the next one, doubled inside */
    bool brackets;        /* [a name] */
    bool dollars;         /* $tag$ a text $tag$ */
    bool nested_comments; /* block comments in block comments */
    bool blobs;           /* x'00' */
    const char *params;   /* what a parameter begins with; NULL: nothing */
    /* Operators of two characters and more, longer ones first. NULL ends the list, or is it. */
    const char *const *signs;
    /* CREATE, these words (the first may be absent), and what follows has statements of its
     * own, up to END after a semicolon. NULL ends the list. */
    const char *const *compound;
    const char *const *compound_before; /* TEMP and the like */
} vg_lexis;
