/* What not every database has, in a schema header: schemas, extensions, enums, sequences,
 * policies. */
#include "kit/header_writer.h"
#include <string.h>

void vgk_header_schema(vgk_header_writer *w, const char *schema)
{
    if (schema)
        vgk_header_entry(
            w, vgk_print(w->kit, "IN_SCHEMA(%s)", vgk_c_string(w->kit, schema, 8)));
}

/* NAME and IN_SCHEMA of something that is called so in C. */
static void name_words(const vgk_header_writer *w, const char *c_name, const char *name,
                       const char *schema, vgk_texts *words)
{
    vgk_header_name(w, c_name, vgk_base_name(name, schema), 8, words);
    if (schema)
        *VGK_ADD(w->kit, words) =
            vgk_print(w->kit, "IN_SCHEMA(%s)", vgk_c_string(w->kit, schema, 8));
}

static void object(vgk_header_writer *w, const char *word, const char *name,
                   const vgk_texts *words, vgk_texts *all)
{
    vgk_header_put(w, vgk_header_call(w->kit, word, name, words));
    vgk_header_put(w, "\n");
    *VGK_ADD(w->kit, all) = name;
}

/* ---- enums ---- */

static size_t enum_number(const vgk_header_writer *w, const vgk_column *c)
{
    const vgk_enums *all = &w->s->enums;
    size_t i = 0;
    const char *type = vgk_text_len(w->kit, c->type, strcspn(c->type, "["));
    const char *name = vgk_qualified(w->kit, c->type_schema, type);
    while (i < all->len && strcmp(all->data[i].name, name) != 0)
        i++;
    return i;
}

const char *vgk_header_enum_word(const vgk_header_writer *w, const vgk_column *c)
{
    size_t number = enum_number(w, c);
    if (number == w->s->enums.len)
        return NULL;
    const char *word = vgk_print(w->kit, "PG_ENUM(%s)", w->names.enums[number].name);
    const char *brackets = strchr(c->type, '[');
    if (!brackets)
        return word;
    word = vgk_print(w->kit, "ARRAY(%s", word);
    for (size_t i = 0; brackets[2]; i++, brackets += 2)
        word = vgk_print(w->kit, "%s%s", word, i ? ", 0" : ", 0, 0");
    return vgk_print(w->kit, "%s)", word);
}

static bool is_used(const vgk_header_writer *w, size_t number)
{
    for (size_t i = 0; i < w->s->tables.len; i++) {
        const vgk_columns *columns = &w->s->tables.data[i].columns;
        for (size_t k = 0; k < columns->len; k++)
            if (columns->data[k].type_schema &&
                enum_number(w, &columns->data[k]) == number)
                return true;
    }
    return false;
}

static void write_enum(vgk_header_writer *w, size_t number, vgk_texts *all)
{
    const vgk_enum *e = &w->s->enums.data[number];
    const vgk_names_of *names = &w->names.enums[number];
    vgk_texts values = {0}, words = {0};
    for (size_t i = 0; i < e->values.len; i++)
        *VGK_ADD(w->kit, &values) =
            vgk_print(w->kit, "VALUE(%s, %s)", names->columns.data[i],
                      vgk_c_string(w->kit, e->values.data[i], 8));
    vgk_header_put(w, vgk_header_call(w->kit, "ENUM", names->name, &values));
    vgk_header_put(w, "\n");
    if (strcmp(e->name, names->name) == 0 && is_used(w, number))
        return;
    *VGK_ADD(w->kit, &words) = names->name;
    vgk_header_name(w, "", vgk_base_name(e->name, e->schema), 8, &words);
    if (e->schema)
        *VGK_ADD(w->kit, &words) =
            vgk_print(w->kit, "IN_SCHEMA(%s)", vgk_c_string(w->kit, e->schema, 8));
    object(w, "ENUM_TYPE", names->type_name, &words, all);
}

/* ---- all of it ---- */

void vgk_header_objects(vgk_header_writer *w, vgk_texts *all)
{
    const vgk_snapshot *s = w->s;
    if (s->namespaces.len + s->extensions.len + s->enums.len + s->sequences.len)
        vgk_header_put(w, "\n");
    for (size_t i = 0; i < s->namespaces.len; i++) {
        vgk_texts words = {0};
        name_words(w, w->names.namespaces[i].name, s->namespaces.data[i].name, NULL,
                   &words);
        object(w, "NAMESPACE", w->names.namespaces[i].name, &words, all);
    }
    for (size_t i = 0; i < s->extensions.len; i++) {
        vgk_texts words = {0};
        name_words(w, w->names.extensions[i].name, s->extensions.data[i].name, NULL,
                   &words);
        object(w, "EXTENSION", w->names.extensions[i].name, &words, all);
    }
    for (size_t i = 0; i < s->enums.len; i++)
        write_enum(w, i, all);
    for (size_t i = 0; i < s->sequences.len; i++) {
        const vgk_sequence *q = &s->sequences.data[i];
        vgk_texts words = {0};
        vgk_header_sequence(w->kit, q, "9223372036854775807", &words);
        name_words(w, w->names.sequences[i].name, q->name, q->schema, &words);
        object(w, "SEQUENCE", w->names.sequences[i].name, &words, all);
    }
}

/* ---- policies ---- */

static const char *quoted_list(vg_kit *kit, const vgk_texts *texts)
{
    const char *out = "";
    for (size_t i = 0; i < texts->len; i++)
        out = vgk_print(kit, "%s%s%s", out, i ? ", " : "",
                        vgk_c_string(kit, texts->data[i], 8));
    return out;
}

static void policy(vgk_header_writer *w, const vgk_policy *p)
{
    vg_kit *kit = w->kit;
    vgk_texts words = {0};
    if (strcmp(p->as, "RESTRICTIVE") == 0)
        *VGK_ADD(kit, &words) = "RESTRICTIVE";
    if (strcmp(p->command, "ALL") != 0)
        *VGK_ADD(kit, &words) = vgk_print(kit, "FOR(%s)", p->command);
    if (p->to.len != 1 || strcmp(p->to.data[0], "public") != 0)
        *VGK_ADD(kit, &words) = vgk_print(kit, "TO(%s)", quoted_list(kit, &p->to));
    if (p->using_sql)
        *VGK_ADD(kit, &words) =
            vgk_print(kit, "USING_SQL(%s)", vgk_c_string(kit, p->using_sql, 8));
    if (p->with_check)
        *VGK_ADD(kit, &words) =
            vgk_print(kit, "CHECK_SQL(%s)", vgk_c_string(kit, p->with_check, 8));
    vgk_header_entry(w,
                     vgk_header_call(kit, "POLICY", vgk_c_word(kit, p->name), &words));
}

void vgk_header_policies(vgk_header_writer *w, const vgk_table *t)
{
    if (t->row_security)
        vgk_header_entry(w, "ENABLE_RLS");
    if (t->force_row_security)
        vgk_header_entry(w, "FORCE_RLS");
    for (size_t i = 0; i < t->policies.len; i++)
        policy(w, &t->policies.data[i]);
}
