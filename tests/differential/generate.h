/* What the files of the generator share. */
#pragma once
#include "query.h"

enum { MAX_SCOPE = 8, MAX_NESTING = 2 };

typedef struct gen {
    vg_arena *arena;
    uint64_t *seed;
    int names;
    /* What an expression may refer to: the innermost query's sources stand last. */
    source *scope[MAX_SCOPE * 4];
    int scope_from, scope_len;
    int nesting;
    bool own_only;  /* no columns of the queries around */
    bool in_join;   /* inside ON */
    bool one_value; /* the next query is an expression */
} gen;

unsigned pick(gen *g, unsigned n);
bool chance(gen *g, unsigned percent);
const char *new_name(gen *g);

expr *new_expr(gen *g, expr_kind kind, type t, unsigned op);
expr *with(expr *e, expr *kid);
expr *value(gen *g, type t);
expr *number_value(gen *g, int64_t n);
expr *column(gen *g, type t);
expr *make(gen *g, type t, int depth);
expr *term(gen *g);
expr *aggregate(gen *g, type t);

/* generate_forms.c: an expression of that type by one of the newer forms. */
expr *form(gen *g, type t, int depth);

/* generate_window.c: over the rows of q, whose sources are known. */
expr *window_expr(gen *g, query *q, type t);
expr *filtered(gen *g, expr *aggregate);

/* generate_query.c: queries; generate.c has what stands in them. */
query *make_query(gen *g, int fields, const type *types);
query *make_recursive(gen *g, source *cte, int fields, type *types);
source *make_source(gen *g);
