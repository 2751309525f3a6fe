/* Random windows that have one answer: where the order of rows tells, it is a total one. */
#include "generate.h"

/* What makes rows that tie the same: the keys, or every field of what has none. */
static void order_all(gen *g, window *w)
{
    for (int i = g->scope_from; i < g->scope_len; i++) {
        source *s = g->scope[i];
        for (int n = 0; n < (s->table < 0 ? column_count(s) : 1); n++) {
            expr *e = new_expr(g, K_COLUMN, column_type(s, n), 0);
            e->source = s;
            e->column = n;
            w->order[w->orders++] = e;
        }
    }
}

static void add_frame(gen *g, window *w)
{
    w->framed = true;
    w->unit = (vg_frame_unit)pick(g, 3);
    w->exclude = (vg_exclude)(chance(g, 50) ? 0 : pick(g, 4));
    do {
        w->start.kind = (vg_bound_kind)pick(g, VG_BOUND_END);
        w->end.kind = (vg_bound_kind)(1 + pick(g, VG_BOUND_END));
    } while (w->start.kind > w->end.kind ||
             (w->unit == VG_FRAME_RANGE && (w->start.kind % 2 || w->end.kind % 2)));
    w->start.n = w->start.kind % 2 ? pick(g, 4) : 0;
    w->end.n = w->end.kind % 2 ? pick(g, 4) : 0;
}

static window *new_window(gen *g, bool total)
{
    window *w = take(g->arena, sizeof *w);
    for (unsigned i = pick(g, 3); i > 0; i--)
        if ((w->partition[w->partitions] = term(g)))
            w->partitions++;
    for (unsigned i = pick(g, 3); i > 0; i--)
        if ((w->order[w->orders] = term(g)))
            w->orders++;
    if (total)
        order_all(g, w);
    for (int i = 0; i < w->orders; i++)
        w->direction[i] = (int)pick(g, 3);
    if (w->orders && chance(g, 40))
        add_frame(g, w);
    if (w->framed && !total && w->unit == VG_FRAME_ROWS)
        w->unit = VG_FRAME_GROUPS;
    return w;
}

static expr *own_column(gen *g, type t)
{
    bool own_only = g->own_only;
    g->own_only = true;
    expr *e = column(g, t);
    g->own_only = own_only;
    return e ? e : value(g, t);
}

expr *filtered(gen *g, expr *e)
{
    bool own_only = g->own_only;
    int nesting = g->nesting;
    if (e->kind != K_AGGREGATE || e->distinct || !chance(g, 30))
        return e;
    g->own_only = true;
    g->nesting = MAX_NESTING; /* no query in it */
    e->filter = make(g, BOOL_, 2);
    g->own_only = own_only;
    g->nesting = nesting;
    return e;
}

static expr *shifted(gen *g, type t)
{
    expr *e = with(new_expr(g, K_WINDOW, t, W_LAG + pick(g, 5)), own_column(g, t));
    if (e->op == W_NTH_VALUE)
        with(e, number_value(g, 1 + pick(g, 4)));
    if (e->op <= W_LEAD && chance(g, 60))
        with(e, number_value(g, pick(g, 4)));
    if (e->kids == 2 && e->op <= W_LEAD && chance(g, 50))
        with(e, own_column(g, t));
    return e;
}

/* An aggregate over columns alone, with nothing of another query. */
static expr *summed(gen *g, type t)
{
    expr *e = new_expr(g, K_AGGREGATE, t, 4 + pick(g, 2));
    if (t == INT_ && chance(g, 60))
        e->op = pick(g, 2);
    else if (t == REAL_ && chance(g, 70))
        e->op = chance(g, 30) ? 6 : 2 + pick(g, 2);
    else if (t == TEXT_ && chance(g, 50))
        e->op = 7;
    if (e->op == 7) { /* of nothing but '' SQLite 3.40 makes NULL, or '', by its mood */
        expr *x = value(g, TEXT_);
        x->text = "x";
        x = with(with(new_expr(g, K_CONCAT, TEXT_, 0), x), own_column(g, TEXT_));
        return filtered(g, with(with(e, x), value(g, TEXT_)));
    }
    if (e->op)
        with(e, own_column(g, t));
    /* MIN and MAX with a FILTER, over a frame that moves, are wrong in SQLite 3.40. */
    return e->op == 4 || e->op == 5 ? e : filtered(g, e);
}

expr *window_expr(gen *g, query *q, type t)
{
    expr *e;
    if (t == INT_ && chance(g, 40)) {
        e = new_expr(g, K_WINDOW, t, pick(g, 4));
        if (e->op == W_NTILE)
            with(e, number_value(g, 1 + pick(g, 5)));
    } else if (t == REAL_ && chance(g, 40)) {
        e = new_expr(g, K_WINDOW, t, W_PERCENT_RANK + pick(g, 2));
    } else {
        e = chance(g, 50) ? shifted(g, t) : summed(g, t);
    }
    bool total = e->kind == K_WINDOW
                     ? e->op == W_ROW_NUMBER || e->op == W_NTILE || e->op >= W_LAG
                     : e->op == 7;
    if (q->windows && chance(g, 50))
        e->over = q->window[pick(g, (unsigned)q->windows)]; /* these are total */
    else
        e->over = new_window(g, total || chance(g, 30));
    if (!e->over->name && q->windows < 2 && chance(g, 30)) {
        e->over = q->window[q->windows++] = new_window(g, true);
        e->over->name = new_name(g);
    }
    return e;
}
