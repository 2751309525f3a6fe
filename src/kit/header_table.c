/* A table in a schema header: columns, keys, indexes, CHECKs. */
#include "kit/header_writer.h"
#include <string.h>

/* "a, b, c" */
static const char *listed(vg_kit *kit, const vgk_texts *texts)
{
    vg_buf *out = vgk_buf(kit);
    for (size_t i = 0; i < texts->len; i++) {
        vg__buf_text(out, i ? ", " : "");
        vg__buf_text(out, texts->data[i]);
    }
    return vgk_buf_text(kit, out, NULL);
}

/* ---- foreign keys ---- */

static void action(vg_kit *kit, vgk_texts *out, const char *word, const char *what)
{
    if (strcmp(what, "no action") == 0)
        return;
    char *text = vgk_print(kit, "%s(%s)", word, what);
    for (char *at = text; *at; at++)
        *at = (char)(*at == ' ' ? '_' : *at >= 'a' && *at <= 'z' ? *at - 32 : *at);
    *VGK_ADD(kit, out) = text;
}

/* REFERENCES(table, column, ...), or _LATER. */
static const char *target(const vgk_header_writer *w, size_t t,
                          const vgk_foreign_key *key, vgk_texts *actions)
{
    size_t to = vgk_header_table_number(w->s, key->table_to);
    vgk_texts words = vgk_header_c_columns(w, to, &key->columns_to);
    for (size_t i = 0; i < actions->len; i++)
        *VGK_ADD(w->kit, &words) = actions->data[i];
    return vgk_header_call(
        w->kit, vgk_header_is_later(w, t, to) ? "REFERENCES_LATER" : "REFERENCES",
        w->names.tables[to].name, &words);
}

static vgk_texts actions_of(vg_kit *kit, const vgk_foreign_key *key)
{
    vgk_texts actions = {0};
    action(kit, &actions, "ON_DELETE", key->on_delete);
    action(kit, &actions, "ON_UPDATE", key->on_update);
    if (key->deferrable)
        *VGK_ADD(kit, &actions) = strcmp(key->deferrable, VGK_DEFERRED) == 0
                                      ? "INITIALLY_DEFERRED"
                                      : "DEFERRABLE";
    return actions;
}

/* Whether a key is called as one that stands at a column is, where that counts. */
static bool has_usual_name(const vgk_header_writer *w, const vgk_table *t,
                           const vgk_foreign_key *key)
{
    if (!w->kit->dialect->name_limit)
        return true;
    const char *usual = vgk_print(
        w->kit, "%s_%s_%s_%s_fk", vgk_base_name(t->name, t->schema),
        key->columns_from.data[0], vgk_base_name(key->table_to, key->schema_to),
        key->columns_to.data[0]);
    return strcmp(usual, key->name) == 0;
}

/* The first key that is this column's alone; it stands at the column. */
static const vgk_foreign_key *column_key(const vgk_header_writer *w, const vgk_table *t,
                                         const char *column)
{
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        const vgk_foreign_key *key = &t->foreign_keys.data[i];
        if (key->columns_from.len == 1 &&
            strcmp(key->columns_from.data[0], column) == 0 && has_usual_name(w, t, key))
            return key;
    }
    return NULL;
}

static void foreign_keys(vgk_header_writer *w, size_t number)
{
    const vgk_table *t = &w->s->tables.data[number];
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        const vgk_foreign_key *key = &t->foreign_keys.data[i];
        vgk_texts none = {0}, words = actions_of(w->kit, key), all = {0};
        if (column_key(w, t, key->columns_from.data[0]) == key)
            continue;
        vgk_texts from = vgk_header_c_columns(w, number, &key->columns_from);
        *VGK_ADD(w->kit, &all) = target(w, number, key, &none);
        for (size_t k = 0; k < words.len; k++)
            *VGK_ADD(w->kit, &all) = words.data[k];
        if (w->kit->dialect->name_limit)
            *VGK_ADD(w->kit, &all) =
                vgk_print(w->kit, "NAME(%s)", vgk_c_string(w->kit, key->name, 8));
        vgk_header_entry(
            w, vgk_header_call(w->kit, "FOREIGN_KEY",
                               vgk_print(w->kit, "COLUMNS(%s)", listed(w->kit, &from)),
                               &all));
    }
}

/* ---- tables ---- */

static void column(vgk_header_writer *w, size_t number, size_t i)
{
    vgk_table *t = &w->s->tables.data[number];
    vgk_column *c = &t->columns.data[i];
    const char *name = w->names.tables[number].columns.data[i];
    const vgk_foreign_key *key = column_key(w, t, c->name);
    vgk_texts words = {0};
    vgk_header_column(w, t, c, &words);
    vgk_header_unique(w, t, c->name, &words);
    if (key) {
        vgk_texts actions = actions_of(w->kit, key);
        *VGK_ADD(w->kit, &words) = target(w, number, key, &actions);
    }
    vgk_header_name(w, name, c->name, 8, &words);
    vgk_header_entry(w, vgk_header_call(w->kit, "COLUMN", name, &words));
}

void vgk_header_table(vgk_header_writer *w, size_t number)
{
    const vgk_table *t = &w->s->tables.data[number];
    vgk_header_begin(w, "TABLE", w->names.tables[number].name);
    vgk_header_db_name(w, w->names.tables[number].name,
                       vgk_base_name(t->name, t->schema));
    vgk_header_schema(w, t->schema);
    if (t->strict)
        vgk_header_entry(w, "STRICT");
    if (t->without_rowid)
        vgk_header_entry(w, "WITHOUT_ROWID");
    for (size_t i = 0; i < t->columns.len; i++)
        column(w, number, i);
    for (size_t i = 0; i < t->primary_keys.len; i++) {
        vgk_texts key =
            vgk_header_c_columns(w, number, &t->primary_keys.data[i].columns);
        vgk_header_entry(w, vgk_header_call(w->kit, "PRIMARY_KEY", "", &key));
    }
    vgk_header_uniques(w, number);
    vgk_header_indexes(w, number);
    vgk_header_excludes(w, number);
    for (size_t i = 0; i < t->checks.len; i++) {
        const vgk_check *check = &t->checks.data[i];
        const char *value = vgk_c_string(w->kit, check->value, 8);
        vgk_header_entry(w, vgk_header_call(w->kit, "CHECK",
                                            vgk_c_word(w->kit, check->name),
                                            &(vgk_texts){&value, 1}));
    }
    foreign_keys(w, number);
    if (t->partition_by)
        vgk_header_entry(w, vgk_print(w->kit, "PARTITIONED_BY(%s)",
                                      vgk_c_string(w->kit, t->partition_by, 8)));
    vgk_header_policies(w, t);
    if (w->options->relations)
        vgk_header_relations(w, number);
    vgk_header_end(w);
}
