/* Building and copying expression nodes. */
#include "base/arena.h"
#include <virga/compound.h>
#include "core/codec.h"
#include <virga/json.h>
#include <virga/window.h>
#include <stdarg.h>

const vg_node *vg_binary(vg_node *out, size_t op, vg_value r, const vg_node *l)
{
    out->op = (uint16_t)op;
    out->a = l;
    out->b = r;
    return out;
}

const vg_node *vg_unary(vg_node *out, size_t op, const vg_node *x)
{
    out->op = (uint16_t)op;
    out->a = x;
    return out;
}

/* A node whose b points to a list. */
static const vg_node *list(vg_node *out, size_t op, const void *a, size_t n,
                           const void *b)
{
    out->op = (uint16_t)op;
    out->a = a;
    out->n = (uint32_t)n;
    out->b.p = b;
    return out;
}

const vg_node *vg_arith(vg_node *out, vg_value room[2], size_t op, vg_value l,
                        vg_value r)
{
    room[0] = l;
    room[1] = r;
    return list(out, op, NULL, 2, room);
}

const vg_node *vg_range(vg_node *out, vg_value room[2], size_t op, vg_value low,
                        vg_value high, const vg_node *x)
{
    room[0] = low;
    room[1] = high;
    return list(out, op, x, 2, room);
}

const vg_node *vg_logic(vg_node *out, const vg_node **room, size_t op, size_t n, ...)
{
    va_list args;
    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        room[i] = va_arg(args, const vg_node *);
    va_end(args);
    return list(out, op, NULL, n, room);
}

const vg_node *const *vg_term_list(const vg_node **room, size_t n, ...)
{
    va_list args;
    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        room[i] = va_arg(args, const vg_node *);
    va_end(args);
    return room;
}

/* A struct of one pointer is laid out as that pointer. */
const vg_node *vg_logic_array(vg_node *out, size_t op, size_t n,
                              const vg_predicate *predicates)
{
    _Static_assert(sizeof(vg_predicate) == sizeof(const vg_node *), "one pointer");
    return list(out, op, NULL, n, predicates);
}

static void take_values(vg_value *room, size_t n, va_list *args)
{
    for (size_t i = 0; i < n; i++)
        room[i] = va_arg(*args, vg_value);
}

const vg_node *vg_listing(vg_node *out, vg_value *room, size_t op, const vg_node *x,
                          size_t n, ...)
{
    va_list args;
    va_start(args, n);
    take_values(room, n, &args);
    va_end(args);
    return list(out, op, x, n, room);
}

const vg_node *vg_typed_list(vg_node *out, vg_value *room, size_t op, size_t type,
                             size_t n, ...)
{
    va_list args;
    va_start(args, n);
    take_values(room, n, &args);
    va_end(args);
    out->type = (uint16_t)type;
    return list(out, op, NULL, n, room);
}

const vg_node *vg_fragment(vg_node *out, vg_value *room, size_t type, const char *text,
                           size_t n, ...)
{
    va_list args;
    va_start(args, n);
    take_values(room, n, &args);
    va_end(args);
    out->type = (uint16_t)type;
    return list(out, VG_OP_FRAGMENT, text, n, room);
}

const vg_node *vg_of_source(vg_node *out, size_t op, const vg_shape *shape)
{
    out->op = (uint16_t)op;
    out->a = shape;
    return out;
}

const vg_node *vg_in_array(vg_node *out, size_t op, const vg_node *x, vg_value array)
{
    return vg_binary(out, op, array, x);
}

const vg_node *vg_nested(vg_node *out, vg_clause *room, size_t op, size_t n, ...)
{
    va_list args;
    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        room[i] = va_arg(args, vg_clause);
    va_end(args);
    return list(out, op, NULL, n, room);
}

const vg_clause *vg_clause_list(vg_clause *room, size_t n, ...)
{
    va_list args;
    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        room[i] = va_arg(args, vg_clause);
    va_end(args);
    return room;
}

const vg_node *vg_named(vg_node *out, const vg_node *x, const char *name)
{
    out->op = VG_OP_AS;
    out->a = x;
    out->b.s = name;
    return out;
}

const vg_node *vg_over(vg_node *out, vg_clause *room, const vg_node *x, size_t n, ...)
{
    va_list args;
    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        room[i] = va_arg(args, vg_clause);
    va_end(args);
    return list(out, VG_OP_OVER, x, n, room);
}

const vg_node *vg_over_window(vg_node *out, const vg_node *x, const char *name)
{
    out->op = VG_OP_OVER_WINDOW;
    out->a = x;
    out->b.s = name;
    return out;
}

const vg_derived *vg_derive(vg_derived *out, const vg_shape *alias,
                            const vg_clause *query, size_t clause_count)
{
    out->vg_shape = *alias;
    out->vg_shape.kind = VG_SHAPE_DERIVED;
    out->vg_shape.base = alias;
    out->vg_shape.query = query;
    out->vg_shape.clause_count = clause_count;
    return out;
}

const vg_derived *vg_json_rows(vg_derived *out, vg_clause *room, const vg_shape *alias,
                               const vg_node *call)
{
    room[0] = vg_select_value(NULL, call, VG_K_text);
    return vg_derive(out, alias, room, 1);
}

/* ---- copying ---- */

static const vg_node *keep(vg_arena *arena, const vg_node *x, bool *ok);

static void *copied(vg_arena *arena, const void *from, size_t size, bool *ok)
{
    void *to = *ok ? vg_arena_alloc(arena, size ? size : 1) : NULL;
    if (!to)
        *ok = false;
    else if (size)
        memcpy(to, from, size);
    return to;
}

static vg_value keep_value(vg_arena *arena, vg_value v, bool *ok)
{
    if (vg_value_kind_of(v) == VG_V_EXPR)
        v.node = keep(arena, v.node, ok);
    return v;
}

static const vg_value *keep_values(vg_arena *arena, const vg_value *from, size_t n,
                                   bool *ok)
{
    vg_value *to = copied(arena, from, n * sizeof *to, ok);
    for (size_t i = 0; *ok && i < n; i++)
        to[i] = keep_value(arena, to[i], ok);
    return to;
}

static const vg_node *const *keep_nodes(vg_arena *arena, const void *from, size_t n,
                                        bool *ok)
{
    const vg_node **to = copied(arena, from, n * sizeof *to, ok);
    for (size_t i = 0; *ok && i < n; i++)
        to[i] = keep(arena, to[i], ok);
    return to;
}

static const vg_shape *keep_shape(vg_arena *arena, const vg_shape *shape, bool *ok);

static const vg_clause *keep_clauses(vg_arena *arena, const vg_clause *from, size_t n,
                                     bool *ok);

const vg_clause *vg__keep_clauses(vg_arena *arena, const vg_clause *from, size_t n,
                                  bool *ok)
{
    return keep_clauses(arena, from, n, ok);
}

static const vg_clause *keep_clauses(vg_arena *arena, const vg_clause *from, size_t n,
                                     bool *ok)
{
    vg_clause *to = copied(arena, from, n * sizeof *to, ok);
    for (vg_clause *q = to; *ok && q < to + n; q++) {
        switch ((vg_clause_kind)q->kind) {
        case VG_CLAUSE_SELECT:
            if (!q->shape)
                q->c = keep(arena, q->c, ok);
            break;
        case VG_CLAUSE_FROM: q->shape = keep_shape(arena, q->shape, ok); break;
        case VG_CLAUSE_JOIN:
            q->shape = keep_shape(arena, q->shape, ok);
            q->c = keep(arena, q->c, ok);
            break;
        case VG_CLAUSE_WHERE:
        case VG_CLAUSE_COMPUTED:
        case VG_CLAUSE_HAVING: q->c = keep(arena, q->c, ok); break;
        case VG_CLAUSE_WINDOW: q->b = keep_clauses(arena, q->b, q->n, ok); break;
        case VG_CLAUSE_DISTINCT_ON:
        case VG_CLAUSE_COLUMNS:
        case VG_CLAUSE_PARTITION_BY:
        case VG_CLAUSE_GROUP_BY:
        case VG_CLAUSE_ORDER_BY: q->b = keep_nodes(arena, q->b, q->n, ok); break;
        case VG_CLAUSE_LIMIT:
        case VG_CLAUSE_OFFSET:
            if (q->sub)
                q->node = keep(arena, q->node, ok);
            break;
        case VG_CLAUSE_RAW: q->b = keep_values(arena, q->b, q->n, ok); break;
        case VG_CLAUSE_CTE:
        case VG_CLAUSE_WITH:
        case VG_CLAUSE_COMPOUND:
        case VG_CLAUSE_SET_OP: q->b = keep_clauses(arena, q->b, q->n, ok); break;
        case VG_CLAUSE_LOCK:
            q->b = copied(arena, q->b, q->n * sizeof(vg_lock_option), ok);
            break;
        case VG_CLAUSE_COMMENT:
            q->kind = VG_CLAUSE_END;
            break;      /* a statement's alone */
        default: break; /* the others hold no nodes, or do not stand in a subquery */
        }
    }
    return to;
}

static const vg_shape *keep_shape(vg_arena *arena, const vg_shape *shape, bool *ok)
{
    if (shape->kind != VG_SHAPE_DERIVED)
        return shape;
    vg_shape *to = copied(arena, shape, sizeof *to, ok);
    if (*ok)
        to->query = keep_clauses(arena, to->query, to->clause_count, ok);
    return to;
}

static const vg_node *keep(vg_arena *arena, const vg_node *x, bool *ok)
{
    if (!x || x->op == VG_OP_COLUMN)
        return x;
    vg_node *to = copied(arena, x, sizeof *to, ok);
    if (!*ok)
        return NULL;
    switch (vg__ops[x->op].form) {
    case VG_FORM_SOURCE: return to; /* it refers to a shape */
    case VG_FORM_RELATED: to->b = keep_value(arena, x->b, ok); return to;
    case VG_FORM_LOGIC: to->b.p = keep_nodes(arena, x->b.p, x->n, ok); return to;
    case VG_FORM_SUBQUERY:
    case VG_FORM_OVER: to->b.p = keep_clauses(arena, x->b.p, x->n, ok); break;
    case VG_FORM_FRAGMENT: to->b.p = keep_values(arena, x->b.p, x->n, ok); return to;
    case VG_FORM_ARITH:
    case VG_FORM_BETWEEN:
    case VG_FORM_IN:
    case VG_FORM_ROWS:
    case VG_FORM_LIST:
    case VG_FORM_JOIN:
    case VG_FORM_JSON:
    case VG_FORM_CASE:
    case VG_FORM_FTS_CALL:
    case VG_FORM_TIME:
    case VG_FORM_CAST: to->b.p = keep_values(arena, x->b.p, x->n, ok); break;
    case VG_FORM_AS:
    case VG_FORM_OVER_WINDOW: break;
    default: to->b = keep_value(arena, x->b, ok); break;
    }
    to->a = keep(arena, x->a, ok);
    return to;
}

const vg_node *vg_keep_node(vg_arena *arena, const vg_node *node)
{
    /* An expression that makes every query with it fail: see vg__walk_node. */
    static const vg_node no_memory = {.op = VG_OP_NONE};
    bool ok = true;
    const vg_node *to = keep(arena, node, &ok);
    return ok ? to : &no_memory;
}
