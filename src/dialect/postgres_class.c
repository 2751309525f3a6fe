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

static unsigned class_of_node(const vg_node *x)
{
    switch ((vg_op)x->op) {
    case VG_OP_COLUMN:
        return ((const vg_shape *)x->a)->columns[x->n].sql_class & VG_K_ANY;
    case VG_OP_PARAM:
    case VG_OP_CAST:
    case VG_OP_FRAGMENT:
    case VG_OP_JSON_GET: return class_of_type(x->type);
    case VG_OP_INLINE: return class_of_kind(vg_value_kind_of(x->b));
    case VG_OP_SCALAR: return class_of_query(x);
    case VG_OP_ADD:
    case VG_OP_SUB:
    case VG_OP_MUL:
    case VG_OP_DIV:
    case VG_OP_MOD:
    case VG_OP_COALESCE:
    case VG_OP_NULLIF:
    case VG_OP_GREATEST:
    case VG_OP_LEAST: return common(x, 0, 1);
    case VG_OP_CASE: return common(x, 1, 2);
    case VG_OP_LAG:
    case VG_OP_LEAD:
    case VG_OP_NTH_VALUE: return vg__pg_class(((const vg_value *)x->b.p)[0]);
    case VG_OP_COUNT_ALL:
    case VG_OP_COUNT:
    case VG_OP_COUNT_DISTINCT:
    case VG_OP_BIT_AND:
    case VG_OP_BIT_OR:
    case VG_OP_BIT_NOT:
    case VG_OP_SHIFT_LEFT:
    case VG_OP_SHIFT_RIGHT:
    case VG_OP_ROW_NUMBER:
    case VG_OP_RANK:
    case VG_OP_DENSE_RANK:
    case VG_OP_NTILE:
    case VG_OP_LENGTH:
    case VG_OP_INSTR:
    case VG_OP_UNICODE:
    case VG_OP_SIGN:
    case VG_OP_RANDOM:
    case VG_OP_TIME_PART:
    case VG_OP_TIME_DIFF:
    case VG_OP_JSON_ARRAY_LENGTH: return VG_K_int;
    case VG_OP_AVG:
    case VG_OP_AVG_DISTINCT:
    case VG_OP_TOTAL:
    case VG_OP_PERCENT_RANK:
    case VG_OP_CUME_DIST:
    case VG_OP_ROUND:
    case VG_OP_SQRT:
    case VG_OP_POWER: return VG_K_real;
    case VG_OP_CONCAT:
    case VG_OP_LOWER:
    case VG_OP_UPPER:
    case VG_OP_SUBSTR:
    case VG_OP_REPLACE:
    case VG_OP_LTRIM:
    case VG_OP_RTRIM:
    case VG_OP_TRIM:
    case VG_OP_HEX:
    case VG_OP_CHR:
    case VG_OP_COLLATE_NOCASE:
    case VG_OP_COLLATE_BINARY:
    case VG_OP_COLLATE_RTRIM:
    case VG_OP_GROUP_CONCAT:
    case VG_OP_TIME_FORMAT:
    case VG_OP_JSON_TEXT:
    case VG_OP_JSON_TYPE: return VG_K_text;
    case VG_OP_NOW:
    case VG_OP_TIME_TRUNC:
    case VG_OP_TIME_ADD: return VG_K_time;
    case VG_OP_NEG:
    case VG_OP_ABS:
    case VG_OP_CEIL:
    case VG_OP_FLOOR:
    case VG_OP_NULLABLE:
    case VG_OP_AS:
    case VG_OP_EXCLUDED:
    case VG_OP_SUM:
    case VG_OP_SUM_DISTINCT:
    case VG_OP_MIN:
    case VG_OP_MAX:
    case VG_OP_FIRST_VALUE:
    case VG_OP_LAST_VALUE:
    case VG_OP_FILTER:
    case VG_OP_OVER:
    case VG_OP_OVER_WINDOW: return vg__pg_class(vg_of_node(x->a));
    default: break;
    }
    if (vg__codec_of(x))
        return class_of_type(vg__codec_of(x)->type);
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
    case VG_FORM_SUBQUERY: return VG_K_predicate;
    default: return 0;
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
