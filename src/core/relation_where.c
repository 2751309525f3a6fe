/* The condition that a relation has of its own, see RELATION_WHERE: written wherever the
 * relation is followed, with its values in the text, so that a query's signature and its
 * parameters know nothing of it. */
#include "core/render.h"
#include "core/walk_expr.h"
#include <stdio.h>

enum { MAX_CONDITIONS = 16 };

typedef struct taker {
    vg_render *r;
    const vg_shape *shape;
    const vg_relation *relation;
} taker;

static void put(vg_render *r, const vg_relation *relation, const vg_node *condition)
{
    const vg_relation *around = r->condition_of;
    const struct vg_param *inlined = r->inlined;
    size_t count = r->param_count;
    vg_walk walk;
    vg__walk_init(&walk, &r->out->allocator);
    vg__walk_node(&walk, condition);
    if (walk.failed)
        vg__render_fail(r, walk.failed, "%s", walk.message);
    r->condition_of = relation;
    r->inlined = walk.params;
    r->param_count = 0;
    vg__render_inner(r, vg_of_node(condition), VG_FORM_LOGIC);
    r->param_count = count;
    r->inlined = inlined;
    r->condition_of = around;
    vg__walk_free(&walk);
}

static void take(void *ctx, const vg_node *condition)
{
    const taker *t = ctx;
    vg_render *r = t->r;
    char reason[sizeof r->message];
    if (vg__is_empty(condition))
        vg__render_fail(r, VG_INVALID, "SKIP is no condition");
    else if (r->conditions == MAX_CONDITIONS)
        vg__render_fail(r, VG_INVALID, "the condition asks for its own relation again");
    else {
        r->conditions++;
        put(r, t->relation, condition);
        r->conditions--;
    }
    if (r->failed && r->failed != VG_NO_MEMORY && !r->conditions) {
        memcpy(reason, r->message, sizeof reason);
        snprintf(r->message, sizeof r->message, "RELATION_WHERE(%s, %s): %.180s",
                 t->shape->name, t->relation->name, reason);
    }
}

void vg__render_relation_where(vg_render *r, const vg_shape *shape,
                               const vg_relation *relation)
{
    taker t = {r, vg__rows_of(shape), relation};
    if (!r->failed)
        relation->where(take, &t);
}

/* ---- asking without a database: all there is, spelt anyhow ---- */

static const char *any_value(vg_buf *out, vg_value value, const vg_column *codec)
{
    (void)value;
    (void)codec;
    vg__buf_text(out, "?");
    return NULL;
}

static void any_column(vg_buf *out, const vg_column *column)
{
    (void)column;
    vg__buf_text(out, "?");
}

static void any_time(vg_render *r, const vg_node *x)
{
    const vg_value *values = x->b.p;
    for (uint32_t i = 0; i < x->n; i++)
        vg__render_operand(r, values[i]);
}

static void any_time_as(vg_render *r, vg_value v, const vg_column *from,
                        const vg_column *to)
{
    (void)from;
    (void)to;
    vg__render_operand(r, v);
}

static const vg_dialect no_database = {.name = "a database",
                                       .quote = '"',
                                       .offset_alone = "",
                                       .true_text = "true",
                                       .false_text = "false",
                                       .set_op_all = true,
                                       .operand_open = "",
                                       .operand_close = "",
                                       .select_more = true,
                                       .json_open = "",
                                       .type = any_column,
                                       .default_now = any_column,
                                       .time = any_time,
                                       .time_as = any_time_as,
                                       .value = any_value};

bool vg__relation_where_problem(const vg_shape *shape, const vg_relation *relation,
                                char *message, size_t room)
{
    static const vg_allocator plain = {0};
    const char *aliases[] = {NULL, NULL};
    vg_scope scope = {.sources = {relation->target, relation->junction},
                      .count = relation->junction ? 2 : 1,
                      .aliases = aliases};
    vg_buf text;
    vg_render r = {.out = &text,
                   .dialect = &no_database,
                   .scope = &scope,
                   .spot = VG_SPOT_WHERE,
                   .depth = 1};
    if (!relation->where)
        return false;
    vg__buf_init(&text, &plain, VG_MAX_SQL);
    vg__render_relation_where(&r, shape, relation);
    if (!r.failed && text.failed)
        vg__render_fail(&r, VG_NO_MEMORY, "out of memory");
    vg__buf_free(&text);
    if (r.failed)
        snprintf(message, room, "%s", r.message);
    return r.failed;
}
