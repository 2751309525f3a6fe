/* Rendering functions: CASE, CAST, calls of several operands, searches in text. */
#include "core/render.h"

static void literal(vg_render *r, vg_value v, const vg_column *codec)
{
    vg_value_kind kind = vg_value_kind_of(v);
    bool negative = (kind == VG_V_INT && v.i < 0) || (kind == VG_V_REAL && v.d < 0);
    if (kind == VG_V_INT && codec && codec->type == VG_TYPE_ENUM_TEXT) {
        v = vg_of_text(vg_label_text(codec->coder, v.i));
        if (!v.s)
            vg__render_fail(r, VG_VALUE, "INLINE: the value is none of enum %s",
                            codec->coder->name);
        negative = false;
    }
    vg__render_text(r, negative ? "(" : ""); /* no minus after another: a comment */
    const char *problem = r->dialect->value(r->out, v, codec);
    if (problem)
        vg__render_fail(r, VG_INVALID, "INLINE: %s cannot be written into SQL",
                        problem);
    vg__render_text(r, negative ? ")" : "");
}

static void now(vg_render *r, const vg_column *codec)
{
    r->dialect->default_now(r->out, codec);
}

/* Whether a time is stored in another way than `codec`. */
static bool is_other_time(const vg_column *from, const vg_column *codec)
{
    return vg__is_time(from) && vg__is_time(codec) &&
           (vg__codec_mode(from) != vg__codec_mode(codec) ||
            (from->type != codec->type && vg__codec_mode(codec) == VG_MODE_ISO_TEXT));
}

void vg__render_as(vg_render *r, vg_value v, const vg_column *codec, vg_form inside)
{
    const vg_node *x = vg_value_kind_of(v) == VG_V_EXPR ? v.node : NULL;
    const vg_column *from = x ? vg__codec_of(x) : NULL;
    if (x && x->op == VG_OP_INLINE)
        literal(r, x->b, codec);
    else if (x && x->op == VG_OP_NOW && vg__is_time(codec))
        now(r, codec);
    else if (is_other_time(from, codec) && x->op != VG_OP_PARAM)
        r->dialect->time_as(r, v, from, codec);
    else if (inside == VG_FORM_LIST) /* between commas */
        vg__render_operand(r, v);
    else
        vg__render_inner(r, v, inside);
}

static void values(vg_render *r, const vg_node *x, uint32_t from, uint32_t to,
                   const vg_column *codec)
{
    const vg_value *list = x->b.p;
    for (uint32_t i = from; i < to; i++) {
        vg__render_comma(r, i - from);
        vg__render_as(r, list[i], codec, VG_FORM_LIST);
    }
}

static void call(vg_render *r, const vg_node *x, const vg_column *codec)
{
    const char *sql = vg__render_op(r, x), *mark = strchr(sql, '*');
    vg__buf_bytes(r->out, sql, mark ? (size_t)(mark - sql) : strlen(sql));
    vg__render_text(r, mark ? "" : "(");
    values(r, x, 0, x->n, codec);
    vg__render_text(r, mark ? mark + 1 : ")");
}

/* What is JSON already, but stored as text. */
static bool is_json(vg_value v)
{
    const vg_node *x = vg_value_kind_of(v) == VG_V_EXPR ? v.node : NULL;
    return x && vg__ops[x->op].form != VG_FORM_JSON && vg__codec_of(x) &&
           vg__codec_of(x)->type == VG_TYPE_JSON;
}

static void json_call(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    bool made = x->op == VG_OP_JSON_OBJECT || x->op == VG_OP_JSON_ARRAY ||
                x->op == VG_OP_JSON_GROUP_ARRAY || x->op == VG_OP_JSON_GROUP_OBJECT;
    vg__render_text(r, vg__render_op(r, x));
    vg__render_text(r, "(");
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_comma(r, i);
        bool json = is_json(list[i]) && (made || i > 0);
        vg__render_text(r, json ? r->dialect->json_open : "");
        vg__render_operand(r, list[i]);
        vg__render_text(r, json ? ")" : "");
    }
    vg__render_text(r, ")");
}

static void rows(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    uint32_t half = x->n / 2;
    vg__render_text(r, "(");
    values(r, x, 0, half, 0);
    vg__render_text(r, ")");
    vg__render_text(r, vg__render_op(r, x));
    vg__render_text(r, "(");
    for (uint32_t i = 0; i < half; i++) {
        vg__render_comma(r, i);
        vg__render_as(
            r, list[half + i],
            vg_value_kind_of(list[i]) == VG_V_EXPR ? vg__codec_of(list[i].node) : 0,
            VG_FORM_LIST);
    }
    vg__render_text(r, ")");
}

/* x like ? escape '\': the walk has escaped a parameter; an expression is escaped by the
 * database. */
static void search(vg_render *r, const vg_node *x)
{
    static const char *const escaped[] = {"replace(replace(replace(",
                                          ", '\\', '\\\\'), '%', '\\%'), '_', '\\_')"};
    const char *sql = vg__render_op(r, x), *mark = strchr(sql, '?');
    vg__render_inner(r, vg_of_node(x->a), VG_FORM_COMPARE);
    vg__buf_bytes(r->out, sql, (size_t)(mark - sql));
    if (vg_value_kind_of(x->b) != VG_V_EXPR && !r->literals) {
        vg__render_param(r);
    } else {
        vg__render_text(r, x->op == VG_OP_STARTS_WITH ? "" : "'%' || ");
        vg__render_text(r, escaped[0]);
        vg__render_operand(r, x->b);
        vg__render_text(r, escaped[1]);
        vg__render_text(r, x->op == VG_OP_ENDS_WITH ? "" : " || '%'");
    }
    vg__render_text(r, mark + 1);
}

static void choices(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    const vg_column *codec = vg__codec_of(x);
    vg__render_text(r, vg__render_op(r, x));
    for (uint32_t i = 0; i < x->n; i += 2) {
        if (vg_value_kind_of(list[i]) == VG_V_NONE) {
            vg__render_text(r, " else ");
        } else {
            vg__render_text(r, " when ");
            vg__render_operand(r, list[i]);
            vg__render_text(r, " then ");
        }
        vg__render_as(r, list[i + 1], codec, VG_FORM_LIST);
    }
    vg__render_text(r, " end");
}

/* A time, or ISO text, becomes a time; other types are the database's affair. */
static void cast(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    const vg_column column = {.type = (uint8_t)x->type, .name = ""};
    if (vg__is_time(&column)) {
        static const vg_column text = {.type = VG_TYPE_TIMESTAMP,
                                       .mode = VG_MODE_ISO_TEXT};
        const vg_column *to = vg__codec_of_type(x->type), *from = &text;
        if (vg_value_kind_of(list[0]) == VG_V_TIME) /* bound as what it becomes */
            from = to;
        else if (vg_value_kind_of(list[0]) == VG_V_EXPR &&
                 vg__is_time(vg__codec_of(list[0].node)))
            from = vg__codec_of(list[0].node);
        r->dialect->time_as(r, list[0], from, to);
        return;
    }
    vg__render_text(r, "cast(");
    vg__render_operand(r, list[0]);
    vg__render_text(r, " as ");
    r->dialect->type(r->out, &column);
    vg__render_text(r, ")");
}

void vg__render_function(vg_render *r, const vg_node *x)
{
    switch (vg__ops[x->op].form) {
    case VG_FORM_SEARCH: search(r, x); break;
    case VG_FORM_ROWS: rows(r, x); break;
    case VG_FORM_LIST: call(r, x, 0); break;
    case VG_FORM_TIME:
        if (x->op == VG_OP_NOW)
            now(r, vg__codec_of_type(VG_TYPE_TIMESTAMP));
        else
            r->dialect->time(r, x);
        break;
    case VG_FORM_JOIN: call(r, x, vg__codec_of(x)); break;
    case VG_FORM_JSON: json_call(r, x); break;
    case VG_FORM_COLLATE:
        vg__render_inner(r, vg_of_node(x->a), VG_FORM_COLLATE);
        vg__render_text(r, vg__render_op(r, x));
        break;
    case VG_FORM_LITERAL: literal(r, x->b, 0); break;
    case VG_FORM_CASE: choices(r, x); break;
    case VG_FORM_CAST: cast(r, x); break;
    case VG_FORM_FILTER: vg__render_filter(r, x); break;
    case VG_FORM_OVER:
    case VG_FORM_OVER_WINDOW: vg__render_over(r, x); break;
    default: vg__render_fail(r, VG_INVALID, "an operator has no form"); break;
    }
}
