/* JSON in PostgreSQL: jsonb, and the paths that JSON_GET and its kind take, "$.a[0].b", as
 * the server's own: a jsonpath to read, an array of keys to change. */
#include "core/codec.h"
#include "dialect/postgres_render.h"

/* What is JSON as it stands; a text becomes JSON. */
static void document(vg_render *r, vg_value v)
{
    if (vg__pg_class(v) == VG_K_json && !vg__pg_is_param(v))
        vg__pg_close(r, v);
    else
        vg__pg_cast(r, v, "jsonb");
}

static void jsonpath(vg_render *r, vg_value path)
{
    vg__render_text(r, "('strict ' || replace(");
    vg__pg_typed(r, path);
    vg__render_text(r, ", '[#-', '[last+1-'))::jsonpath");
}

/* The keys of a path as an array of text. */
static void keys(vg_render *r, vg_value path)
{
    vg__render_text(r, "string_to_array(btrim(translate(replace(replace(");
    vg__pg_typed(r, path);
    vg__render_text(r, ", '[#]', '[2147483647]'), '[', '.'), '#$]\"', ''), '.'), '.')");
}

/* What stands at the path, or the whole. */
static void found(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    if (x->n == 1) {
        document(r, list[0]);
        return;
    }
    vg__render_text(r, "jsonb_path_query_first(");
    document(r, list[0]);
    vg__render_text(r, ", ");
    jsonpath(r, list[1]);
    vg__render_text(r, ", '{}', true)");
}

static void get(vg_render *r, const vg_node *x)
{
    const vg_column column = {.type = (uint8_t)x->type, .name = ""};
    vg__render_text(r, "(");
    found(r, x);
    vg__render_text(r, " #>> '{}')");
    if (x->op == VG_OP_JSON_GET) {
        vg__render_text(r, "::");
        r->dialect->type(r->out, &column);
    }
}

/* `open` and what is found, again and again; the parameters are the same each time. */
static void again(vg_render *r, const vg_node *x, const char *const *texts)
{
    size_t before = r->param_count;
    for (; *texts; texts++) {
        vg__render_text(r, *texts);
        if (texts[1]) {
            vg__render_again(r, before);
            found(r, x);
        }
    }
}

static const char *const type_of[] = {
    "case jsonb_typeof(",
    ") when 'string' then 'text' when 'boolean' then (",
    ")::text when 'number' then case when (",
    ")::text ~ '[.eE]' then 'real' else 'integer' end "
    "else jsonb_typeof(",
    ") end",
    NULL};
static const char *const length_of[] = {"case when jsonb_typeof(",
                                        ") = 'array' then jsonb_array_length(",
                                        ") when (", ") is not null then 0 end", NULL};

static void valid(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    if (vg__pg_class(list[0]) != VG_K_json)
        vg__render_fail(
            r, VG_UNSUPPORTED,
            "%s: JSON_VALID of a text is not PostgreSQL's before 16; a JSON "
            "column is always valid",
            r->dialect->name);
    vg__render_text(r, "case when ");
    document(r, list[0]);
    vg__render_text(r, " is not null then true end");
}

/* A value that stands in JSON; NULL is JSON's null there. */
static void element(vg_render *r, vg_value v)
{
    if (vg_value_kind_of(v) == VG_V_NULL) {
        vg__render_text(r, "coalesce(to_jsonb(");
        vg__render_operand(r, v);
        vg__render_text(r, "::text), 'null')");
        return;
    }
    vg__render_text(r, "coalesce(to_jsonb(");
    vg__pg_typed(r, v);
    vg__render_text(r, "), 'null')");
}

/* jsonb_set(..., keys, value, create): the first pair is the innermost. */
static void changed(vg_render *r, const vg_node *x, uint32_t pairs)
{
    const vg_value *list = x->b.p;
    size_t before = r->param_count;
    if (!pairs) {
        document(r, list[0]);
        return;
    }
    vg__render_text(r, "jsonb_set(");
    changed(r, x, pairs - 1);
    size_t path = r->param_count;
    vg__render_text(r, ", ");
    keys(r, list[2 * pairs - 1]);
    size_t value = r->param_count;
    vg__render_text(r, ", ");
    if (x->op == VG_OP_JSON_INSERT) { /* what is there stays */
        vg__render_text(r, "coalesce(");
        vg__render_again(r, before);
        changed(r, x, pairs - 1);
        vg__render_text(r, " #> ");
        vg__render_again(r, path);
        keys(r, list[2 * pairs - 1]);
        vg__render_text(r, ", ");
        vg__render_again(r, value);
    }
    element(r, list[2 * pairs]);
    vg__render_text(r, x->op == VG_OP_JSON_INSERT ? ")" : "");
    vg__render_text(r, x->op == VG_OP_JSON_REPLACE ? ", false)" : ", true)");
}

static void removed(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    vg__render_text(r, "(");
    document(r, list[0]);
    for (uint32_t i = 1; i < x->n; i++) {
        vg__render_text(r, " #- ");
        keys(r, list[i]);
    }
    vg__render_text(r, ")");
}

/* RFC 7396, which jsonb has no function for: the patch is taken apart into what stands at
 * each path ("p"), parents first, and put into the document one by one ("d"). */
static void patched(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    size_t before = r->param_count;
    vg__render_text(r, "(with recursive \"o\" as (select ");
    document(r, list[0]);
    vg__render_text(r, " as \"o\", ");
    document(r, list[1]);
    vg__render_text(
        r, " as \"v\"), \"p\" as (select '{}'::text[] as \"k\", \"v\" from \"o\" union "
           "all select \"k\" || \"e\".\"key\", \"e\".\"value\" from \"p\", "
           "jsonb_each(case "
           "jsonb_typeof(\"v\") when 'object' then \"v\" else '{}' end) \"e\"), "
           "\"q\" as (select row_number() over (order by cardinality(\"k\"), \"k\") as "
           "\"n\", \"k\", \"v\" from \"p\"), "
           "\"d\" as (select 0::bigint as \"n\", \"o\" as \"d\" from \"o\" union all "
           "select "
           "\"q\".\"n\", case when jsonb_typeof(\"q\".\"v\") = 'object' then case when "
           "\"k\" = '{}' then case when jsonb_typeof(\"d\") = 'object' then \"d\" else "
           "'{}' end when jsonb_typeof(\"d\" #> \"k\") = 'object' then \"d\" else "
           "jsonb_set(\"d\", \"k\", '{}') end when \"k\" = '{}' then \"q\".\"v\" when "
           "\"q\".\"v\" = 'null' then \"d\" #- \"k\" else jsonb_set(\"d\", \"k\", "
           "\"q\".\"v\") end from \"d\" join \"q\" on \"q\".\"n\" = \"d\".\"n\" + 1) "
           "select \"d\" from \"d\" where ");
    size_t after = r->param_count;
    vg__render_again(r, before);
    vg__render_text(r, "num_nulls(");
    document(r, list[0]);
    vg__render_text(r, ", ");
    document(r, list[1]);
    r->param_count = after;
    vg__render_text(r, ") = 0 order by \"n\" desc limit 1)");
}

static void made(vg_render *r, const vg_node *x, const char *open)
{
    const vg_value *list = x->b.p;
    vg__render_text(r, open);
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_comma(r, i);
        if (vg_value_kind_of(list[i]) == VG_V_NULL) {
            vg__render_operand(r, list[i]);
            vg__render_text(r, "::text");
        } else {
            vg__pg_typed(r, list[i]);
        }
    }
    vg__render_text(r, ")");
}

/* ---- rows ---- */

/* The elements of "v": of an object, of an array, or itself. */
#define ELEMENTS(v)                                                                 \
    "(select \"key\", \"value\", row_number() over () as \"n\", '.' || \"key\" as " \
    "\"s\" "                                                                        \
    "from jsonb_each(case jsonb_typeof(" v ") when 'object' then " v                \
    " else '{}' end) union all select (\"n\" - 1)::text, \"value\", \"n\", '[' || " \
    "(\"n\" "                                                                       \
    "- 1) || ']' from jsonb_array_elements(case jsonb_typeof(" v                    \
    ") when 'array' then " v                                                        \
    " else '[]' end) with ordinality \"a\"(\"value\", \"n\"))"

#define COLUMNS(value)                                                               \
    value " #>> '{}' as \"value\", case jsonb_typeof(" value                         \
          ") when 'string' then 'text' when 'boolean' then " value                   \
          "::text when 'number' then case when " value                               \
          "::text ~ '[.eE]' then 'real' else 'integer' end else jsonb_typeof(" value \
          ") end as \"type\", case when jsonb_typeof(" value                         \
          ") not in ('object', 'array') then " value " #>> '{}' end as \"atom\""

static void each(vg_render *r, const vg_node *x)
{
    vg__render_text(
        r, "lateral (select \"e\".\"key\", " COLUMNS(
               "\"e\".\"value\"") ", \"e\".\"n\" as \"id\", null::bigint as "
                                  "\"parent\", '$' || \"e\".\"s\" as "
                                  "\"fullkey\", '$' as \"path\" from (select ");
    document(r, *(const vg_value *)x->b.p);
    vg__render_text(
        r, " as \"v\") \"j\", lateral (select * from " ELEMENTS(
               "\"j\".\"v\"") " \"m\" union all select null, \"j\".\"v\", 1, '' "
                              "where jsonb_typeof(\"j\".\"v\") not in "
                              "('object', 'array')) \"e\")");
}

static void tree(vg_render *r, const vg_node *x)
{
    vg__render_text(r,
                    "lateral (with recursive \"t\" as (select null::text as \"key\", ");
    document(r, *(const vg_value *)x->b.p);
    vg__render_text(
        r,
        " as \"v\", '$' as \"fullkey\", null::text as \"path\", '{}'::bigint[] as "
        "\"o\" union all select \"m\".\"key\", \"m\".\"value\", \"t\".\"fullkey\" || "
        "\"m\".\"s\", \"t\".\"fullkey\", \"t\".\"o\" || \"m\".\"n\" from \"t\", "
        "lateral " ELEMENTS(
            "\"t\".\"v\"") " \"m\"), \"u\" as (select *, row_number() over (order by "
                           "\"o\") - 1 as \"id\" from \"t\" where \"v\" is not null) "
                           "select \"u\".\"key\", " COLUMNS(
                               "\"u\".\"v\"") ", \"u\".\"id\", \"p\".\"id\" as "
                                              "\"parent\", "
                                              "\"u\".\"fullkey\", "
                                              "coalesce(\"u\".\"path\", '$') as "
                                              "\"path\" from \"u\" left join "
                                              "\"u\" \"p\" on cardinality(\"u\".\"o\") "
                                              "> 0 and \"p\".\"o\" = "
                                              "\"u\".\"o\"[1:cardinality(\"u\".\"o\") "
                                              "- 1] order by \"u\".\"id\")");
}

bool vg__pg_json(vg_render *r, const vg_node *x)
{
    switch ((vg_op)x->op) {
    case VG_OP_JSON_GET:
    case VG_OP_JSON_TEXT: get(r, x); return true;
    case VG_OP_JSON_PART:
        vg__render_text(r, "nullif(");
        found(r, x);
        vg__render_text(r, ", 'null')");
        return true;
    case VG_OP_JSON_TYPE: again(r, x, type_of); return true;
    case VG_OP_JSON_ARRAY_LENGTH: again(r, x, length_of); return true;
    case VG_OP_JSON_VALID: valid(r, x); return true;
    case VG_OP_JSON_SET:
    case VG_OP_JSON_INSERT:
    case VG_OP_JSON_REPLACE: changed(r, x, (x->n - 1) / 2); return true;
    case VG_OP_JSON_REMOVE: removed(r, x); return true;
    case VG_OP_JSON_PATCH: patched(r, x); return true;
    case VG_OP_JSON_OBJECT: made(r, x, "jsonb_build_object("); return true;
    case VG_OP_JSON_ARRAY: made(r, x, "jsonb_build_array("); return true;
    case VG_OP_JSON_MERGE:
        document(r, ((const vg_value *)x->b.p)[0]);
        vg__render_text(r, " || ");
        document(r, ((const vg_value *)x->b.p)[1]);
        return true;
    case VG_OP_JSON_EACH: each(r, x); return true;
    case VG_OP_JSON_TREE: tree(r, x); return true;
    default: return false;
    }
}
