/* Functions of texts and numbers, and casts, in PostgreSQL. */
#include "core/codec.h"
#include "dialect/postgres_render.h"

/* substr(x, start, length), where a start below zero counts from the end. */
static void part_of_text(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    size_t before = r->param_count;
    vg__render_text(r, "substr(");
    vg__pg_typed(r, list[0]);
    size_t start = r->param_count;
    vg__render_text(r, ", case when ");
    vg__pg_cast(r, list[1], "integer");
    vg__render_text(r, " < 0 then length(");
    vg__render_again(r, before);
    vg__pg_typed(r, list[0]);
    vg__render_text(r, ") + 1 + ");
    vg__pg_cast(r, list[1], "integer");
    vg__render_text(r, " else ");
    vg__render_again(r, start);
    vg__pg_cast(r, list[1], "integer");
    vg__render_text(r, " end");
    for (uint32_t i = 2; i < x->n; i++) {
        vg__render_text(r, ", ");
        vg__pg_cast(r, list[i], "integer");
    }
    vg__render_text(r, ")");
}

/* Half of it away from zero, as numeric is. */
static void rounded(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    vg__render_text(r, "round(");
    vg__pg_cast(r, list[0], "numeric");
    if (x->n > 1) {
        vg__render_text(r, ", ");
        vg__pg_cast(r, list[1], "integer");
    }
    vg__render_text(r, ")::double precision");
}

static void root(vg_render *r, const vg_node *x)
{
    size_t before = r->param_count;
    vg__render_text(r, "case when ");
    vg__render_inner(r, vg_of_node(x->a), VG_FORM_COMPARE);
    vg__render_text(r, " >= 0 then sqrt(");
    vg__render_again(r, before);
    vg__render_node(r, x->a);
    vg__render_text(r, ") end");
}

static void characters(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    vg__render_text(r, x->n > 1 ? "(" : "");
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_text(r, i ? " || chr(" : "chr(");
        vg__pg_cast(r, list[i], "integer");
        vg__render_text(r, ")");
    }
    vg__render_text(r, x->n > 1 ? ")" : "");
}

static void around(vg_render *r, const char *open, const vg_node *x, const char *close)
{
    vg__render_text(r, open);
    vg__render_node(r, x);
    vg__render_text(r, close);
}

static void hex(vg_render *r, const vg_node *x)
{
    if (vg__pg_class(vg_of_node(x->a)) == VG_K_blob)
        around(r, "coalesce(upper(encode(", x->a, ", 'hex')), '')");
    else
        around(r, "coalesce(upper(encode(convert_to(", x->a, ", 'UTF8'), 'hex')), '')");
}

/* A time, or ISO text, becomes a time; a REAL is cut, a BOOLEAN is 0 or 1. */
static bool cast(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    const vg_column column = {.type = (uint8_t)x->type, .name = ""};
    unsigned from = vg__pg_class(list[0]);
    if (vg__is_time(&column))
        return false; /* vg__pg_time_as writes it */
    vg__render_text(r, "cast(");
    if (from == VG_K_predicate) {
        vg__pg_cast(r, list[0], "boolean::integer");
    } else if (x->type == VG_TYPE_INTEGER &&
               (from == VG_K_real || from == VG_K_numeric)) {
        vg__render_text(r, "trunc(");
        vg__pg_typed(r, list[0]);
        vg__render_text(r, ")");
    } else if (x->type == VG_TYPE_BLOB && from == VG_K_text) {
        vg__render_text(r, "convert_to(");
        vg__pg_typed(r, list[0]);
        vg__render_text(r, ", 'UTF8')");
    } else {
        vg__pg_typed(r, list[0]);
    }
    vg__render_text(r, " as ");
    r->dialect->type(r->out, &column);
    vg__render_text(r, ")");
    return true;
}

/* SQL(INTEGER, "?", n): a value and nothing else says what it is. */
static bool fragment(vg_render *r, const vg_node *x)
{
    const vg_column column = {.type = (uint8_t)x->type, .name = ""};
    const vg_value *list = x->b.p;
    const char *text = x->a;
    if (x->n != 1 || strcmp(text, "?") != 0 || !vg__pg_is_param(list[0]))
        return false;
    vg__render_operand(r, list[0]);
    vg__render_text(r, "::");
    r->dialect->type(r->out, &column);
    return true;
}

/* A whole number has 64 bits, as everywhere. */
static bool written_out(vg_render *r, const vg_node *x)
{
    if (vg_value_kind_of(x->b) != VG_V_INT || r->literals)
        return false;
    vg__render_plain(r, x);
    vg__render_text(r, "::bigint");
    return true;
}

bool vg__pg_function(vg_render *r, const vg_node *x)
{
    vg_value first = vg_of_node(x->a);
    switch ((vg_op)x->op) {
    case VG_OP_FRAGMENT: return fragment(r, x);
    case VG_OP_INLINE: return written_out(r, x);
    case VG_OP_CAST: return cast(r, x);
    case VG_OP_SUBSTR: part_of_text(r, x); return true;
    case VG_OP_NTILE:
        vg__render_text(r, "ntile(");
        vg__pg_cast(r, ((const vg_value *)x->b.p)[0], "integer");
        vg__render_text(r, ")");
        return true;
    case VG_OP_ROUND: rounded(r, x); return true;
    case VG_OP_SQRT: root(r, x); return true;
    case VG_OP_CHR: characters(r, x); return true;
    case VG_OP_HEX: hex(r, x); return true;
    case VG_OP_UNICODE: around(r, "nullif(ascii(", x->a, "), 0)"); return true;
    case VG_OP_SIGN: around(r, "sign(", x->a, ")::integer"); return true;
    case VG_OP_CEIL:
    case VG_OP_FLOOR:
        if (vg__pg_class(first) != VG_K_int)
            return false;
        vg__pg_close(r, first); /* it is whole already */
        return true;
    case VG_OP_POWER:
        vg__render_text(r, "power(");
        vg__pg_cast(r, ((const vg_value *)x->b.p)[0], "double precision");
        vg__render_text(r, ", ");
        vg__pg_cast(r, ((const vg_value *)x->b.p)[1], "double precision");
        vg__render_text(r, ")");
        return true;
    case VG_OP_COLLATE_NOCASE: around(r, "lower(", x->a, ")"); return true;
    case VG_OP_COLLATE_RTRIM: around(r, "rtrim(", x->a, ")"); return true;
    default: return false;
    }
}
