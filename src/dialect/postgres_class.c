/* What an expression is to PostgreSQL, whose operators and functions are chosen by the types
 * of their operands. */
#include "core/codec.h"
#include "dialect/postgres_render.h"

static unsigned class_of_type(unsigned type)
{
    static const uint16_t classes[] = {
        [VG_TYPE_INTEGER] = VG_K_int,       [VG_TYPE_REAL] = VG_K_real,
        [VG_TYPE_TEXT] = VG_K_text,         [VG_TYPE_NUMERIC] = VG_K_numeric,
        [VG_TYPE_BOOLEAN] = VG_K_predicate, [VG_TYPE_BLOB] = VG_K_blob,
        [VG_TYPE_JSON] = VG_K_json,         [VG_TYPE_UUID] = VG_K_uuid_expr,
        [VG_TYPE_TIMESTAMP] = VG_K_time,    [VG_TYPE_DATE] = VG_K_time};
    return type < sizeof classes / sizeof *classes ? classes[type] : 0;
}

static unsigned class_of_kind(vg_value_kind kind)
{
    switch (kind) {
    case VG_V_INT: return VG_K_int;
    case VG_V_REAL: return VG_K_real;
    case VG_V_BOOL: return VG_K_predicate;
    case VG_V_TIME: return VG_K_time;
    case VG_V_TEXT: return VG_K_text;
    case VG_V_BLOB: return VG_K_blob;
    case VG_V_UUID: return VG_K_uuid_expr;
    default: return 0;
    }
}

/* Of operands that have one type: INTEGER meets REAL as REAL. */
static unsigned common(const vg_node *x, uint32_t from, uint32_t step)
{
    const vg_value *list = x->b.p;
    unsigned all = 0;
    for (uint32_t i = from; i < x->n; i += step)
        all |= vg__pg_class(list[i]);
    if (all & (all - 1))
        return all & ~(unsigned)(VG_K_int | VG_K_real | VG_K_numeric) ? 0 : VG_K_real;
    return all;
}

static unsigned class_of_query(const vg_node *x)
{
    const vg_clause *query = x->b.p;
    for (uint32_t i = 0; i < x->n; i++) {
        if (query[i].kind == VG_CLAUSE_SELECT && !query[i].shape)
            return vg__pg_class(vg_of_node(query[i].c));
        if (query[i].kind == VG_CLAUSE_SELECT_COUNT)
            return VG_K_int;
    }
    return 0;
}

/* What says of which class an operation is; one of VG_K_ where it is always the same. */
enum {
    OF_FORM, /* that of the operator; or its codec */
    OF_COLUMN = VG_K_ANY + 1,
    OF_TYPE,    /* the node's */
    OF_VALUE,   /* the one that it holds */
    OF_QUERY,   /* its SELECT */
    OF_LIST,    /* all operands */
    OF_RESULTS, /* every second one: CASE */
    OF_FIRST,   /* of the list */
    OF_OPERAND
};

static const uint16_t rules[] = {
    [VG_OP_COLUMN] = OF_COLUMN,
    [VG_OP_PARAM] = OF_TYPE,
    [VG_OP_CAST] = OF_TYPE,
    [VG_OP_FRAGMENT] = OF_TYPE,
    [VG_OP_JSON_GET] = OF_TYPE,
    [VG_OP_INLINE] = OF_VALUE,
    [VG_OP_SCALAR] = OF_QUERY,
    [VG_OP_ADD] = OF_LIST,
    [VG_OP_SUB] = OF_LIST,
    [VG_OP_MUL] = OF_LIST,
    [VG_OP_DIV] = OF_LIST,
    [VG_OP_MOD] = OF_LIST,
    [VG_OP_COALESCE] = OF_LIST,
    [VG_OP_NULLIF] = OF_LIST,
    [VG_OP_GREATEST] = OF_LIST,
    [VG_OP_LEAST] = OF_LIST,
    [VG_OP_CASE] = OF_RESULTS,
    [VG_OP_LAG] = OF_FIRST,
    [VG_OP_LEAD] = OF_FIRST,
    [VG_OP_NTH_VALUE] = OF_FIRST,
    [VG_OP_COUNT_RELATED] = VG_K_int,
    [VG_OP_COUNT_ALL] = VG_K_int,
    [VG_OP_COUNT] = VG_K_int,
    [VG_OP_COUNT_DISTINCT] = VG_K_int,
    [VG_OP_BIT_AND] = VG_K_int,
    [VG_OP_BIT_OR] = VG_K_int,
    [VG_OP_BIT_NOT] = VG_K_int,
    [VG_OP_SHIFT_LEFT] = VG_K_int,
    [VG_OP_SHIFT_RIGHT] = VG_K_int,
    [VG_OP_ROW_NUMBER] = VG_K_int,
    [VG_OP_RANK] = VG_K_int,
    [VG_OP_DENSE_RANK] = VG_K_int,
    [VG_OP_NTILE] = VG_K_int,
    [VG_OP_LENGTH] = VG_K_int,
    [VG_OP_INSTR] = VG_K_int,
    [VG_OP_UNICODE] = VG_K_int,
    [VG_OP_SIGN] = VG_K_int,
    [VG_OP_RANDOM] = VG_K_int,
    [VG_OP_TIME_PART] = VG_K_int,
    [VG_OP_TIME_DIFF] = VG_K_int,
    [VG_OP_JSON_ARRAY_LENGTH] = VG_K_int,
    [VG_OP_AVG] = VG_K_real,
    [VG_OP_AVG_DISTINCT] = VG_K_real,
    [VG_OP_TOTAL] = VG_K_real,
    [VG_OP_PERCENT_RANK] = VG_K_real,
    [VG_OP_CUME_DIST] = VG_K_real,
    [VG_OP_ROUND] = VG_K_real,
    [VG_OP_SQRT] = VG_K_real,
    [VG_OP_POWER] = VG_K_real,
    [VG_OP_CONCAT] = VG_K_text,
    [VG_OP_LOWER] = VG_K_text,
    [VG_OP_UPPER] = VG_K_text,
    [VG_OP_SUBSTR] = VG_K_text,
    [VG_OP_REPLACE] = VG_K_text,
    [VG_OP_LTRIM] = VG_K_text,
    [VG_OP_RTRIM] = VG_K_text,
    [VG_OP_TRIM] = VG_K_text,
    [VG_OP_HEX] = VG_K_text,
    [VG_OP_CHR] = VG_K_text,
    [VG_OP_COLLATE_NOCASE] = VG_K_text,
    [VG_OP_COLLATE_BINARY] = VG_K_text,
    [VG_OP_COLLATE_RTRIM] = VG_K_text,
    [VG_OP_GROUP_CONCAT] = VG_K_text,
    [VG_OP_TIME_FORMAT] = VG_K_text,
    [VG_OP_JSON_TEXT] = VG_K_text,
    [VG_OP_JSON_TYPE] = VG_K_text,
    [VG_OP_NOW] = VG_K_time,
    [VG_OP_TIME_TRUNC] = VG_K_time,
    [VG_OP_TIME_ADD] = VG_K_time,
    [VG_OP_NEG] = OF_OPERAND,
    [VG_OP_ABS] = OF_OPERAND,
    [VG_OP_CEIL] = OF_OPERAND,
    [VG_OP_FLOOR] = OF_OPERAND,
    [VG_OP_NULLABLE] = OF_OPERAND,
    [VG_OP_AS] = OF_OPERAND,
    [VG_OP_EXCLUDED] = OF_OPERAND,
    [VG_OP_SUM] = OF_OPERAND,
    [VG_OP_SUM_DISTINCT] = OF_OPERAND,
    [VG_OP_MIN] = OF_OPERAND,
    [VG_OP_MAX] = OF_OPERAND,
    [VG_OP_FIRST_VALUE] = OF_OPERAND,
    [VG_OP_LAST_VALUE] = OF_OPERAND,
    [VG_OP_FILTER] = OF_OPERAND,
    [VG_OP_OVER] = OF_OPERAND,
    [VG_OP_OVER_WINDOW] = OF_OPERAND,
};

static unsigned class_by_form(const vg_node *x)
{
    const vg_column *codec = vg__codec_of(x);
    if (codec)
        return class_of_type(codec->type);
    switch (vg__ops[x->op].form) {
    case VG_FORM_COMPARE:
    case VG_FORM_SEARCH:
    case VG_FORM_ROWS:
    case VG_FORM_LOGIC:
    case VG_FORM_BETWEEN:
    case VG_FORM_IN:
    case VG_FORM_IN_ARRAY:
    case VG_FORM_PREFIX:
    case VG_FORM_SUFFIX:
    case VG_FORM_RELATED:
    case VG_FORM_SUBQUERY: return VG_K_predicate;
    default: return 0;
    }
}

static unsigned class_of_node(const vg_node *x)
{
    unsigned rule = x->op < sizeof rules / sizeof *rules ? rules[x->op] : OF_FORM;
    switch (rule) {
    case OF_FORM: return class_by_form(x);
    case OF_COLUMN: return ((const vg_shape *)x->a)->columns[x->n].sql_class & VG_K_ANY;
    case OF_TYPE: return class_of_type(x->type);
    case OF_VALUE: return class_of_kind(vg_value_kind_of(x->b));
    case OF_QUERY: return class_of_query(x);
    case OF_LIST: return common(x, 0, 1);
    case OF_RESULTS: return common(x, 1, 2);
    case OF_FIRST: return vg__pg_class(((const vg_value *)x->b.p)[0]);
    case OF_OPERAND: return vg__pg_class(vg_of_node(x->a));
    default: return rule;
    }
}

unsigned vg__pg_class(vg_value v)
{
    if (vg_value_kind_of(v) != VG_V_EXPR)
        return class_of_kind(vg_value_kind_of(v));
    return v.node ? class_of_node(v.node) : 0;
}

/* A column that a table has: its type is the one that was declared. */
static bool is_stored(vg_value v)
{
    const vg_node *x = vg_value_kind_of(v) == VG_V_EXPR ? v.node : NULL;
    if (!x || x->op != VG_OP_COLUMN)
        return false;
    const vg_shape *shape = x->a;
    if (shape->kind == VG_SHAPE_ALIAS)
        shape = shape->base;
    return shape->kind == VG_SHAPE_TABLE;
}

static bool are_ints(const vg_node *x)
{
    const vg_value *list = x->b.p;
    for (uint32_t i = 0; i < x->n; i++)
        if (!vg__pg_is_int(list[i]))
            return false;
    return true;
}

bool vg__pg_is_int(vg_value v)
{
    if (vg__pg_class(v) != VG_K_int)
        return false;
    if (is_stored(v) || vg_value_kind_of(v) != VG_V_EXPR)
        return true;
    const vg_node *x = v.node;
    switch ((vg_op)x->op) {
    case VG_OP_ADD:
    case VG_OP_SUB:
    case VG_OP_MUL:
    case VG_OP_COALESCE:
    case VG_OP_GREATEST:
    case VG_OP_LEAST: return are_ints(x);
    case VG_OP_NEG:
    case VG_OP_ABS:
    case VG_OP_MIN:
    case VG_OP_MAX: return vg__pg_is_int(vg_of_node(x->a));
    case VG_OP_DIV:
    case VG_OP_MOD:
    case VG_OP_BIT_AND:
    case VG_OP_BIT_OR:
    case VG_OP_BIT_NOT:
    case VG_OP_SHIFT_LEFT:
    case VG_OP_SHIFT_RIGHT:
    case VG_OP_COUNT_ALL:
    case VG_OP_COUNT:
    case VG_OP_COUNT_DISTINCT:
    case VG_OP_LENGTH:
    case VG_OP_INSTR:
    case VG_OP_UNICODE:
    case VG_OP_SIGN:
    case VG_OP_RANDOM:
    case VG_OP_TIME_PART:
    case VG_OP_TIME_DIFF:
    case VG_OP_CAST:
    case VG_OP_INLINE: return true;
    default: return false;
    }
}

bool vg__pg_is_double(vg_value v)
{
    if (vg__pg_class(v) != VG_K_real)
        return false;
    const vg_node *x = vg_value_kind_of(v) == VG_V_EXPR ? v.node : NULL;
    return !x || is_stored(v) || x->op == VG_OP_ROUND || x->op == VG_OP_CAST ||
           x->op == VG_OP_TOTAL;
}

bool vg__pg_is_date(vg_value v)
{
    const vg_column *codec =
        vg_value_kind_of(v) == VG_V_EXPR ? vg__codec_of(v.node) : NULL;
    return codec && codec->type == VG_TYPE_DATE;
}

/* ---- parameters and casts ---- */

bool vg__pg_is_param(vg_value v)
{
    if (vg_value_kind_of(v) == VG_V_EXPR)
        return v.node && v.node->op == VG_OP_PARAM;
    return vg_value_kind_of(v) != VG_V_IDENT;
}

static const char *type_of_class(vg_value v)
{
    switch (vg__pg_class(v)) {
    case VG_K_int: return "bigint";
    case VG_K_real: return "double precision";
    case VG_K_text: return "text";
    case VG_K_predicate: return "boolean";
    case VG_K_blob: return "bytea";
    case VG_K_json: return "jsonb";
    case VG_K_numeric: return "numeric";
    case VG_K_uuid_expr: return "uuid";
    case VG_K_time:
        return vg_value_kind_of(v) == VG_V_EXPR && v.node->type == VG_TYPE_DATE
                   ? "date"
                   : "timestamp with time zone";
    default: return NULL;
    }
}

void vg__pg_typed(vg_render *r, vg_value v)
{
    const char *type = vg__pg_is_param(v) ? type_of_class(v) : NULL;
    vg__render_operand(r, v);
    if (!type || r->literals)
        return;
    vg__render_text(r, "::");
    vg__render_text(r, type);
}

void vg__pg_close(vg_render *r, vg_value v)
{
    bool bare = vg__pg_is_param(v) ||
                (vg_value_kind_of(v) == VG_V_EXPR && v.node->op == VG_OP_COLUMN);
    vg__render_text(r, bare ? "" : "(");
    vg__render_operand(r, v);
    vg__render_text(r, bare ? "" : ")");
}

void vg__pg_cast(vg_render *r, vg_value v, const char *type)
{
    vg__pg_close(r, v);
    vg__render_text(r, "::");
    vg__render_text(r, type);
}
