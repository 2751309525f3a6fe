/* Statements that make a table, an index, a column: drizzle-kit's text, but for names and
 * literals, which are escaped. */
#include "kit/sqlite/sqlite.h"
#include "kit/sqlite/same.h"
#include <string.h>
#include <strings.h>

/* ---- DEFAULT ---- */

/* drizzle-kit writes JSON between single quotes as it is: '{"a":"it's"}'. A text in quotes
 * that is none is escaped. */
static void put_default(vg_buf *buf, const vgk_default *value)
{
    const char *text = value->text;
    size_t len = strlen(text);
    vg_lexer lexer;
    vg__buf_text(buf, " DEFAULT ");
    vgk_sqlite_read(&lexer, text);
    vg_token token = vg__lexer_next(&lexer);
    if (value->kind == VGK_DEFAULT_SQL && token.kind == VG_TOKEN_TEXT &&
        token.text == text && token.len < len && text[len - 1] == '\'')
        vg__buf_literal(buf, text + 1, len - 2);
    else
        vg__buf_text(buf, text);
}

bool vgk_sqlite_constant_default(const vgk_default *value)
{
    if (value->kind != VGK_DEFAULT_SQL)
        return true;
    if (*value->text != '(')
        return strncasecmp(value->text, "CURRENT_", 8) != 0;
    /* In parentheses: one literal, perhaps with a sign. */
    vg_lexer lexer;
    vgk_sqlite_read(&lexer, value->text + strspn(value->text, "( +-"));
    vg_token token = vg__lexer_next(&lexer);
    return (token.kind == VG_TOKEN_TEXT || token.kind == VG_TOKEN_NUMBER ||
            token.kind == VG_TOKEN_BLOB || vg__token_is(&token, "NULL") ||
            vg__token_is(&token, "TRUE") || vg__token_is(&token, "FALSE")) &&
           !lexer.at[strspn(lexer.at, " )")];
}

/* ---- columns ---- */

static void put_column(vg_buf *buf, const vgk_column *c)
{
    vgk_put(buf, "%b %s", c->name, c->type);
    vg__buf_text(buf, c->primary_key ? " PRIMARY KEY" : "");
    vg__buf_text(buf, c->primary_key && c->autoincrement ? " AUTOINCREMENT" : "");
    if (c->value.kind != VGK_DEFAULT_NONE)
        put_default(buf, &c->value);
    if (c->generated)
        vgk_put(buf, " GENERATED ALWAYS AS %s %s", c->generated->as,
                strcasecmp(c->generated->type, "stored") == 0 ? "STORED" : "VIRTUAL");
    vg__buf_text(buf, c->not_null ? " NOT NULL" : "");
}

static void put_names(vg_buf *buf, const vgk_texts *names, const char *between)
{
    for (size_t i = 0; i < names->len; i++)
        vgk_put(buf, "%s%b", i ? between : "", names->data[i]);
}

/* ---- conditions ---- */

/* `sql` with `table`. in it written as `name`., in the quotes it has. */
static void put_renamed(vg_buf *buf, const char *sql, const char *table,
                        const char *name)
{
    const char *done = sql;
    vg_lexer lexer;
    vg_token t;
    vgk_sqlite_read(&lexer, sql);
    while ((t = vg__lexer_next(&lexer)).kind) {
        if (*lexer.at != '.' || !vg__token_names(&t, table))
            continue;
        vg__buf_bytes(buf, done, (size_t)(t.text - done));
        if (t.kind == VG_TOKEN_WORD)
            vg__buf_text(buf, name);
        else
            vg__buf_name(buf, *t.text == '[' ? '"' : *t.text, name);
        done = lexer.at;
    }
    vg__buf_text(buf, done);
}

/* ---- CREATE TABLE ---- */

static void put_action(vg_buf *buf, const char *event, const char *action)
{
    if (*action)
        vgk_put(buf, " ON %s %s", event, action);
}

static void put_actions(vg_buf *buf, const vgk_foreign_key *key)
{
    put_action(buf, "UPDATE", key->on_update);
    put_action(buf, "DELETE", key->on_delete);
}

static void put_foreign_key(vg_buf *buf, const vgk_foreign_key *key)
{
    vg__buf_text(buf, ",\n\tFOREIGN KEY (");
    put_names(buf, &key->columns_from, ",");
    vgk_put(buf, ") REFERENCES %b(", key->table_to);
    put_names(buf, &key->columns_to, ",");
    vg__buf_char(buf, ')');
    put_actions(buf, key);
}

const char *vgk_sqlite_create_table(vg_kit *kit, const vgk_table *t, const char *name)
{
    vg_buf *buf = vgk_buf(kit);
    vgk_put(buf, "CREATE TABLE %b (\n", name);
    for (size_t i = 0; i < t->columns.len; i++) {
        vg__buf_text(buf, i ? ",\n\t" : "\t");
        put_column(buf, &t->columns.data[i]);
    }
    for (size_t i = 0; i < t->primary_keys.len; i++) {
        vg__buf_text(buf, ",\n\tPRIMARY KEY(");
        put_names(buf, &t->primary_keys.data[i].columns, ", ");
        vg__buf_char(buf, ')');
    }
    for (size_t i = 0; i < t->foreign_keys.len; i++)
        put_foreign_key(buf, &t->foreign_keys.data[i]);
    for (size_t i = 0; i < t->uniques.len; i++) {
        vgk_put(buf, ",\n\tCONSTRAINT %s UNIQUE(",
                vgk_sqlite_bare(kit, t->uniques.data[i].name));
        put_names(buf, &t->uniques.data[i].columns, ",");
        vg__buf_char(buf, ')');
    }
    for (size_t i = 0; i < t->checks.len; i++) {
        vgk_put(buf, ",\n\tCONSTRAINT %q CHECK(", t->checks.data[i].name);
        put_renamed(buf, t->checks.data[i].value, t->name, name);
        vg__buf_char(buf, ')');
    }
    vg__buf_text(buf, "\n)");
    vg__buf_text(buf, t->strict ? " STRICT" : "");
    vg__buf_text(buf, t->strict && t->without_rowid ? "," : "");
    vg__buf_text(buf, t->without_rowid ? " WITHOUT ROWID" : "");
    vg__buf_text(buf, ";\n");
    return vgk_buf_text(kit, buf, NULL);
}

/* ---- CREATE INDEX ---- */

const char *vgk_sqlite_create_index(vg_kit *kit, const char *table,
                                    const vgk_index *index)
{
    vg_buf *buf = vgk_buf(kit);
    vgk_put(buf, "CREATE %s %b ON %b (", index->unique ? "UNIQUE INDEX" : "INDEX",
            index->name, table);
    for (size_t i = 0; i < index->columns.len; i++) {
        const vgk_index_column *c = &index->columns.data[i];
        vgk_put(buf, c->is_expression ? "%s%s" : "%s%b", i ? "," : "", c->text);
    }
    vg__buf_char(buf, ')');
    if (index->where)
        vgk_put(buf, " WHERE %s", index->where);
    vg__buf_char(buf, ';');
    return vgk_buf_text(kit, buf, NULL);
}

const char *vgk_sqlite_create_view(vg_kit *kit, const vgk_view *v)
{
    return vgk_sql(kit, "CREATE VIEW %b AS %s;", v->name, v->definition);
}

/* ---- ALTER TABLE ADD ---- */

/* Words that are no name without quotes. */
static const char reserved[] = " add all alter and as autoincrement between case check "
                               "collate commit constraint create "
                               "default deferrable delete distinct drop else escape "
                               "except exists foreign from group "
                               "having in index insert intersect into is isnull join "
                               "limit not nothing notnull null on "
                               "or order primary references returning select set table "
                               "then to transaction union unique "
                               "update using values when where ";

const char *vgk_sqlite_bare(vg_kit *kit, const char *name)
{
    bool plain = *name && !(*name >= '0' && *name <= '9');
    char *word = vgk_alloc(kit, strlen(name) + 3);
    size_t n = 0;
    word[n++] = ' ';
    for (const char *c = name; *c && plain; c++) {
        bool upper = *c >= 'A' && *c <= 'Z';
        plain =
            upper || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_';
        word[n++] = upper ? (char)(*c - 'A' + 'a') : *c;
    }
    word[n] = ' ';
    return plain && !strstr(reserved, word) ? name : vgk_sql(kit, "%b", name);
}

const char *vgk_sqlite_add_column(vg_kit *kit, const vgk_table *t, const vgk_column *c)
{
    vg_buf *buf = vgk_buf(kit);
    vgk_put(buf, "ALTER TABLE %b ADD ", t->name);
    put_column(buf, c);
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        const vgk_foreign_key *key = &t->foreign_keys.data[i];
        if (key->columns_from.len != 1 ||
            strcmp(key->columns_from.data[0], c->name) != 0)
            continue;
        vgk_put(buf, " REFERENCES %s(%s)", vgk_sqlite_bare(kit, key->table_to),
                vgk_sqlite_bare(kit, key->columns_to.data[0]));
        if (strcmp(key->on_update, "no action") != 0 ||
            strcmp(key->on_delete, "no action") != 0)
            put_actions(buf, key);
    }
    vg__buf_char(buf, ';');
    return vgk_buf_text(kit, buf, NULL);
}
