/* A table: what the PRAGMAs say, and what only its text does. */
#include "core/ddl.h"
#include "kit/sqlite/introspect.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *vgk_names(vg_kit *kit, const char *first, const vgk_texts *names,
                      const char *between)
{
    vg_buf *out = vgk_buf(kit);
    vg__buf_text(out, first);
    for (size_t i = 0; i < names->len; i++) {
        if (i || *first)
            vg__buf_text(out, between);
        vg__buf_text(out, names->data[i]);
    }
    return vgk_buf_text(kit, out, NULL);
}

/* ---- columns ---- */

/* The type as Virga spells it, if it has it: INTEGER is integer, TEXT(20) text(20). */
static const char *type_of(vg_kit *kit, const char *type)
{
    static const char *const plain[] = {"integer", "real", "text", "numeric", "blob"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        size_t len = strlen(plain[i]);
        if (strncasecmp(type, plain[i], len) == 0 && (!type[len] || type[len] == '('))
            return vgk_print(kit, "%s%s", plain[i], type + len);
    }
    return type;
}

/* A number as JSON may hold it. */
static bool is_number(const char *text)
{
    char *end;
    const char *at = text + (*text == '-');
    if (*at < '0' || *at > '9' || (at[0] == '0' && at[1] && at[1] != '.'))
        return false;
    (void)strtod(text, &end);
    return !*end && end[-1] != '.' && !strpbrk(text, "xX");
}

static vgk_default default_of(const char *text)
{
    if (!text)
        return (vgk_default){0};
    if (strcasecmp(text, "true") == 0 || strcasecmp(text, "false") == 0)
        return (vgk_default){VGK_DEFAULT_BOOL,
                             *text == 't' || *text == 'T' ? "true" : "false"};
    return (vgk_default){is_number(text) ? VGK_DEFAULT_NUMBER : VGK_DEFAULT_SQL, text};
}

static const vgk_read_column *find_read(const vgk_read_columns *all, const char *name)
{
    for (size_t i = 0; i < all->len; i++)
        if (strcasecmp(all->data[i].name, name) == 0)
            return &all->data[i];
    return NULL;
}

static void column(vg_kit *kit, vgk_column *to, const vgk_live_column *live,
                   const vgk_read_column *read)
{
    *to = (vgk_column){.name = live->name, .type = type_of(kit, live->type)};
    if (!read)
        return;
    to->type = type_of(kit, read->type);
    to->not_null = read->not_null;
    to->autoincrement = read->autoincrement;
    to->value = default_of(read->value);
    if (read->generated) {
        to->generated = vgk_alloc(kit, sizeof *to->generated);
        to->generated->as = read->generated;
        to->generated->type = read->stored ? "stored" : "virtual";
    }
}

static void columns(vg_kit *kit, const vgk_catalog *catalog, const vgk_read_table *read,
                    vgk_table *to)
{
    for (size_t i = 0; i < catalog->columns.len; i++) {
        const vgk_live_column *live = &catalog->columns.data[i];
        if (strcmp(live->table, to->name) == 0)
            column(kit, VGK_ADD(kit, &to->columns), live,
                   find_read(&read->columns, live->name));
    }
}

/* ---- keys ---- */

static const char *key_column(const vgk_catalog *catalog, const char *table,
                              int64_t place)
{
    for (size_t i = 0; i < catalog->columns.len; i++) {
        const vgk_live_column *c = &catalog->columns.data[i];
        if (c->key == place && strcasecmp(c->table, table) == 0)
            return c->name;
    }
    return NULL;
}

/* The columns of the primary key of `table`, in its order. */
static vgk_texts key_of(vg_kit *kit, const vgk_catalog *catalog, const char *table)
{
    vgk_texts key = {0};
    const char *name;
    for (int64_t place = 1; (name = key_column(catalog, table, place)); place++)
        *VGK_ADD(kit, &key) = name;
    return key;
}

/* A key of one column cannot be NULL to Virga, whatever SQLite lets by. */
static void primary_key(vg_kit *kit, const vgk_catalog *catalog, vgk_table *to)
{
    vgk_texts key = key_of(kit, catalog, to->name);
    if (key.len == 1) {
        vgk_column *c = vgk_find_column(&to->columns, key.data[0]);
        c->primary_key = c->not_null = true;
    } else if (key.len) {
        *VGK_ADD(kit, &to->primary_keys) = (vgk_key){
            .name = vgk_print(kit, "%s_pk", vgk_names(kit, to->name, &key, "_")),
            .columns = key};
    }
}

static void uniques(vg_kit *kit, const vgk_catalog *catalog, vgk_table *to)
{
    const char *index = "";
    for (size_t i = 0; i < catalog->uniques.len; i++) {
        const vgk_live_unique *u = &catalog->uniques.data[i];
        if (strcmp(u->table, to->name) != 0)
            continue;
        if (strcmp(u->index, index) != 0)
            VGK_ADD(kit, &to->uniques);
        index = u->index;
        *VGK_ADD(kit, &to->uniques.data[to->uniques.len - 1].columns) = u->column;
    }
    for (size_t i = 0; i < to->uniques.len; i++) {
        vgk_key *key = &to->uniques.data[i];
        key->name =
            vgk_print(kit, "%s_unique", vgk_names(kit, to->name, &key->columns, "_"));
    }
}

/* ---- foreign keys ---- */

static const char *lower(vg_kit *kit, const char *text)
{
    char *out = vgk_text(kit, text);
    for (char *at = out; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + 32);
    return out;
}

/* The database's own spelling of a table and a column; NULL: it is not there. */
static const char *live_table(const vgk_catalog *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->columns.len; i++)
        if (strcasecmp(catalog->columns.data[i].table, name) == 0)
            return catalog->columns.data[i].table;
    return NULL;
}

static const char *live_column(const vgk_catalog *catalog, const char *table,
                               const char *name)
{
    for (size_t i = 0; name && i < catalog->columns.len; i++)
        if (strcmp(catalog->columns.data[i].table, table) == 0 &&
            strcasecmp(catalog->columns.data[i].name, name) == 0)
            return catalog->columns.data[i].name;
    return NULL;
}

/* The key whose columns are the rows from `first` on; false: it leads nowhere. */
static bool foreign_key(vg_kit *kit, const vgk_catalog *catalog, size_t first,
                        vgk_foreign_key *out)
{
    const vgk_live_reference *rows = catalog->references.data, *r = &rows[first];
    const char *table = live_table(catalog, r->table);
    const char *parent = live_table(catalog, r->parent);
    if (!parent)
        return false;
    vgk_texts key = key_of(kit, catalog, parent);
    *out = (vgk_foreign_key){.table_from = table,
                             .table_to = parent,
                             .on_delete = lower(kit, r->on_delete),
                             .on_update = lower(kit, r->on_update)};
    for (size_t i = first, n = 0; i < catalog->references.len; i++, n++) {
        if (rows[i].id != r->id || strcmp(rows[i].table, r->table) != 0)
            break;
        const char *to = rows[i].to ? rows[i].to : n < key.len ? key.data[n] : NULL;
        to = live_column(catalog, parent, to);
        const char *from = live_column(catalog, table, rows[i].from);
        if (!to || !from)
            return false;
        *VGK_ADD(kit, &out->columns_from) = from;
        *VGK_ADD(kit, &out->columns_to) = to;
    }
    out->name =
        vgk_print(kit, "%s_%s_fk", vgk_names(kit, table, &out->columns_from, "_"),
                  vgk_names(kit, parent, &out->columns_to, "_"));
    return true;
}

static bool does_nothing(const vgk_foreign_key *key)
{
    return strcmp(key->on_delete, "no action") == 0 &&
           strcmp(key->on_update, "no action") == 0;
}

static void foreign_keys(vg_kit *kit, const vgk_catalog *catalog, vgk_table *to,
                         vgk_snapshot *out)
{
    const vgk_live_reference *last = NULL;
    for (size_t i = 0; i < catalog->references.len; i++) {
        const vgk_live_reference *r = &catalog->references.data[i];
        vgk_foreign_key key;
        if (strcmp(r->table, to->name) != 0 || (last && last->id == r->id))
            continue;
        last = r;
        if (!foreign_key(kit, catalog, i, &key)) {
            vgk_remark(kit, out,
                       "table %s: its foreign key to %s leads nowhere and is left out",
                       to->name, r->parent);
            vgk_unsaid_of(kit, out, to->name,
                          vgk_print(kit, "its foreign key to %s", r->parent));
            continue;
        }
        vgk_foreign_key *known = vgk_find_foreign_key(&to->foreign_keys, key.name);
        if (!known)
            *VGK_ADD(kit, &to->foreign_keys) = key;
        else if (does_nothing(known))
            *known = key; /* said twice: what happens on a change is said here */
    }
}

/* ---- indexes and checks ---- */

/* A term as the schema makes it: "name" desc of an ordered column, else what was written. */
static vgk_index_column term(vg_kit *kit, const vgk_table *t, const vgk_read_term *read)
{
    vgk_column *c = NULL;
    for (size_t i = 0; !read->is_expression && i < t->columns.len; i++)
        if (strcasecmp(t->columns.data[i].name, read->text) == 0)
            c = &t->columns.data[i];
    if (!c)
        return (vgk_index_column){.text =
                                      vgk_print(kit, "%s%s", read->text, read->order),
                                  .is_expression = true};
    if (!*read->order)
        return (vgk_index_column){.text = c->name};
    vg_buf *text = vgk_buf(kit);
    vg__buf_name(text, '"', c->name);
    vg__buf_text(text, read->order);
    return (vgk_index_column){.text = vgk_buf_text(kit, text, NULL),
                              .is_expression = true};
}

static void indexes(vg_kit *kit, const vgk_catalog *catalog, vgk_table *to,
                    vgk_snapshot *out)
{
    for (size_t i = 0; i < catalog->masters.len; i++) {
        const vgk_master *m = &catalog->masters.data[i];
        vgk_read_index read;
        if (strcmp(m->type, "index") != 0 || !m->sql || strcmp(m->table, to->name) != 0)
            continue;
        bool utf8 = vg__is_utf8(m->sql);
        if (!utf8 || !vgk_read_create_index(kit, m->sql, &read)) {
            vgk_remark(kit, out, "index %s of table %s is not %s and left alone",
                       m->name, to->name, utf8 ? "understood" : "UTF-8");
            vgk_unsaid_of(kit, out, to->name, vgk_print(kit, "index %s", m->name));
            continue;
        }
        vgk_index *index = VGK_ADD(kit, &to->indexes);
        *index =
            (vgk_index){.name = m->name, .unique = read.unique, .where = read.where};
        for (size_t k = 0; k < read.terms.len; k++)
            *VGK_ADD(kit, &index->columns) = term(kit, to, &read.terms.data[k]);
    }
}

/* One without a name, or with one that there is already, gets one. */
static void checks(vg_kit *kit, const vgk_read_table *read, vgk_table *to)
{
    size_t number = 0;
    for (size_t i = 0; i < read->checks.len; i++) {
        vgk_check check = read->checks.data[i];
        while (!*check.name || vgk_find_check(&to->checks, check.name))
            check.name = vgk_print(kit, "%s_check%zu", to->name, ++number);
        *VGK_ADD(kit, &to->checks) = check;
    }
}

void vgk_sqlite_table(vg_kit *kit, const vgk_catalog *catalog, const vgk_master *master,
                      vgk_snapshot *out)
{
    vgk_read_table read;
    vgk_table made = {.name = master->name};
    if (!vgk_read_create_table(kit, master->sql, &read)) {
        vgk_remark(kit, out,
                   "table %s: its CREATE TABLE is not understood; CHECKs, defaults and "
                   "NOT NULL of it are left out",
                   master->name);
        vgk_unsaid_of(kit, out, made.name, "its CHECKs, defaults and NOT NULLs");
        read = (vgk_read_table){0};
    }
    made.strict = read.strict;
    made.without_rowid = read.without_rowid;
    columns(kit, catalog, &read, &made);
    if (made.columns.len > VG_MAX_COLUMNS) {
        vgk_remark(kit, out,
                   "table %s has %zu columns, and a schema's may have %d: it is left "
                   "alone",
                   made.name, made.columns.len, VG_MAX_COLUMNS);
        return;
    }
    primary_key(kit, catalog, &made);
    uniques(kit, catalog, &made);
    foreign_keys(kit, catalog, &made, out);
    indexes(kit, catalog, &made, out);
    checks(kit, &read, &made);
    for (size_t i = 0; i < read.lost.len; i++) {
        vgk_remark(kit, out, "table %s: a schema cannot say %s", made.name,
                   read.lost.data[i]);
        vgk_unsaid_of(kit, out, made.name, read.lost.data[i]);
    }
    *VGK_ADD(kit, &out->tables) = made;
}
