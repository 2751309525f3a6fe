/* What a CHECK says, taken apart. */
#pragma once
#include "seed/seed.h"

typedef enum vgs_term_kind {
    VGS_UNKNOWN, /* not understood */
    VGS_ALWAYS,  /* true, whatever is made */
    VGS_AND,
    VGS_OR,
    VGS_COMPARE, /* a column, or its length, with a number */
    VGS_TIME,    /* a column with the text of a time */
    VGS_LIST,    /* a column among values */
    VGS_NULL,    /* IS NULL */
    VGS_PAIR     /* a column with another one */
} vgs_term_kind;

typedef enum vgs_relation {
    VGS_EQ,
    VGS_NE,
    VGS_LT,
    VGS_GE,
    VGS_GT,
    VGS_LE
} vgs_relation;

typedef struct vgs_term vgs_term;
struct vgs_term {
    vgs_term_kind kind;
    bool except; /* LIST, NULL: not so */
    bool length; /* COMPARE */
    vgs_relation op;
    vgs_column *column, *other;
    double number;
    const char *text; /* TIME */
    const char *const *texts;
    const double *numbers;
    size_t count;           /* of either */
    vgs_term *first, *next; /* of AND and OR */
};

/* check.c: a condition, in the plan's arena; NULL: no memory. */
vgs_term *vgs_check_read(vgs_plan *plan, vgs_table *table, const char *sql);
/* Whether the column of that name stands in it. */
bool vgs_check_mentions(const vgs_plan *plan, const char *sql, const char *name);
/* Whether all of it is understood, as far as one has to. */
bool vgs_check_known(const vgs_term *term);
/* check_apply.c: what must hold for it becomes part of the columns' bounds. */
void vgs_check_apply(vgs_plan *plan, vgs_table *table, const vgs_term *term);
