/* Aggregates that PostgreSQL has under another name, or with something around them. What
 * goes around an aggregate goes around its FILTER and OVER too. */
#include "core/codec.h"
#include "dialect/postgres_render.h"

typedef struct shell {
    const char *open, *close;
} shell;

/* The aggregate in OVER and FILTER; NULL: a function of windows. */
static const vg_node *aggregate_in(const vg_node *x)
{
    while (x &&
           (x->op == VG_OP_OVER || x->op == VG_OP_OVER_WINDOW || x->op == VG_OP_FILTER))
        x = x->a;
    return x && vg__is_aggregate(x->op) ? x : NULL;
}

static shell shell_of(const vg_node *x)
{
    bool of_uuid = (x->op == VG_OP_MIN || x->op == VG_OP_MAX) &&
                   vg__pg_class(vg_of_node(x->a)) == VG_K_uuid_expr;
    switch ((vg_op)x->op) {
    case VG_OP_TOTAL: return (shell){"coalesce(", ", 0)"};
    case VG_OP_JSON_GROUP_ARRAY: return (shell){"coalesce(", ", '[]')"};
    case VG_OP_JSON_GROUP_OBJECT: return (shell){"coalesce(", ", '{}')"};
    default: return of_uuid ? (shell){"(", ")::uuid"} : (shell){NULL, NULL};
    }
}

static void call(vg_render *r, const vg_node *x, const char *open, const char *close)
{
    vg__render_text(r, open);
    vg__render_node(r, x->a);
    vg__render_text(r, close);
}

static void list_call(vg_render *r, const vg_node *x, const char *open)
{
    const vg_value *list = x->b.p;
    vg__render_text(r, open);
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_comma(r, i);
        vg__pg_typed(r, list[i]);
    }
    vg__render_text(r, ")");
}

static bool extreme(vg_render *r, const vg_node *x)
{
    bool min = x->op == VG_OP_MIN;
    switch (vg__pg_class(vg_of_node(x->a))) {
    case VG_K_predicate: call(r, x, min ? "bool_and(" : "bool_or(", ")"); return true;
    case VG_K_uuid_expr: call(r, x, min ? "min((" : "max((", ")::text)"); return true;
    case VG_K_json:
    case VG_K_blob:
        vg__render_fail(r, VG_UNSUPPORTED, "%s has no %s of a JSON or BLOB",
                        r->dialect->name, vg__ops[x->op].name);
        return true;
    default: return false;
    }
}

static bool bare(vg_render *r, const vg_node *x)
{
    switch ((vg_op)x->op) {
    case VG_OP_TOTAL: call(r, x, "sum((", ")::double precision)"); return true;
    case VG_OP_GROUP_CONCAT: list_call(r, x, "string_agg("); return true;
    case VG_OP_JSON_GROUP_ARRAY: list_call(r, x, "jsonb_agg("); return true;
    case VG_OP_JSON_GROUP_OBJECT: list_call(r, x, "jsonb_object_agg("); return true;
    case VG_OP_MIN:
    case VG_OP_MAX: return extreme(r, x);
    default: return false;
    }
}

bool vg__pg_aggregate(vg_render *r, const vg_node *x)
{
    const vg_node *inside = aggregate_in(x);
    shell s = inside ? shell_of(inside) : (shell){NULL, NULL};
    bool in_shell = r->in_shell;
    if (!inside)
        return false;
    if (s.open && !in_shell) {
        vg__render_text(r, s.open);
        r->in_shell = true;
        if (!vg__pg_aggregate(r, x))
            vg__render_plain(r, x);
        vg__render_text(r, s.close);
        r->in_shell = false;
        return true;
    }
    if (x != inside)
        return false; /* OVER and FILTER come back here for what is in them */
    r->in_shell = false;
    bool written = bare(r, x);
    r->in_shell = in_shell;
    return written;
}
