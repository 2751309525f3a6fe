/* A snapshot as a schema header. */
#include "kit/header_writer.h"
#include <string.h>

/* ---- the order of tables: those that others refer to first ---- */

static void visit(vgk_header_writer *w, size_t t, bool *seen, size_t *count)
{
    const vgk_foreign_keys *keys = &w->s->tables.data[t].foreign_keys;
    if (seen[t])
        return;
    seen[t] = true;
    for (size_t i = 0; i < keys->len; i++)
        visit(w, vgk_header_table_number(w->s, keys->data[i].table_to), seen, count);
    w->place[t] = *count;
    w->order[(*count)++] = t;
}

static void sort_tables(vgk_header_writer *w)
{
    size_t n = w->s->tables.len, count = 0;
    bool *seen = vgk_alloc(w->kit, n);
    w->order = vgk_alloc(w->kit, n * sizeof *w->order);
    w->place = vgk_alloc(w->kit, n * sizeof *w->place);
    for (size_t i = 0; i < n; i++)
        visit(w, i, seen, &count);
}

static void later_tables(vgk_header_writer *w)
{
    size_t n = w->s->tables.len;
    bool *needed = vgk_alloc(w->kit, n), any = false;
    for (size_t i = 0; i < n; i++) {
        const vgk_foreign_keys *keys = &w->s->tables.data[i].foreign_keys;
        for (size_t k = 0; k < keys->len; k++) {
            size_t to = vgk_header_table_number(w->s, keys->data[k].table_to);
            needed[to] = needed[to] || vgk_header_is_later(w, i, to);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!needed[w->order[i]])
            continue;
        vgk_header_put(w, any ? "" : "\n");
        vgk_header_put(w, vgk_print(w->kit, "TABLE_LATER(%s)\n",
                                    w->names.tables[w->order[i]].name));
        any = true;
    }
}

/* ---- what else there is ---- */

static void virtual_table(vgk_header_writer *w, size_t number)
{
    vgk_object *o = &w->s->virtual_tables.data[number];
    const vgk_names_of *names = &w->names.virtual_tables[number];
    vgk_full_text f;
    if (!w->kit->dialect->full_text(w->kit, w->s, o->sql, &f))
        return;
    vgk_header_begin(w, "FTS_TABLE", names->name);
    vgk_header_db_name(w, names->name, o->name);
    for (size_t i = 0; i < f.columns.len; i++) {
        vgk_texts words = {0};
        for (size_t k = 0; k < f.unindexed.len; k++)
            if (f.unindexed.data[k] == f.columns.data[i])
                *VGK_ADD(w->kit, &words) = "UNINDEXED";
        vgk_header_name(w, names->columns.data[i], f.columns.data[i], 8, &words);
        vgk_header_entry(
            w, vgk_header_call(w->kit, "FTS_COLUMN", names->columns.data[i], &words));
    }
    if (f.content) {
        size_t t = vgk_header_table_number(w->s, f.content);
        vgk_header_entry(w,
                         vgk_print(w->kit, "CONTENT(%s, %s)", w->names.tables[t].name,
                                   vgk_header_c_column(&w->s->tables.data[t].columns,
                                                       &w->names.tables[t], f.key)));
    }
    if (f.sync)
        vgk_header_entry(w, "SYNC");
    if (f.tokenize)
        vgk_header_entry(
            w, vgk_print(w->kit, "TOKENIZE(%s)", vgk_c_string(w->kit, f.tokenize, 8)));
    if (f.prefix)
        vgk_header_entry(
            w, vgk_print(w->kit, "PREFIX(%s)", vgk_c_string(w->kit, f.prefix, 8)));
    vgk_header_end(w);
}

/* "security_barrier = true, fillfactor = 90" of securityBarrier and fillfactor. */
static const char *view_settings(vg_kit *kit, const vgk_settings *all)
{
    vg_buf *out = vgk_buf(kit);
    for (size_t i = 0; i < all->len; i++) {
        vg__buf_text(out, i ? ", " : "");
        for (const char *c = all->data[i].name; *c; c++) {
            if (*c >= 'A' && *c <= 'Z')
                vg__buf_char(out, '_');
            vg__buf_char(out, (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c));
        }
        vgk_put(out, " = %s", all->data[i].value.text);
    }
    return vgk_buf_text(kit, out, NULL);
}

/* OPTIONS(...) of what is not said otherwise. */
static void view_options(vgk_header_writer *w, const vgk_view *v)
{
    vg_kit *kit = w->kit;
    const struct {
        const char *word, *text;
    } texts[] = {{"ON_USING", v->using_method},
                 {"ON_WITH", v->with.len ? view_settings(kit, &v->with) : NULL},
                 {"TABLESPACE", v->tablespace}};
    vgk_texts words = {0};
    if (v->materialized)
        *VGK_ADD(kit, &words) = "MATERIALIZED";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].text)
            *VGK_ADD(kit, &words) = vgk_print(kit, "%s(%s)", texts[i].word,
                                              vgk_c_string(kit, texts[i].text, 8));
    if (v->no_data)
        *VGK_ADD(kit, &words) = "NO_DATA";
    if (words.len)
        vgk_header_entry(w, vgk_header_call(kit, "OPTIONS", "", &words));
}

static void view(vgk_header_writer *w, size_t number)
{
    vgk_view *v = &w->s->views.data[number];
    const vgk_names_of *names = &w->names.views[number];
    vgk_header_begin(w, v->existing ? "VIEW_EXISTING" : "VIEW_SQL", names->name);
    if (!v->existing)
        vgk_header_entry(w, vgk_c_string(w->kit, v->definition, 4));
    vgk_header_db_name(w, names->name, vgk_base_name(v->name, v->schema));
    vgk_header_schema(w, v->schema);
    view_options(w, v);
    for (size_t i = 0; i < v->columns.len; i++) {
        vgk_column *c = &v->columns.data[i];
        vgk_field_type field;
        vgk_texts words = {0};
        vgk_header_type(w, c, &field);
        *VGK_ADD(w->kit, &words) = field.type;
        vgk_header_name(w, names->columns.data[i], c->name, 8, &words);
        vgk_header_entry(
            w, vgk_header_call(w->kit, "COLUMN", names->columns.data[i], &words));
    }
    vgk_header_end(w);
}

/* Triggers that SYNC makes are not said again. */
static bool is_sync(const vgk_header_writer *w, const vgk_object *trigger)
{
    for (size_t i = 0; i < w->s->virtual_tables.len; i++) {
        vgk_full_text f;
        if (!w->kit->dialect->full_text(w->kit, w->s, w->s->virtual_tables.data[i].sql,
                                        &f) ||
            !f.sync)
            continue;
        if (vgk_find_object(&f.triggers, trigger->name))
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

static const char *trigger_event(const vgk_header_writer *w, const vgk_trigger_text *t)
{
    vgk_texts names = {0};
    size_t table = vgk_header_table_number(w->s, t->table),
           view = view_number(w->s, t->table);
    bool is_table = table < w->s->tables.len;
    if (!t->columns.len)
        return t->event;
    for (size_t i = 0; i < t->columns.len; i++)
        *VGK_ADD(w->kit, &names) = vgk_header_c_column(
            is_table ? &w->s->tables.data[table].columns
                     : &w->s->views.data[view].columns,
            is_table ? &w->names.tables[table] : &w->names.views[view],
            t->columns.data[i]);
    return vgk_header_call(w->kit, "UPDATE_OF", "", &names);
}

static const char *trigger_table(const vgk_header_writer *w, const char *name)
{
    size_t t = vgk_header_table_number(w->s, name);
    return t < w->s->tables.len ? w->names.tables[t].name
                                : w->names.views[view_number(w->s, name)].name;
}

static void trigger(vgk_header_writer *w, size_t number)
{
    const vgk_object *o = &w->s->triggers.data[number];
    const char *name = w->names.triggers[number].name;
    vgk_trigger_text t;
    vgk_texts words = {0};
    w->kit->dialect->trigger(w->kit, o->sql, &t);
    t.table = o->table;
    vgk_header_name(w, name, o->name, 4, &words);
    *VGK_ADD(w->kit, &words) = *t.time == 'I' ? "INSTEAD_OF" : t.time;
    *VGK_ADD(w->kit, &words) = trigger_event(w, &t);
    *VGK_ADD(w->kit, &words) = trigger_table(w, o->table);
    if (t.when)
        *VGK_ADD(w->kit, &words) = vgk_c_string(w->kit, t.when, 4);
    vgk_header_put(w, "\n");
    vgk_header_put(
        w, vgk_header_call(w->kit, t.when ? "TRIGGER_WHEN" : "TRIGGER", name, &words));
    w->out->len--; /* its ")" */
    vgk_header_entry(w, vgk_c_string(w->kit, t.body, 4));
    vgk_header_end(w);
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

static void head(vgk_header_writer *w)
{
    vgk_header_put(
        w,
        "/* What a database holds, as `virga pull` found it: tables that others refer "
        "to stand first.\n");
    if (w->s->notes.len)
        vgk_header_put(w,
                       " *\n * What the database has and this header does not say:\n");
    for (size_t i = 0; i < w->s->notes.len; i++)
        vgk_header_put(
            w, vgk_print(w->kit, " *   - %s\n", comment(w->kit, w->s->notes.data[i])));
    vgk_header_put(w, " */\n#pragma once\n#include <virga/virga.h>\n");
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

static void schema(vgk_header_writer *w, const vgk_texts *all)
{
    enum { MAX_ENTRIES = 96 };
    const char *name = w->options->schema;
    if (all->len <= MAX_ENTRIES) {
        vgk_header_put(w, "\n");
        vgk_header_put(w, all->len ? vgk_header_call(w->kit, "SCHEMA", name, all)
                                   : vgk_print(w->kit, "SCHEMA(%s, )", name));
        vgk_header_put(w, "\n");
        return;
    }
    /* What SCHEMA makes, for more of them than a macro takes. */
    vgk_header_put(w,
                   vgk_print(w->kit,
                             "\nextern const vg_schema %s __asm__(\"vg_schema_%s\");\n"
                             "static const vg_shape *const %s_objects[] = {",
                             name, name, name));
    for (size_t i = 0; i < all->len; i++)
        vgk_header_put(
            w, vgk_print(w->kit, "%s\n    &%s.vg_shape", i ? "," : "", all->data[i]));
    vgk_header_put(w,
                   vgk_print(w->kit,
                             "};\n__attribute__((weak)) const vg_schema %s = {\"%s\", "
                             "%s_objects, %zu};\n",
                             name, name, name, all->len));
}

const char *vgk_header(vg_kit *kit, vgk_snapshot *s, const vgk_header_options *options,
                       size_t *len)
{
    vgk_header_writer w = {.kit = kit, .s = s, .options = options};
    vgk_texts all = {0};
    vgk_header_reduce(kit, s);
    vgk_header_names(kit, s, options, &w.names);
    sort_tables(&w);
    w.out = vgk_buf(kit);
    head(&w);
    if (any_long_text(s))
        vgk_header_put(&w,
                       "\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
    vgk_header_put(&w, "\n// clang-format off\n");
    vgk_header_objects(&w, &all);
    later_tables(&w);
    for (size_t i = 0; i < s->tables.len; i++) {
        vgk_header_table(&w, w.order[i]);
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
    vgk_header_put(&w, "// clang-format on\n");
    return vgk_buf_text(kit, w.out, len);
}
