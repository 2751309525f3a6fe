/* Lint, statement by statement: what the ways of reading SQL share. */
#pragma once
#include "kit/dialect.h"

typedef struct vgk_lint_run {
    vg_kit *kit;
    vgk_texts made;      /* tables made by statements before: they have no rows yet */
    vgk_texts proved;    /* "table.column": a CHECK says that it is NOT NULL */
    vgk_statement found; /* what is said of the statement; note NULL: nothing */
    const char *rest;    /* what follows it */
} vgk_lint_run;

/* Whether a text in what follows the statement has that in it. */
bool vgk_lint_later(const vgk_lint_run *run, const char *text);
