/* Names of a database as names of C. */
#include "base/casing.h"
#include "kit/header.h"
#include "base/utf8.h"
#include <ctype.h>
#include <string.h>

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_small_letter(const char *name)
{
    for (; *name; name++)
        if (*name >= 'a' && *name <= 'z')
            return true;
    return false;
}

static void make_small(char *name)
{
    for (; *name; name++)
        if (*name >= 'A' && *name <= 'Z')
            *name = (char)(*name + 32);
}

/* Letters, digits and _; a row of anything else becomes one _. */
static char *plain(vg_kit *kit, const char *name)
{
    char *out = vgk_alloc(kit, strlen(name) + 3), *at = out;
    bool gap = false;
    for (; *name; name++) {
        if (!is_letter(*name) && !is_digit(*name) && *name != '_') {
            gap = at > out;
            continue;
        }
        if (gap)
            *at++ = '_';
        gap = false;
        *at++ = *name;
    }
    return out;
}

/* What C, its library and Virga leave to a program: no name in capitals (macros), none that
 * begins with two underscores, and vg_ is Virga's. */
static const char *c_name(vg_kit *kit, const char *name, vg_kit_casing casing)
{
    char *out = plain(kit, name);
    if (casing != VG_KIT_AS_IN_DATABASE && *out) {
        char *cased = vgk_alloc(kit, 2 * strlen(out) + 1);
        vg__casing(cased, out, casing == VG_KIT_CAMEL_CASE);
        out = cased;
    }
    if (!has_small_letter(out) || strstr(out, "VG_"))
        make_small(out);
    while (out[0] == '_' &&
           (out[1] == '_' || !out[1] || (out[1] >= 'A' && out[1] <= 'Z')))
        out++;
    if (!*out)
        return "x";
    if (is_digit(*out) || (*out == '_' && is_digit(out[1])))
        return vgk_print(kit, "n%s", out);
    if (strncmp(out, "vg_", 3) == 0)
        return vgk_print(kit, "my_%s", out);
    return out;
}

/* What a table makes beside what has its name. */
static const char *const suffixes[] = {"",     "_new",     "_list",    "_vg",
                                       "_opt", "_vg_rows", "_vg_query"};

static bool is_free(vg_kit *kit, const vgk_texts *taken, const char *name)
{
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (vgk_has_text(taken, vgk_print(kit, "%s%s", name, suffixes[i])))
            return false;
    return true;
}

static const char *object_name(vg_kit *kit, vgk_texts *taken, const char *db_name,
                               const vgk_header_options *options)
{
    const char *base = c_name(kit, db_name, options->casing), *name = base;
    if (vgk_reserved(name, true))
        name = base = vgk_print(kit, "%s_", base);
    for (int n = 2; !is_free(kit, taken, name); n++)
        name = vgk_print(kit, "%s_%d", base, n);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        *VGK_ADD(kit, taken) = vgk_print(kit, "%s%s", name, suffixes[i]);
    return name;
}

static void column_name(vg_kit *kit, vgk_texts *names, const char *db_name,
                        const vgk_header_options *options, const char *taken)
{
    const char *base = c_name(kit, db_name, options->casing), *name = base;
    if (vgk_reserved(name, false))
        name = base = vgk_print(kit, "%s_", base);
    for (int n = 2; vgk_has_text(names, name) || strcmp(name, taken) == 0; n++)
        name = vgk_print(kit, "%s_%d", base, n);
    *VGK_ADD(kit, names) = name;
}

static void columns(vg_kit *kit, vgk_names_of *out, const vgk_columns *all,
                    const vgk_header_options *options)
{
    for (size_t i = 0; i < all->len; i++)
        column_name(kit, &out->columns, all->data[i].name, options, "");
}

/* ---- enums ---- */

/* ROLE_ADMIN, of the enum role; unlike all in `taken`. */
static const char *constant_name(vg_kit *kit, vgk_texts *taken, const char *enum_name,
                                 const char *label)
{
    char *base = vgk_print(kit, "%s_%s", enum_name, plain(kit, label));
    for (char *at = base; *at; at++)
        *at = (char)toupper((unsigned char)*at);
    const char *name = base;
    for (int n = 2; vgk_has_text(taken, name); n++)
        name = vgk_print(kit, "%s_%d", base, n);
    *VGK_ADD(kit, taken) = name;
    return name;
}

static void enums(vg_kit *kit, vgk_texts *taken, const vgk_snapshot *s,
                  const vgk_header_options *options, vgk_names_of *out)
{
    for (size_t i = 0; i < s->enums.len; i++) {
        const vgk_enum *e = &s->enums.data[i];
        out[i].name = object_name(kit, taken, e->name, options);
        out[i].type_name =
            object_name(kit, taken, vgk_print(kit, "%s_type", out[i].name), options);
        for (size_t k = 0; k < e->values.len; k++)
            *VGK_ADD(kit, &out[i].columns) =
                constant_name(kit, taken, out[i].name, e->values.data[k]);
    }
}

/* Names of a list whose elements begin with theirs. */
#define NAME_ALL(to, list)                                                         \
    do {                                                                           \
        (to) = vgk_alloc(kit, (list).len * sizeof *(to));                          \
        for (size_t i = 0; i < (list).len; i++)                                    \
            (to)[i].name = object_name(kit, &taken, (list).data[i].name, options); \
    } while (0)

void vgk_header_names(vg_kit *kit, const vgk_snapshot *s,
                      const vgk_header_options *options, vgk_c_names *out)
{
    vgk_texts taken = {0};
    *VGK_ADD(kit, &taken) = options->schema;
    out->tables = vgk_alloc(kit, s->tables.len * sizeof *out->tables);
    out->views = vgk_alloc(kit, s->views.len * sizeof *out->views);
    out->virtual_tables =
        vgk_alloc(kit, s->virtual_tables.len * sizeof *out->virtual_tables);
    out->triggers = vgk_alloc(kit, s->triggers.len * sizeof *out->triggers);
    for (size_t i = 0; i < s->tables.len; i++) {
        out->tables[i].name = object_name(kit, &taken, s->tables.data[i].name, options);
        columns(kit, &out->tables[i], &s->tables.data[i].columns, options);
    }
    for (size_t i = 0; i < s->views.len; i++) {
        out->views[i].name = object_name(kit, &taken, s->views.data[i].name, options);
        columns(kit, &out->views[i], &s->views.data[i].columns, options);
    }
    for (size_t i = 0; i < s->virtual_tables.len; i++) {
        vgk_names_of *v = &out->virtual_tables[i];
        vgk_full_text text;
        v->name = object_name(kit, &taken, s->virtual_tables.data[i].name, options);
        if (!kit->dialect->full_text(kit, s, s->virtual_tables.data[i].sql, &text))
            continue;
        for (size_t k = 0; k < text.columns.len; k++)
            column_name(kit, &v->columns, text.columns.data[k], options, "rowid");
    }
    for (size_t i = 0; i < s->triggers.len; i++)
        out->triggers[i].name =
            object_name(kit, &taken, s->triggers.data[i].name, options);
    out->enums = vgk_alloc(kit, s->enums.len * sizeof *out->enums);
    enums(kit, &taken, s, options, out->enums);
    NAME_ALL(out->namespaces, s->namespaces);
    NAME_ALL(out->extensions, s->extensions);
    NAME_ALL(out->sequences, s->sequences);
}

/* ---- text ---- */

/* The bytes of the character beyond ASCII at `s` that a literal can have as it is: none that
 * turns text around. */
static int plain_len(const unsigned char *s)
{
    int len = *s & 0x80 ? vg__utf8_len((const char *)s) : 0;
    return len == 3 && s[0] == 0xe2 && (s[1] == 0x80 || s[1] == 0x81) ? 0 : len;
}

const char *vgk_c_string(vg_kit *kit, const char *text, int indent)
{
    vg_buf *out = vgk_buf(kit);
    const unsigned char *s = (const unsigned char *)text;
    vg__buf_char(out, '"');
    for (; *s; s++) {
        int len = plain_len(s);
        if (*s == '\n') {
            vg__buf_text(out, "\\n");
            if (s[1])
                vg__buf_text(out, vgk_print(kit, "\"\n%*s\"", indent, ""));
        } else if (*s == '\t') {
            vg__buf_text(out, "\\t");
        } else if (*s == '"' || *s == '\\' ||
                   (*s == '?' && (const char *)s > text && s[-1] == '?')) {
            vg__buf_char(out, '\\');
            vg__buf_char(out, (char)*s);
        } else if (len) {
            vg__buf_bytes(out, (const char *)s, (size_t)len);
            s += len - 1;
        } else if (*s < 32 || *s > 126) {
            vg__buf_text(out, vgk_print(kit, "\\%03o", *s));
        } else {
            vg__buf_char(out, (char)*s);
        }
    }
    vg__buf_char(out, '"');
    return vgk_buf_text(kit, out, NULL);
}

const char *vgk_c_word(vg_kit *kit, const char *name)
{
    const char *word = c_name(kit, name, VG_KIT_AS_IN_DATABASE);
    if (strcmp(word, name) == 0 && !vgk_reserved(name, false))
        return name;
    return vgk_print(kit, "NAME(%s)", vgk_c_string(kit, name, 8));
}
