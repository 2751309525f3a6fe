/* Names and types as SQL. */
#include "kit/postgres/postgres.h"
#include "core/dialect.h"
#include "migrate/lexer.h"
#include <string.h>

const char *vgk_postgres_name(vg_kit *kit, const char *name, const char *schema)
{
    const char *base = vgk_base_name(name, schema);
    return schema ? vgk_sql(kit, "%q.%q", schema, base) : vgk_sql(kit, "%q", base);
}

const char *vgk_postgres_full_name(vg_kit *kit, const char *name, const char *schema)
{
    return vgk_sql(kit, "%q.%q", schema ? schema : "public",
                   vgk_base_name(name, schema));
}

const char *vgk_postgres_table_name(vg_kit *kit, const vgk_table *t)
{
    return vgk_postgres_name(kit, t->name, t->schema);
}

void vgk_postgres_put_names(vg_buf *out, const vgk_texts *names)
{
    for (size_t i = 0; i < names->len; i++)
        vgk_put(out, i ? ",%q" : "%q", names->data[i]);
}

void vgk_postgres_put_literal(vg_buf *out, const char *text)
{
    vg__buf_literal(out, text, strlen(text));
}

/* ---- types ---- */

bool vgk_postgres_is_enum(const vgk_column *c)
{
    return c->type_schema != NULL;
}

/* Begins like a type that drizzle-kit knows. */
static bool is_known(const char *type)
{
    static const char *const words[] = {"uuid",
                                        "smallint",
                                        "integer",
                                        "bigint",
                                        "boolean",
                                        "text",
                                        "varchar",
                                        "serial",
                                        "bigserial",
                                        "decimal",
                                        "numeric",
                                        "real",
                                        "json",
                                        "time",
                                        "date",
                                        "interval",
                                        "double precision",
                                        "char",
                                        "vector",
                                        "geometry",
                                        "halfvec",
                                        "sparsevec",
                                        "bit"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(type, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* A name that is in quotes what it is without them: "inet", not "inet(4)" or "My Type". */
static bool is_plain_name(const char *type, size_t len)
{
    return len && strspn(type, "abcdefghijklmnopqrstuvwxyz0123456789_") >= len;
}

const char *vgk_postgres_type(vg_kit *kit, const vgk_column *c, bool full)
{
    size_t len = strcspn(c->type, "[");
    const char *name = vgk_text_len(kit, c->type, len), *array = c->type + len;
    const char *schema = vgk_schema_or_null(c->type_schema);
    bool plain = is_plain_name(c->type, len), known = is_known(c->type);
    if (c->type_schema && !schema && plain && known)
        return c->type; /* drizzle-kit takes date_kind for a date */
    if (schema || (c->type_schema && full))
        return vgk_sql(kit, "%q.%q%s", c->type_schema, name, array);
    if (c->type_schema || (plain && !known))
        return vgk_sql(kit, "%q%s", name, array);
    return c->type;
}

static const char *const serials[][2] = {
    {"smallserial", "smallint"}, {"serial", "integer"}, {"bigserial", "bigint"}};

bool vgk_postgres_is_serial(const char *type)
{
    return vgk_postgres_plain_type(type) != type;
}

const char *vgk_postgres_plain_type(const char *type)
{
    for (size_t i = 0; i < 3; i++)
        if (strcmp(type, serials[i][0]) == 0)
            return serials[i][1];
    return type;
}

/* ---- which types become which ---- */

/* Families in which a value of one type becomes one of another by assignment. */
typedef enum family {
    OTHER,
    NUMBER,
    STRING,
    TIME_OF_DAY,
    TIME_POINT,
    JSON_,
    BITS,
    NET
} family;

static family family_of(const char *type)
{
    static const struct {
        const char *word;
        family family;
    } words[] = {{"smallint", NUMBER},
                 {"integer", NUMBER},
                 {"bigint", NUMBER},
                 {"numeric", NUMBER},
                 {"decimal", NUMBER},
                 {"real", NUMBER},
                 {"double", NUMBER},
                 {"text", STRING},
                 {"varchar", STRING},
                 {"character", STRING},
                 {"char", STRING},
                 {"citext", STRING},
                 {"timestamp", TIME_POINT},
                 {"date", TIME_POINT},
                 {"time", TIME_OF_DAY},
                 {"json", JSON_},
                 {"bit", BITS},
                 {"varbit", BITS},
                 {"inet", NET},
                 {"cidr", NET}};
    type = vgk_postgres_plain_type(type);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(type, words[i].word, strlen(words[i].word)) == 0)
            return strcmp(type, "daterange") == 0 ? OTHER : words[i].family;
    return OTHER;
}

static size_t base_len(const char *type)
{
    return strcspn(type, " ([");
}

/* varchar(20) and varchar(30), numeric(10, 2) and numeric. */
static bool same_base(const char *a, const char *b)
{
    size_t len = base_len(a);
    return len == base_len(b) && strncmp(a, b, len) == 0;
}

bool vgk_postgres_assigns(const vgk_column *from, const vgk_column *to)
{
    bool arrays = strchr(from->type, '[') != NULL;
    family a = family_of(from->type), b = family_of(to->type);
    if (to->type_schema)
        return false;
    if (arrays != (strchr(to->type, '[') != NULL))
        return !arrays ? false : b == STRING;
    if (from->type_schema)
        return b == STRING;
    if (same_base(from->type, to->type) || (b == STRING && !arrays))
        return true;
    if (a == TIME_POINT && b == TIME_OF_DAY)
        return strncmp(from->type, "date", 4) != 0;
    return a != OTHER && a == b;
}

/* A wider number, and a text of anything, give back what they were given. */
static int width_of(const char *type)
{
    static const char *const widths[] = {"smallint", "integer", "bigint"};
    type = vgk_postgres_plain_type(type);
    for (int i = 0; i < 3; i++)
        if (strcmp(type, widths[i]) == 0)
            return i + 1;
    return 0;
}

bool vgk_postgres_converts(const char *from, const char *to)
{
    int a = width_of(from), b = width_of(to);
    if (strcmp(vgk_postgres_plain_type(from), vgk_postgres_plain_type(to)) == 0)
        return false;
    if (strcmp(to, "text") == 0 || strcmp(to, "varchar") == 0)
        return false;
    if (a && (b || strncmp(to, "numeric", 7) == 0))
        return b && b < a;
    return true;
}

/* ---- what SQL mentions ---- */

bool vgk_postgres_mentions(const char *sql, const char *name)
{
    vg_lexer lexer;
    vg_token t;
    vg__lexer_begin(&lexer, vg_dialect_postgres.lexis, sql, strlen(sql));
    while ((t = vg__lexer_next(&lexer)).kind)
        if (t.kind != VG_TOKEN_TEXT && vg__token_names(&t, name))
            return true;
    return false;
}
