/* A snapshot as a schema header. */
#include "kit/header.h"
#include <string.h>

typedef struct writer {
    vg_kit *kit;
    vgk_snapshot *s;
    const vgk_header_options *options;
    vgk_c_names names;
    vg_buf *out;
    size_t *order,
        *place; /* of the tables: their numbers in order; where each stands */
} writer;

static void put(writer *w, const char *text)
{
    vg__buf_text(w->out, text);
}

/* ---- entries ---- */

/* TABLE(name,\n    entry,\n    entry) */
static void begin(writer *w, const char *word, const char *name)
{
    put(w, "\n");
    put(w, word);
    put(w, "(");
    put(w, name);
}

static void entry(writer *w, const char *text)
{
    put(w, ",\n    ");
    put(w, text);
}

static void end(writer *w)
{
    put(w, ")\n");
}

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

/* word(first, a, b), the words on further lines when they are many. */
static const char *call(vg_kit *kit, const char *word, const char *first,
                        const vgk_texts *words)
{
    enum { WIDTH = 92 };
    vg_buf *out = vgk_buf(kit);
    size_t column = strlen(word) + 1 + strlen(first);
    vg__buf_text(out, word);
    vg__buf_char(out, '(');
    vg__buf_text(out, first);
    for (size_t i = 0; i < words->len; i++) {
        size_t len = strlen(words->data[i]);
        bool fits = column + 2 + len <= WIDTH;
        if (i || *first)
            vg__buf_text(out, fits ? ", " : ",\n        ");
        vg__buf_text(out, words->data[i]);
        column = (fits ? column + 2 : 4) + len;
    }
    vg__buf_char(out, ')');
    return vgk_buf_text(kit, out, NULL);
}

static void db_name(writer *w, const char *c_name, const char *name)
{
    if (strcmp(c_name, name) != 0)
        entry(w, vgk_print(w->kit, "NAME(%s)", vgk_c_string(w->kit, name, 8)));
}

/* ---- columns by their C names ---- */

static size_t table_number(const vgk_snapshot *s, const char *name)
{
    size_t i = 0;
    while (i < s->tables.len && strcmp(s->tables.data[i].name, name) != 0)
        i++;
    return i;
}

static const char *c_column(const vgk_columns *columns, const vgk_names_of *names,
                            const char *name)
{
    for (size_t i = 0; i < columns->len; i++)
        if (strcmp(columns->data[i].name, name) == 0)
            return names->columns.data[i];
    return NULL;
}

/* The C names of columns of table `t`. */
static vgk_texts c_columns(const writer *w, size_t t, const vgk_texts *names)
{
    vgk_texts out = {0};
    for (size_t i = 0; i < names->len; i++)
        *VGK_ADD(w->kit, &out) = c_column(&w->s->tables.data[t].columns,
                                          &w->names.tables[t], names->data[i]);
    return out;
}

/* ---- the order of tables: those that others refer to first ---- */

static void visit(writer *w, size_t t, bool *seen, size_t *count)
{
    const vgk_foreign_keys *keys = &w->s->tables.data[t].foreign_keys;
    if (seen[t])
        return;
    seen[t] = true;
    for (size_t i = 0; i < keys->len; i++)
        visit(w, table_number(w->s, keys->data[i].table_to), seen, count);
    w->place[t] = *count;
    w->order[(*count)++] = t;
}

static void sort_tables(writer *w)
{
    size_t n = w->s->tables.len, count = 0;
    bool *seen = vgk_alloc(w->kit, n);
    w->order = vgk_alloc(w->kit, n * sizeof *w->order);
    w->place = vgk_alloc(w->kit, n * sizeof *w->place);
    for (size_t i = 0; i < n; i++)
        visit(w, i, seen, &count);
}

static bool is_later(const writer *w, size_t from, size_t to)
{
    return w->place[to] > w->place[from];
}

static void later_tables(writer *w)
{
    size_t n = w->s->tables.len;
    bool *needed = vgk_alloc(w->kit, n), any = false;
    for (size_t i = 0; i < n; i++) {
        const vgk_foreign_keys *keys = &w->s->tables.data[i].foreign_keys;
        for (size_t k = 0; k < keys->len; k++) {
            size_t to = table_number(w->s, keys->data[k].table_to);
            needed[to] = needed[to] || is_later(w, i, to);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!needed[w->order[i]])
            continue;
        put(w, any ? "" : "\n");
        put(w,
            vgk_print(w->kit, "TABLE_LATER(%s)\n", w->names.tables[w->order[i]].name));
        any = true;
    }
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
static const char *target(const writer *w, size_t t, const vgk_foreign_key *key,
                          vgk_texts *actions)
{
    size_t to = table_number(w->s, key->table_to);
    vgk_texts words = c_columns(w, to, &key->columns_to);
    for (size_t i = 0; i < actions->len; i++)
        *VGK_ADD(w->kit, &words) = actions->data[i];
    return call(w->kit, is_later(w, t, to) ? "REFERENCES_LATER" : "REFERENCES",
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

static void foreign_keys(writer *w, size_t number)
{
    const vgk_table *t = &w->s->tables.data[number];
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        const vgk_foreign_key *key = &t->foreign_keys.data[i];
        vgk_texts none = {0}, words = actions_of(w->kit, key), all = {0};
        if (column_key(t, key->columns_from.data[0]) == key)
            continue;
        vgk_texts from = c_columns(w, number, &key->columns_from);
        *VGK_ADD(w->kit, &all) = target(w, number, key, &none);
        for (size_t k = 0; k < words.len; k++)
            *VGK_ADD(w->kit, &all) = words.data[k];
        entry(w, call(w->kit, "FOREIGN_KEY",
                      vgk_print(w->kit, "COLUMNS(%s)", listed(w->kit, &from)), &all));
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
static const char *term(const writer *w, size_t t, const vgk_index_column *c)
{
    static const char *const orders[][2] = {{" asc", "ON_ASC"}, {" desc", "ON_DESC"}};
    const vgk_table *table = &w->s->tables.data[t];
    if (!c->is_expression)
        return vgk_print(w->kit, "ON(%s)",
                         c_column(&table->columns, &w->names.tables[t], c->text));
    for (size_t i = 0; i < table->columns.len; i++)
        for (size_t k = 0; k < 2; k++)
            if (strcmp(
                    vgk_sql(w->kit, "%q%s", table->columns.data[i].name, orders[k][0]),
                    c->text) == 0)
                return vgk_print(w->kit, "%s(%s)", orders[k][1],
                                 w->names.tables[t].columns.data[i]);
    return vgk_print(w->kit, "ON_SQL(%s)", vgk_c_string(w->kit, c->text, 8));
}

static void index_on(writer *w, size_t t, const vgk_index *x)
{
    vgk_texts words = {0};
    for (size_t i = 0; i < x->columns.len; i++)
        *VGK_ADD(w->kit, &words) = term(w, t, &x->columns.data[i]);
    if (x->where)
        *VGK_ADD(w->kit, &words) =
            vgk_print(w->kit, "ON_WHERE(%s)", vgk_c_string(w->kit, x->where, 8));
    entry(w, call(w->kit, x->unique ? "UNIQUE_INDEX_ON" : "INDEX_ON",
                  vgk_c_word(w->kit, x->name), &words));
}

static void indexes(writer *w, size_t number)
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
        names = c_columns(w, number, &names);
        if (x->where)
            *VGK_ADD(w->kit, &words) = vgk_c_string(w->kit, x->where, 8);
        for (size_t k = 0; k < names.len; k++)
            *VGK_ADD(w->kit, &words) = names.data[k];
        entry(w, call(w->kit,
                      vgk_print(w->kit, "%s%s", x->unique ? "UNIQUE_INDEX" : "INDEX",
                                x->where ? "_WHERE" : ""),
                      vgk_c_word(w->kit, x->name), &words));
    }
}

/* ---- tables ---- */

static void column(writer *w, size_t number, size_t i)
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
    if (strcmp(name, c->name) != 0)
        *VGK_ADD(w->kit, &words) =
            vgk_print(w->kit, "NAME(%s)", vgk_c_string(w->kit, c->name, 8));
    entry(w, call(w->kit, "COLUMN", name, &words));
}

static void table(writer *w, size_t number)
{
    const vgk_table *t = &w->s->tables.data[number];
    begin(w, "TABLE", w->names.tables[number].name);
    db_name(w, w->names.tables[number].name, t->name);
    if (t->strict)
        entry(w, "STRICT");
    if (t->without_rowid)
        entry(w, "WITHOUT_ROWID");
    for (size_t i = 0; i < t->columns.len; i++)
        column(w, number, i);
    for (size_t i = 0; i < t->primary_keys.len; i++) {
        vgk_texts key = c_columns(w, number, &t->primary_keys.data[i].columns);
        entry(w, call(w->kit, "PRIMARY_KEY", "", &key));
    }
    indexes(w, number);
    for (size_t i = 0; i < t->checks.len; i++) {
        const vgk_check *check = &t->checks.data[i];
        const char *value = vgk_c_string(w->kit, check->value, 8);
        entry(w, call(w->kit, "CHECK", vgk_c_word(w->kit, check->name),
                      &(vgk_texts){&value, 1}));
    }
    foreign_keys(w, number);
    end(w);
}

/* ---- what else there is ---- */

static void virtual_table(writer *w, size_t number)
{
    vgk_object *o = &w->s->virtual_tables.data[number];
    const vgk_names_of *names = &w->names.virtual_tables[number];
    vgk_full_text f;
    if (!w->kit->dialect->full_text(w->kit, w->s, o->sql, &f))
        return;
    begin(w, "FTS_TABLE", names->name);
    db_name(w, names->name, o->name);
    for (size_t i = 0; i < f.columns.len; i++) {
        vgk_texts words = {0};
        for (size_t k = 0; k < f.unindexed.len; k++)
            if (f.unindexed.data[k] == f.columns.data[i])
                *VGK_ADD(w->kit, &words) = "UNINDEXED";
        if (strcmp(names->columns.data[i], f.columns.data[i]) != 0)
            *VGK_ADD(w->kit, &words) = vgk_print(
                w->kit, "NAME(%s)", vgk_c_string(w->kit, f.columns.data[i], 8));
        entry(w, call(w->kit, "FTS_COLUMN", names->columns.data[i], &words));
    }
    if (f.content) {
        size_t t = table_number(w->s, f.content);
        entry(w, vgk_print(w->kit, "CONTENT(%s, %s)", w->names.tables[t].name,
                           c_column(&w->s->tables.data[t].columns, &w->names.tables[t],
                                    f.key)));
    }
    if (f.sync)
        entry(w, "SYNC");
    if (f.tokenize)
        entry(w,
              vgk_print(w->kit, "TOKENIZE(%s)", vgk_c_string(w->kit, f.tokenize, 8)));
    if (f.prefix)
        entry(w, vgk_print(w->kit, "PREFIX(%s)", vgk_c_string(w->kit, f.prefix, 8)));
    end(w);
}

static void view(writer *w, size_t number)
{
    vgk_view *v = &w->s->views.data[number];
    const vgk_names_of *names = &w->names.views[number];
    begin(w, v->existing ? "VIEW_EXISTING" : "VIEW_SQL", names->name);
    if (!v->existing)
        entry(w, vgk_c_string(w->kit, v->definition, 4));
    db_name(w, names->name, v->name);
    for (size_t i = 0; i < v->columns.len; i++) {
        vgk_column *c = &v->columns.data[i];
        vgk_field_type field;
        w->kit->dialect->field(w->kit, c->type, &field);
        vgk_texts words = {0};
        *VGK_ADD(w->kit, &words) = field.type;
        if (strcmp(names->columns.data[i], c->name) != 0)
            *VGK_ADD(w->kit, &words) =
                vgk_print(w->kit, "NAME(%s)", vgk_c_string(w->kit, c->name, 8));
        entry(w, call(w->kit, "COLUMN", names->columns.data[i], &words));
    }
    end(w);
}

/* Triggers that SYNC makes are not said again. */
static bool is_sync(const writer *w, const vgk_object *trigger)
{
    for (size_t i = 0; i < w->s->virtual_tables.len; i++) {
        vgk_full_text f;
        if (!w->kit->dialect->full_text(w->kit, w->s, w->s->virtual_tables.data[i].sql,
                                        &f) ||
            !f.sync)
            continue;
        for (size_t k = 0; k < f.triggers.len; k++)
            if (strcmp(f.triggers.data[k].name, trigger->name) == 0)
                return true;
    }
    return false;
}

/* The number of a view. */
static size_t view_number(const vgk_snapshot *s, const char *name)
{
    size_t i = 0;
    while (i < s->views.len && strcmp(s->views.data[i].name, name) != 0)
        i++;
    return i;
}

static const char *trigger_event(const writer *w, const vgk_trigger_text *t)
{
    vgk_texts names = {0};
    size_t table = table_number(w->s, t->table), view = view_number(w->s, t->table);
    bool is_table = table < w->s->tables.len;
    if (!t->columns.len)
        return t->event;
    for (size_t i = 0; i < t->columns.len; i++)
        *VGK_ADD(w->kit, &names) =
            c_column(is_table ? &w->s->tables.data[table].columns
                              : &w->s->views.data[view].columns,
                     is_table ? &w->names.tables[table] : &w->names.views[view],
                     t->columns.data[i]);
    return call(w->kit, "UPDATE_OF", "", &names);
}

static const char *trigger_table(const writer *w, const char *name)
{
    size_t t = table_number(w->s, name);
    return t < w->s->tables.len ? w->names.tables[t].name
                                : w->names.views[view_number(w->s, name)].name;
}

static void trigger(writer *w, size_t number)
{
    const vgk_object *o = &w->s->triggers.data[number];
    const char *name = w->names.triggers[number].name;
    vgk_trigger_text t;
    vgk_texts words = {0};
    w->kit->dialect->trigger(w->kit, o->sql, &t);
    t.table = o->table;
    if (strcmp(name, o->name) != 0)
        *VGK_ADD(w->kit, &words) =
            vgk_print(w->kit, "NAME(%s)", vgk_c_string(w->kit, o->name, 4));
    *VGK_ADD(w->kit, &words) = *t.time == 'I' ? "INSTEAD_OF" : t.time;
    *VGK_ADD(w->kit, &words) = trigger_event(w, &t);
    *VGK_ADD(w->kit, &words) = trigger_table(w, o->table);
    if (t.when)
        *VGK_ADD(w->kit, &words) = vgk_c_string(w->kit, t.when, 4);
    put(w, "\n");
    put(w, call(w->kit, t.when ? "TRIGGER_WHEN" : "TRIGGER", name, &words));
    w->out->len--; /* its ")" */
    entry(w, vgk_c_string(w->kit, t.body, 4));
    end(w);
}

/* ---- the whole ---- */

/* Text for a comment: nothing that ends it, or that a compiler warns of. */
static const char *comment(vg_kit *kit, const char *text)
{
    char *out = vgk_text(kit, text);
    for (char *at = out; *at; at++)
        if (*at < 32 || *at > 126 || *at == '\\' || (*at == '?' && at[1] == '?') ||
            (*at == '*' && at[1] == '/') || (*at == '/' && at[1] == '*'))
            *at = ' ';
    return out;
}

static void head(writer *w)
{
    put(w,
        "/* What a database holds, as `virga pull` found it: tables that others refer "
        "to stand first.\n");
    if (w->s->notes.len)
        put(w, " *\n * What the database has and this header does not say:\n");
    for (size_t i = 0; i < w->s->notes.len; i++)
        put(w, vgk_print(w->kit, " *   - %s\n", comment(w->kit, w->s->notes.data[i])));
    put(w, " */\n#pragma once\n#include <virga/virga.h>\n");
}

static bool any_long_text(const vgk_snapshot *s)
{
    enum { LIMIT = 4000 }; /* C promises 4095 characters in a string literal */
    for (size_t i = 0; i < s->views.len; i++)
        if (s->views.data[i].definition && strlen(s->views.data[i].definition) > LIMIT)
            return true;
    for (size_t i = 0; i < s->triggers.len; i++)
        if (strlen(s->triggers.data[i].sql) > LIMIT)
            return true;
    for (size_t i = 0; i < s->tables.len; i++)
        for (size_t k = 0; k < s->tables.data[i].checks.len; k++)
            if (strlen(s->tables.data[i].checks.data[k].value) > LIMIT)
                return true;
    return false;
}

static void schema(writer *w, const vgk_texts *all)
{
    enum { MAX_ENTRIES = 96 };
    const char *name = w->options->schema;
    if (all->len <= MAX_ENTRIES) {
        put(w, "\n");
        put(w, all->len ? call(w->kit, "SCHEMA", name, all)
                        : vgk_print(w->kit, "SCHEMA(%s, )", name));
        put(w, "\n");
        return;
    }
    /* What SCHEMA makes, for more of them than a macro takes. */
    put(w, vgk_print(w->kit,
                     "\nextern const vg_schema %s __asm__(\"vg_schema_%s\");\n"
                     "static const vg_shape *const %s_objects[] = {",
                     name, name, name));
    for (size_t i = 0; i < all->len; i++)
        put(w, vgk_print(w->kit, "%s\n    &%s.vg_shape", i ? "," : "", all->data[i]));
    put(w, vgk_print(w->kit,
                     "};\n__attribute__((weak)) const vg_schema %s = {\"%s\", "
                     "%s_objects, %zu};\n",
                     name, name, name, all->len));
}

const char *vgk_header(vg_kit *kit, vgk_snapshot *s, const vgk_header_options *options,
                       size_t *len)
{
    writer w = {.kit = kit, .s = s, .options = options};
    vgk_texts all = {0};
    vgk_header_reduce(kit, s);
    vgk_header_names(kit, s, options, &w.names);
    sort_tables(&w);
    w.out = vgk_buf(kit);
    head(&w);
    if (any_long_text(s))
        put(&w, "\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
    put(&w, "\n// clang-format off\n");
    later_tables(&w);
    for (size_t i = 0; i < s->tables.len; i++) {
        table(&w, w.order[i]);
        *VGK_ADD(kit, &all) = w.names.tables[w.order[i]].name;
    }
    for (size_t i = 0; i < s->virtual_tables.len; i++) {
        virtual_table(&w, i);
        *VGK_ADD(kit, &all) = w.names.virtual_tables[i].name;
    }
    for (size_t i = 0; i < s->views.len; i++) {
        view(&w, i);
        *VGK_ADD(kit, &all) = w.names.views[i].name;
    }
    for (size_t i = 0; i < s->triggers.len; i++) {
        if (is_sync(&w, &s->triggers.data[i]))
            continue;
        trigger(&w, i);
        *VGK_ADD(kit, &all) = w.names.triggers[i].name;
    }
    schema(&w, &all);
    put(&w, "// clang-format on\n");
    return vgk_buf_text(kit, w.out, len);
}
