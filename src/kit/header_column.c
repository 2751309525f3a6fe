/* A column's type and modifiers. */
#include "kit/header_writer.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void add(vg_kit *kit, vgk_texts *out, const char *text)
{
    *VGK_ADD(kit, out) = text;
}

/* The whole number that `text` is, written as C and the schema write it. */
static bool is_integer(vg_kit *kit, const char *text)
{
    errno = 0;
    long long n = strtoll(text, NULL, 10);
    return !errno && n != INT64_MIN && strcmp(vgk_print(kit, "%lld", n), text) == 0;
}

/* A literal of C for the number that `text` is; NULL: it is not a plain one. */
static const char *real_literal(vg_kit *kit, const char *text, const char **stored)
{
    char *end;
    double d = strtod(text, &end);
    if (*end || !(d < 1e15 && d > -1e15))
        return NULL;
    vg_buf *out = vgk_buf(kit);
    vg__buf_real(out, d);
    char *literal = vgk_buf_text(kit, out, NULL), *js = vgk_text(kit, literal);
    size_t len = strlen(js);
    if (len > 2 && strcmp(js + len - 2, ".0") == 0)
        js[len - 2] = 0;
    *stored = js;
    if (strchr(literal, 'e')) /* JSON may write it in another way */
        return NULL;
    return strchr(literal, '.') ? literal : vgk_print(kit, "%s.0", literal);
}

/* The text that an SQL literal stands for; NULL: it is none. */
static const char *text_of(vg_kit *kit, const char *literal)
{
    if (*literal != '\'')
        return NULL;
    char *out = vgk_alloc(kit, strlen(literal)), *at = out;
    for (literal++; *literal; literal++) {
        if (*literal == '\'' && *++literal != '\'')
            return *literal ? NULL : out;
        *at++ = *literal;
    }
    return NULL;
}

/* As core/ddl.c writes a DEFAULT_SQL: in parentheses unless it is a plain word. */
static const char *sql_default(vg_kit *kit, const char *sql)
{
    static const char word[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                               "0123456789_";
    bool bare =
        kit->dialect->bare_sql || sql[0] == '(' || strspn(sql, word) == strlen(sql);
    return bare ? sql : vgk_print(kit, "(%s)", sql);
}

static void value(vg_kit *kit, vgk_column *c, const char *type, vgk_texts *out)
{
    const char *text = c->value.text, *literal = NULL, *stored = text;
    if (c->value.kind == VGK_DEFAULT_NONE)
        return;
    if (c->value.kind == VGK_DEFAULT_NUMBER && strcmp(type, "INTEGER") == 0)
        literal = is_integer(kit, text) ? text : NULL;
    else if (c->value.kind == VGK_DEFAULT_NUMBER && strcmp(type, "REAL") == 0)
        literal = real_literal(kit, text, &stored);
    else if (c->value.kind == VGK_DEFAULT_BOOL && strcmp(type, "BOOLEAN") == 0)
        literal = text;
    else if (c->value.kind == VGK_DEFAULT_SQL && strncmp(type, "TEXT", 4) == 0 &&
             text_of(kit, text))
        literal = vgk_c_string(kit, text_of(kit, text), 8);
    if (literal) {
        c->value.text = stored; /* as JSON has it: 2, not 2.0 */
        add(kit, out, vgk_print(kit, "DEFAULT(%s)", literal));
        return;
    }
    c->value = (vgk_default){VGK_DEFAULT_SQL, sql_default(kit, text)};
    add(kit, out, vgk_print(kit, "DEFAULT_SQL(%s)", vgk_c_string(kit, text, 8)));
}

/* ---- types ---- */

/* "auth"."status", of a type that only SQL can name. */
static const char *named_type(vg_kit *kit, const vgk_column *c)
{
    if (!c->type_schema)
        return c->type;
    size_t len = strcspn(c->type, "[");
    return vgk_sql(kit, "%q.%q%s", c->type_schema, vgk_text_len(kit, c->type, len),
                   c->type + len);
}

void vgk_header_type(const vgk_header_writer *w, vgk_column *c, vgk_field_type *out)
{
    vg_kit *kit = w->kit;
    const char *word = c->type_schema ? vgk_header_enum_word(w, c) : NULL;
    if (word) {
        *out = (vgk_field_type){word, true};
        return;
    }
    kit->dialect->field(kit, c, out);
    c->type = named_type(kit, c);
    c->type_schema = NULL;
}

/* ---- modifiers ---- */

/* A number as C has it: the least one has no literal. */
static const char *number(vg_kit *kit, const char *text)
{
    return strcmp(text, "-9223372036854775808") == 0 ? "-9223372036854775807 - 1"
                                                     : vgk_text(kit, text);
}

void vgk_header_sequence(vg_kit *kit, const vgk_sequence *s, const char *most,
                         vgk_texts *out)
{
    bool down = *s->increment == '-';
    const struct {
        const char *word, *text, *usual;
    } all[] = {
        {"INCREMENT_BY", s->increment, "1"},
        {"MINVALUE", s->min, down ? "" : "1"},
        {"MAXVALUE", s->max, down ? "-1" : most},
        {"START_WITH", s->start, down ? s->max : s->min},
        {"CACHE_SIZE", s->cache, "1"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].text, all[i].usual) != 0)
            add(kit, out,
                vgk_print(kit, "%s(%s)", all[i].word, number(kit, all[i].text)));
    if (s->cycle)
        add(kit, out, "CYCLE");
}

static void identity(vg_kit *kit, const vgk_table *t, const vgk_column *c,
                     vgk_texts *out)
{
    const vgk_sequence *s = &c->identity->sequence;
    const char *most = strcmp(c->type, "smallint") == 0  ? "32767"
                       : strcmp(c->type, "integer") == 0 ? "2147483647"
                                                         : "9223372036854775807";
    vgk_texts words = {0};
    vgk_header_sequence(kit, s, most, &words);
    if (strcmp(s->name, vgk_print(kit, "%s_%s_seq", vgk_base_name(t->name, t->schema),
                                  c->name)) != 0)
        add(kit, &words, vgk_print(kit, "NAME(%s)", vgk_c_string(kit, s->name, 8)));
    add(kit, out,
        vgk_header_call(kit, "IDENTITY",
                        c->identity->type[0] == 'a' ? "ALWAYS" : "BY_DEFAULT", &words));
}

static void generated(vg_kit *kit, const vgk_generated *g, vgk_texts *out)
{
    const char *sql = kit->dialect->bare_sql
                          ? g->as
                          : vgk_text_len(kit, g->as + 1, strlen(g->as) - 2);
    add(kit, out,
        vgk_print(kit, "GENERATED(%s, %s)", *g->type == 's' ? "STORED" : "VIRTUAL",
                  vgk_c_string(kit, sql, 8)));
}

void vgk_header_column(const vgk_header_writer *w, const vgk_table *t, vgk_column *c,
                       vgk_texts *out)
{
    vg_kit *kit = w->kit;
    vgk_field_type field;
    vgk_header_type(w, c, &field);
    /* DEFAULT true is what a BOOLEAN has, and drizzle-kit's integer({ mode: 'boolean' }). */
    if (c->value.kind == VGK_DEFAULT_BOOL && !c->primary_key && field.exact &&
        strcmp(field.type, "INTEGER") == 0)
        field.type = "BOOLEAN";
    add(kit, out, field.type);
    if (!field.exact)
        add(kit, out, vgk_print(kit, "SQL_TYPE(%s)", vgk_c_string(kit, c->type, 8)));
    if (c->primary_key)
        add(kit, out, "PRIMARY_KEY");
    if (c->autoincrement)
        add(kit, out, "AUTOINCREMENT");
    if (c->identity)
        identity(kit, t, c, out);
    else if (c->not_null && !c->primary_key)
        add(kit, out, "NOT_NULL");
    value(kit, c, field.type, out);
    if (c->generated)
        generated(kit, c->generated, out);
}
