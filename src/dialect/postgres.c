/* PostgreSQL's dialect. Types and defaults are what drizzle-kit writes for the same columns;
 * the portable types have the meaning that they have everywhere: INTEGER has 64 bits, a
 * TIMESTAMP is a point in time. */
#include "dialect/postgres.h"
#include "core/codec.h"
#include <math.h>

static void size_of(vg_buf *out, uint32_t n)
{
    vg__buf_char(out, '(');
    vg__buf_int(out, n);
    vg__buf_char(out, ')');
}

static void type(vg_buf *out, const vg_column *c)
{
    bool custom = c->type == VG_TYPE_CUSTOM;
    if (c->sql_type) {
        vg__buf_text(out, c->sql_type);
        return;
    }
    switch (custom ? c->coder->storage : c->type) {
    case VG_TYPE_INTEGER:
    case VG_TYPE_ENUM_INTEGER: vg__buf_text(out, "bigint"); break;
    case VG_TYPE_BOOLEAN: vg__buf_text(out, "boolean"); break;
    case VG_TYPE_REAL: vg__buf_text(out, "double precision"); break;
    case VG_TYPE_NUMERIC:
        vg__buf_text(out, "numeric");
        if (c->args) {
            vg__buf_char(out, '(');
            vg__buf_int(out, c->args >> 8);
            vg__buf_text(out, ", ");
            vg__buf_int(out, c->args & 255);
            vg__buf_char(out, ')');
        }
        break;
    case VG_TYPE_BLOB: vg__buf_text(out, "bytea"); break;
    case VG_TYPE_JSON: vg__buf_text(out, "jsonb"); break;
    case VG_TYPE_UUID: vg__buf_text(out, "uuid"); break;
    case VG_TYPE_TIMESTAMP: vg__buf_text(out, "timestamp with time zone"); break;
    case VG_TYPE_DATE: vg__buf_text(out, "date"); break;
    default:
        if (c->type == VG_TYPE_TEXT && c->args) {
            vg__buf_text(out, "varchar");
            size_of(out, c->args);
        } else {
            vg__buf_text(out, "text");
        }
        break;
    }
}

static void default_now(vg_buf *out, const vg_column *c)
{
    vg__buf_text(out, c->type == VG_TYPE_DATE ? "CURRENT_DATE" : "now()");
}

static void quoted(vg_buf *out, const char *text)
{
    vg__buf_literal(out, text, strlen(text));
}

static void time_literal(vg_buf *out, vg_timestamp t, const vg_column *codec)
{
    char text[VG_TIMESTAMP_ROOM];
    quoted(out, codec && codec->type == VG_TYPE_DATE ? vg_date_format(t, text)
                                                     : vg_timestamp_format(t, text));
}

static void hex_literal(vg_buf *out, const uint8_t *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    vg__buf_text(out, "'\\x");
    for (size_t i = 0; i < len; i++) {
        vg__buf_char(out, digits[bytes[i] >> 4]);
        vg__buf_char(out, digits[bytes[i] & 15]);
    }
    vg__buf_char(out, '\'');
}

static bool literal(vg_buf *out, const vg_column *c)
{
    const vg_literal *l = c->literal;
    vg_timestamp time;
    vg_uuid uuid;
    if (c->type == VG_TYPE_ENUM_TEXT) {
        const char *label = vg_label_text(c->coder, l->i);
        if (label)
            quoted(out, label);
        return label != NULL;
    }
    if (l->kind == VG_V_TEXT) {
        if (c->sql_class == VG_K_time && !vg_timestamp_parse(l->s, strlen(l->s), &time))
            return false;
        if (c->sql_class == VG_K_uuid_expr && !vg_uuid_parse(l->s, strlen(l->s), &uuid))
            return false;
        if (c->sql_class == VG_K_blob)
            hex_literal(out, (const uint8_t *)l->s, strlen(l->s));
        else
            quoted(out, l->s);
        return true;
    }
    if (c->sql_class == VG_K_predicate)
        vg__buf_text(out, l->i ? "true" : "false");
    else if (l->kind == VG_V_REAL)
        vg__buf_real(out, l->d);
    else
        vg__buf_int(out, l->i);
    return true;
}

static const char *value(vg_buf *out, vg_value v, const vg_column *codec)
{
    char text[40];
    vg_value_kind kind = vg_value_kind_of(v);
    bool bytes = kind == VG_V_TEXT || kind == VG_V_BLOB;
    size_t len = bytes ? vg_value_len(v) : 0;
    switch (kind) {
    case VG_V_INT: vg__buf_int(out, v.i); return NULL;
    case VG_V_BOOL: vg__buf_text(out, v.i ? "true" : "false"); return NULL;
    case VG_V_TIME: time_literal(out, (vg_timestamp){v.i}, codec); return NULL;
    case VG_V_REAL:
        if (isnan(v.d) || isinf(v.d))
            vg__buf_text(out, isnan(v.d) ? "'NaN'"
                              : v.d < 0  ? "'-Infinity'"
                                         : "'Infinity'");
        else
            vg__buf_real(out, v.d);
        return NULL;
    case VG_V_NULL: vg__buf_text(out, "null"); return NULL;
    case VG_V_TEXT:
        if (v.s && memchr(v.s, 0, len))
            return "a text with a NUL in it";
        v.s ? vg__buf_literal(out, v.s, len) : vg__buf_text(out, "null");
        return NULL;
    case VG_V_BLOB:
        v.p ? hex_literal(out, v.p, len) : vg__buf_text(out, "null");
        return NULL;
    case VG_V_UUID:
        v.p ? quoted(out, vg_uuid_format(v.p, text)) : vg__buf_text(out, "null");
        return NULL;
    default: return "a value that is known only when the query runs";
    }
}

static const vg_spelling spellings[] = {{VG_OP_IS, " is not distinct from "},
                                        {VG_OP_IS_NOT, " is distinct from "},
                                        {VG_OP_NONE, NULL}};

static void time_call(vg_render *r, const vg_node *x)
{
    vg__render_fail(r, VG_UNSUPPORTED, "%s is not written for PostgreSQL yet",
                    vg__ops[x->op].name);
}

static void time_as(vg_render *r, vg_value v, const vg_column *from,
                    const vg_column *to)
{
    (void)from;
    (void)to;
    vg__render_operand(r, v);
}

const vg_dialect vg_dialect_postgres = {
    .name = "postgresql",
    .quote = '"',
    .ddl_quote = '"',
    .numbered_params = true,
    .offset_alone = "",
    .true_text = "true",
    .false_text = "false",
    .set_op_all = true,
    .cte_writes = true,
    .operand_open = "(",
    .operand_close = ")",
    .lexis = &vg__postgres_lexis,
    .spellings = spellings,
    .json_open = "(",
    .delete_using = true,
    .max_params = 65535,
    .max_rows = 1000,
    .autoincrement = " GENERATED BY DEFAULT AS IDENTITY",
    .begin = {"begin", "begin", "begin", "begin"},
    .begin_read = "begin read only",
    .type = type,
    .default_now = default_now,
    .literal = literal,
    .time = time_call,
    .time_as = time_as,
    .value = value,
};
