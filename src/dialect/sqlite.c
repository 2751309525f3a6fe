/* SQLite's dialect. Types and defaults are what drizzle-kit writes for the same columns. */
#include "dialect/sqlite.h"
#include "core/codec.h"
#include "dialect/literal.h"

static vg_mode mode_of(const vg_column *c)
{
    return vg__codec_mode(c);
}

static void type(vg_buf *out, const vg_column *c)
{
    bool custom = c->type == VG_TYPE_CUSTOM;
    if (c->sql_type) {
        vg__buf_text(out, c->sql_type);
        return;
    }
    if (c->mode == VG_MODE_BLOB) {
        vg__buf_text(out, "blob");
        return;
    }
    switch (custom ? c->coder->storage : c->type) {
    case VG_TYPE_INTEGER:
    case VG_TYPE_ENUM_INTEGER:
    case VG_TYPE_BOOLEAN: vg__buf_text(out, "integer"); break;
    case VG_TYPE_REAL: vg__buf_text(out, "real"); break;
    case VG_TYPE_NUMERIC:
        /* SQLite ignores precision and scale; say them for the reader. */
        vg__buf_text(out, "numeric");
        if (c->args) {
            vg__buf_char(out, '(');
            vg__buf_int(out, c->args >> 8);
            vg__buf_text(out, ", ");
            vg__buf_int(out, c->args & 255);
            vg__buf_char(out, ')');
        }
        break;
    case VG_TYPE_BLOB: vg__buf_text(out, "blob"); break;
    case VG_TYPE_UUID:
        vg__buf_text(out, mode_of(c) == VG_MODE_BINARY ? "blob" : "text");
        break;
    case VG_TYPE_TIMESTAMP:
    case VG_TYPE_DATE:
        vg__buf_text(out, mode_of(c) == VG_MODE_ISO_TEXT ? "text" : "integer");
        break;
    default:
        vg__buf_text(out, "text");
        if (c->type == VG_TYPE_TEXT && c->args) {
            vg__buf_char(out, '(');
            vg__buf_int(out, c->args);
            vg__buf_char(out, ')');
        }
        break;
    }
}

static void default_now(vg_buf *out, const vg_column *c)
{
    bool date = c->type == VG_TYPE_DATE;
    switch (mode_of(c)) {
    case VG_MODE_SECONDS:
        vg__buf_text(out,
                     date ? "(cast(strftime('%s', 'now', 'start of day') as integer))"
                          : "(unixepoch())");
        break;
    case VG_MODE_MILLISECONDS:
        vg__buf_text(
            out, date
                     ? "(cast(strftime('%s', 'now', 'start of day') as integer) * 1000)"
                     : "(cast((julianday('now') - 2440587.5)*86400000 as integer))");
        break;
    case VG_MODE_ISO_TEXT:
        vg__buf_text(out, date ? "(date('now'))"
                               : "(strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))");
        break;
    default:
        vg__buf_text(
            out, date ? "(cast(strftime('%s', 'now', 'start of day') as integer) * "
                        "1000000)"
                      : "(cast((julianday('now') - 2440587.5)*86400000 as integer) * "
                        "1000)");
        break;
    }
}

static void time_literal(vg_buf *out, vg_timestamp t, const vg_column *codec);
static void uuid_literal(vg_buf *out, const vg_uuid *uuid, const vg_column *codec);

static const vg_literals literals = {.no = "0",
                                     .yes = "1",
                                     .bytes = "x'",
                                     .infinity = "9.0e+999", /* SQLite's own way */
                                     .minus_infinity = "-9.0e+999",
                                     .time = time_literal,
                                     .uuid = uuid_literal};

static void time_literal(vg_buf *out, vg_timestamp t, const vg_column *codec)
{
    char text[VG_TIMESTAMP_ROOM];
    int64_t scale = 1;
    switch (vg__codec_mode(codec)) {
    case VG_MODE_ISO_TEXT:
        codec && codec->type == VG_TYPE_DATE ? vg_date_format(t, text)
                                             : vg_timestamp_format(t, text);
        vg__buf_literal(out, text, strlen(text));
        return;
    case VG_MODE_SECONDS: scale = 1000000; break;
    case VG_MODE_MILLISECONDS: scale = 1000; break;
    default: break;
    }
    vg__buf_int(out, t.us / scale - (t.us % scale < 0));
}

static void uuid_literal(vg_buf *out, const vg_uuid *uuid, const vg_column *codec)
{
    char text[37];
    if (vg__codec_mode(codec) == VG_MODE_BINARY)
        vg__literal_bytes(out, &literals, uuid->bytes, sizeof uuid->bytes);
    else
        vg__buf_literal(out, vg_uuid_format(uuid, text), 36);
}

static bool text_literal(vg_buf *out, const vg_column *c, const char *s)
{
    vg_timestamp time;
    vg_uuid uuid;
    if (c->mode == VG_MODE_BLOB) {
        vg__literal_bytes(out, &literals, (const uint8_t *)s, strlen(s));
        return true;
    }
    switch (c->sql_class) {
    case VG_K_time:
        if (!vg_timestamp_parse(s, strlen(s), &time))
            return false;
        time_literal(out, time, c);
        return true;
    case VG_K_uuid_expr:
        if (!vg_uuid_parse(s, strlen(s), &uuid))
            return false;
        uuid_literal(out, &uuid, c);
        return true;
    case VG_K_blob:
        vg__literal_bytes(out, &literals, (const uint8_t *)s, strlen(s));
        return true;
    default: vg__buf_literal(out, s, strlen(s)); return true;
    }
}

static bool literal(vg_buf *out, const vg_column *c)
{
    const vg_literal *l = c->literal;
    if (c->type == VG_TYPE_ENUM_TEXT) {
        const char *label = vg_label_text(c->coder, l->i);
        return label ? text_literal(out, c, label) : false;
    }
    if (l->kind == VG_V_TEXT)
        return text_literal(out, c, l->s);
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
    return vg__literal_value(out, &literals, v, codec);
}

/* LIKE ignores the case of ASCII letters here, so it is ILIKE too. */
static const vg_spelling spellings[] = {{VG_OP_IS, " is "},
                                        {VG_OP_IS_NOT, " is not "},
                                        {VG_OP_ILIKE, " like "},
                                        {VG_OP_NOT_ILIKE, " not like "},
                                        /* PostgreSQL's */
                                        {VG_OP_REGEXP, NULL},
                                        {VG_OP_NOT_REGEXP, NULL},
                                        {VG_OP_IREGEXP, NULL},
                                        {VG_OP_NOT_IREGEXP, NULL},
                                        {VG_OP_SIMILAR_TO, NULL},
                                        {VG_OP_NOT_SIMILAR_TO, NULL},
                                        {VG_OP_TS_MATCH, NULL},
                                        {VG_OP_ARRAY_CONTAINS, NULL},
                                        {VG_OP_ARRAY_CONTAINED, NULL},
                                        {VG_OP_ARRAY_OVERLAPS, NULL},
                                        {VG_OP_EQ_ANY, NULL},
                                        {VG_OP_JSON_CONTAINS, NULL},
                                        {VG_OP_JSON_CONTAINED, NULL},
                                        {VG_OP_JSON_HAS_KEY, NULL},
                                        {VG_OP_JSON_PATH_EXISTS, NULL},
                                        {VG_OP_JSON_PATH_MATCH, NULL},
                                        {VG_OP_ARRAY_AGG, NULL},
                                        {VG_OP_REGEXP_REPLACE, NULL},
                                        {VG_OP_TO_TSVECTOR, NULL},
                                        {VG_OP_TO_TSQUERY, NULL},
                                        {VG_OP_PLAINTO_TSQUERY, NULL},
                                        {VG_OP_PHRASETO_TSQUERY, NULL},
                                        {VG_OP_WEBSEARCH_TO_TSQUERY, NULL},
                                        {VG_OP_TS_RANK, NULL},
                                        {VG_OP_TS_HEADLINE, NULL},
                                        {VG_OP_ARRAY_LENGTH, NULL},
                                        {VG_OP_ARRAY_APPEND, NULL},
                                        {VG_OP_ARRAY_PREPEND, NULL},
                                        {VG_OP_ARRAY_REMOVE, NULL},
                                        {VG_OP_ARRAY_CAT, NULL},
                                        {VG_OP_JSON_MERGE, NULL},
                                        {VG_OP_GEN_RANDOM_UUID, NULL},
                                        {VG_OP_TO_CHAR, NULL},
                                        {VG_OP_ROLLUP, NULL},
                                        {VG_OP_CUBE, NULL},
                                        {VG_OP_NONE, NULL}};

/* ---- reading ---- */

static const char *const signs[] = {"->>", "->", "||", "<=", "<>", "<<",
                                    ">=",  ">>", "==", "!=", NULL};
static const char *const compound[] = {"TRIGGER", NULL};
static const char *const compound_before[] = {"TEMP", "TEMPORARY", NULL};

const vg_lexis vg__sqlite_lexis = {.quotes = "\"`",
                                   .brackets = true,
                                   .blobs = true,
                                   .params = "?:@$#",
                                   .signs = signs,
                                   .compound = compound,
                                   .compound_before = compound_before};

/* A UUID of version 4. */
static const char random_uuid[] =
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || "
    "substr(hex(randomblob(2)), 2) || '-' || substr('89ab', abs(random() % 4) + 1, 1) "
    "|| "
    "substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

#define SQLITE_DIALECT(limit)                                                        \
    {                                                                                \
        .name = "sqlite", .quote = '"', .ddl_quote = '`', .numbered_params = false,  \
        .offset_alone = " limit -1", .true_text = "true", .false_text = "false",     \
        .operand_open = "select * from (", .operand_close = ")",                     \
        .lexis = &vg__sqlite_lexis, .random = random_uuid, .time = vg__sqlite_time,  \
        .time_as = vg__sqlite_time_as, .spellings = spellings, .json_open = "json(", \
        .row_id = "rowid", .conflict_needs_where = true, .limit_on_writes = limit,   \
        .max_params = 32766, .max_rows = 64, .autoincrement = " AUTOINCREMENT",      \
        .begin = {"begin immediate", "begin deferred", "begin immediate",            \
                  "begin exclusive"},                                                \
        .begin_read = "begin deferred", .tree_begin = "begin deferred",              \
        .key_rows = true, .tx = &vg__sqlite_tx, .type = type,                        \
        .default_now = default_now, .literal = literal, .value = value,              \
        .trigger = vg__sqlite_trigger, .fts = vg__sqlite_fts                         \
    }

const vg_dialect vg_dialect_sqlite = SQLITE_DIALECT(true);
const vg_dialect vg__dialect_sqlite_plain = SQLITE_DIALECT(false);
