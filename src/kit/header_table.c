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
    return actions;
}

/* The first key that is this column's alone; it stands at the column. */
static const vgk_foreign_key *column_key(const vgk_table *t, const char *column)
{
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        const vgk_foreign_key *key = &t->foreign_keys.data[i];
        if (key->columns_from.len == 1 &&
            strcmp(key->columns_from.data[0], column) == 0)
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
        if (column_key(t, key->columns_from.data[0]) == key)
            continue;
        vgk_texts from = vgk_header_c_columns(w, number, &key->columns_from);
        *VGK_ADD(w->kit, &all) = target(w, number, key, &none);
        for (size_t k = 0; k < words.len; k++)
            *VGK_ADD(w->kit, &all) = words.data[k];
        vgk_header_entry(
            w, vgk_header_call(w->kit, "FOREIGN_KEY",
                               vgk_print(w->kit, "COLUMNS(%s)", listed(w->kit, &from)),
                               &all));
    }
}

/* ---- indexes ---- */

/* The column of a unique index that is what UNIQUE at a column makes. */
static const char *unique_column(vg_kit *kit, const vgk_table *t, const vgk_index *x)
{
    if (!x->unique || x->where || x->columns.len != 1 ||
        x->columns.data[0].is_expression)
        return NULL;
    const char *name = x->columns.data[0].text;
    return strcmp(vgk_print(kit, "%s_%s_unique", t->name, name), x->name) == 0 ? name
                                                                               : NULL;
}

static bool is_plain(const vgk_index *x)
{
    for (size_t i = 0; i < x->columns.len; i++)
        if (x->columns.data[i].is_expression)
            return false;
    return true;
}

/* ON_DESC(a) of "a" desc; ON_SQL of anything else. */
static const char *term(const vgk_header_writer *w, size_t t, const vgk_index_column *c)
{
    static const char *const orders[][2] = {{" asc", "ON_ASC"}, {" desc", "ON_DESC"}};
    const vgk_table *table = &w->s->tables.data[t];
    if (!c->is_expression)
        return vgk_print(
            w->kit, "ON(%s)",
            vgk_header_c_column(&table->columns, &w->names.tables[t], c->text));
    for (size_t i = 0; i < table->columns.len; i++)
        for (size_t k = 0; k < 2; k++)
            if (strcmp(
                    vgk_sql(w->kit, "%q%s", table->columns.data[i].name, orders[k][0]),
                    c->text) == 0)
                return vgk_print(w->kit, "%s(%s)", orders[k][1],
                                 w->names.tables[t].columns.data[i]);
    return vgk_print(w->kit, "ON_SQL(%s)", vgk_c_string(w->kit, c->text, 8));
}

static void index_on(vgk_header_writer *w, size_t t, const vgk_index *x)
{
    vgk_texts words = {0};
    for (size_t i = 0; i < x->columns.len; i++)
        *VGK_ADD(w->kit, &words) = term(w, t, &x->columns.data[i]);
    if (x->where)
        *VGK_ADD(w->kit, &words) =
            vgk_print(w->kit, "ON_WHERE(%s)", vgk_c_string(w->kit, x->where, 8));
    vgk_header_entry(w,
                     vgk_header_call(w->kit, x->unique ? "UNIQUE_INDEX_ON" : "INDEX_ON",
                                     vgk_c_word(w->kit, x->name), &words));
}

static void indexes(vgk_header_writer *w, size_t number)
{
    const vgk_table *t = &w->s->tables.data[number];
    for (size_t i = 0; i < t->indexes.len; i++) {
        const vgk_index *x = &t->indexes.data[i];
        vgk_texts names = {0}, words = {0};
        if (unique_column(w->kit, t, x))
            continue;
        if (!is_plain(x)) {
            index_on(w, number, x);
            continue;
        }
        for (size_t k = 0; k < x->columns.len; k++)
            *VGK_ADD(w->kit, &names) = x->columns.data[k].text;
        names = vgk_header_c_columns(w, number, &names);
        if (x->where)
            *VGK_ADD(w->kit, &words) = vgk_c_string(w->kit, x->where, 8);
        for (size_t k = 0; k < names.len; k++)
            *VGK_ADD(w->kit, &words) = names.data[k];
        vgk_header_entry(w,
                         vgk_header_call(w->kit,
                                         vgk_print(w->kit, "%s%s",
                                                   x->unique ? "UNIQUE_INDEX" : "INDEX",
                                                   x->where ? "_WHERE" : ""),
                                         vgk_c_word(w->kit, x->name), &words));
    }
}

/* ---- tables ---- */

static void column(vgk_header_writer *w, size_t number, size_t i)
{
    vgk_table *t = &w->s->tables.data[number];
    vgk_column *c = &t->columns.data[i];
    const char *name = w->names.tables[number].columns.data[i];
    const vgk_foreign_key *key = column_key(t, c->name);
    vgk_texts words = {0};
    vgk_header_column(w->kit, c, &words);
    for (size_t k = 0; k < t->indexes.len; k++) {
        const char *unique = unique_column(w->kit, t, &t->indexes.data[k]);
        if (unique && strcmp(unique, c->name) == 0)
            *VGK_ADD(w->kit, &words) = "UNIQUE";
    }
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
    vgk_header_db_name(w, w->names.tables[number].name, t->name);
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
    indexes(w, number);
    for (size_t i = 0; i < t->checks.len; i++) {
        const vgk_check *check = &t->checks.data[i];
        const char *value = vgk_c_string(w->kit, check->value, 8);
        vgk_header_entry(w, vgk_header_call(w->kit, "CHECK",
                                            vgk_c_word(w->kit, check->name),
                                            &(vgk_texts){&value, 1}));
    }
    foreign_keys(w, number);
    vgk_header_end(w);
}
