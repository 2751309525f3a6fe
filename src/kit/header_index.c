/* The indexes, EXCLUDEs and UNIQUEs of a table in a schema header. */
#include "kit/header_writer.h"
#include <string.h>

static void word(const vgk_header_writer *w, vgk_texts *words, const char *text)
{
    *VGK_ADD(w->kit, words) = text;
}

static const char *called(const vgk_header_writer *w, const char *name,
                          const char *text)
{
    return vgk_print(w->kit, "%s(%s)", name, vgk_c_string(w->kit, text, 8));
}

/* ---- UNIQUE ---- */

/* The column of a unique index that is what UNIQUE at a column makes. */
static const char *unique_column(vg_kit *kit, const vgk_table *t, const vgk_index *x)
{
    if (!x->unique || x->where || x->columns.len != 1 || kit->dialect->name_limit ||
        x->columns.data[0].is_expression)
        return NULL;
    const char *name = x->columns.data[0].text;
    return strcmp(vgk_print(kit, "%s_%s_unique", t->name, name), x->name) == 0 ? name
                                                                               : NULL;
}

void vgk_header_unique(const vgk_header_writer *w, const vgk_table *t,
                       const char *column, vgk_texts *words)
{
    vg_kit *kit = w->kit;
    for (size_t i = 0; i < t->indexes.len; i++) {
        const char *unique = unique_column(kit, t, &t->indexes.data[i]);
        if (unique && strcmp(unique, column) == 0)
            word(w, words, "UNIQUE");
    }
    for (size_t i = 0; i < t->uniques.len; i++) {
        const vgk_key *key = &t->uniques.data[i];
        if (key != vgk_header_column_unique(t, column))
            continue;
        const char *text =
            key->nulls_not_distinct ? "UNIQUE_NULLS_NOT_DISTINCT" : "UNIQUE";
        /* The usual name is made of the name in the database where that is said. */
        const char *usual =
            vgk_print(kit, "%s_%s_unique", vgk_base_name(t->name, t->schema), column);
        word(w, words,
             strcmp(key->name, usual) == 0 ? text : called(w, text, key->name));
    }
}

const vgk_key *vgk_header_column_unique(const vgk_table *t, const char *column)
{
    for (size_t i = 0; i < t->uniques.len; i++)
        if (t->uniques.data[i].columns.len == 1 &&
            strcmp(t->uniques.data[i].columns.data[0], column) == 0)
            return &t->uniques.data[i];
    return NULL;
}

void vgk_header_uniques(vgk_header_writer *w, size_t number)
{
    const vgk_table *t = &w->s->tables.data[number];
    for (size_t i = 0; i < t->uniques.len; i++) {
        const vgk_key *key = &t->uniques.data[i];
        if (vgk_header_column_unique(t, key->columns.data[0]) == key)
            continue;
        vgk_texts columns = vgk_header_c_columns(w, number, &key->columns);
        vgk_header_entry(w, vgk_header_call(w->kit,
                                            key->nulls_not_distinct
                                                ? "UNIQUE_NULLS_NOT_DISTINCT"
                                                : "UNIQUE",
                                            vgk_c_word(w->kit, key->name), &columns));
    }
}

/* ---- indexes ---- */

/* Columns in their usual order and nothing else. */
static bool is_plain(const vgk_index *x)
{
    if (x->with.len || x->include.len || x->only ||
        (x->method && strcmp(x->method, "btree") != 0))
        return false;
    for (size_t i = 0; i < x->columns.len; i++) {
        const vgk_index_column *c = &x->columns.data[i];
        if (c->is_expression || c->desc || c->opclass ||
            (c->nulls && strcmp(c->nulls, "last") != 0))
            return false;
    }
    return true;
}

/* NULLS_FIRST, since they stand last unless it is said, and OPCLASS: each after a comma. */
static const char *modifiers(const vgk_header_writer *w, const vgk_index_column *c)
{
    const char *text = "";
    if (c->nulls && strcmp(c->nulls, "first") == 0)
        text = ", NULLS_FIRST";
    return c->opclass
               ? vgk_print(w->kit, "%s, %s", text, called(w, "OPCLASS", c->opclass))
               : text;
}

/* ON_DESC(a) of "a" desc; ON_SQL of anything else. */
static const char *term(const vgk_header_writer *w, size_t t, const vgk_index_column *c)
{
    static const char *const orders[][2] = {{" asc", "ON_ASC"}, {" desc", "ON_DESC"}};
    const vgk_table *table = &w->s->tables.data[t];
    if (!c->is_expression)
        return vgk_print(
            w->kit, "%s(%s%s)", c->desc ? "ON_DESC" : "ON",
            vgk_header_c_column(&table->columns, &w->names.tables[t], c->text),
            modifiers(w, c));
    for (size_t i = 0; i < table->columns.len; i++)
        for (size_t k = 0; k < 2; k++)
            if (strcmp(
                    vgk_sql(w->kit, "%q%s", table->columns.data[i].name, orders[k][0]),
                    c->text) == 0)
                return vgk_print(w->kit, "%s(%s)", orders[k][1],
                                 w->names.tables[t].columns.data[i]);
    return vgk_print(w->kit, "ON_SQL(%s%s)", vgk_c_string(w->kit, c->text, 8),
                     modifiers(w, c));
}

static const char *settings(const vgk_header_writer *w, const vgk_settings *all)
{
    const char *text = "";
    for (size_t i = 0; i < all->len; i++)
        text = vgk_print(w->kit, "%s%s%s=%s", text, i ? ", " : "", all->data[i].name,
                         all->data[i].value.text);
    return text;
}

static void index_on(vgk_header_writer *w, size_t t, const vgk_index *x)
{
    vg_kit *kit = w->kit;
    vgk_texts words = {0};
    for (size_t i = 0; i < x->columns.len; i++)
        word(w, &words, term(w, t, &x->columns.data[i]));
    if (x->method && strcmp(x->method, "btree") != 0)
        word(w, &words, called(w, "ON_USING", x->method));
    if (x->include.len) {
        vgk_texts columns = vgk_header_c_columns(w, t, &x->include);
        word(w, &words, vgk_header_call(kit, "INCLUDE", "", &columns));
    }
    if (x->with.len)
        word(w, &words, called(w, "ON_WITH", settings(w, &x->with)));
    if (x->only)
        word(w, &words, "ONLY");
    if (x->where)
        word(w, &words, called(w, "ON_WHERE", x->where));
    vgk_header_entry(w, vgk_header_call(kit, x->unique ? "UNIQUE_INDEX_ON" : "INDEX_ON",
                                        vgk_c_word(kit, x->name), &words));
}

void vgk_header_indexes(vgk_header_writer *w, size_t number)
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

/* ---- EXCLUDE ---- */

/* The end of a piece of SQL: the closing parenthesis, or the comma outside of any. */
static const char *piece_end(const char *at)
{
    int depth = 0;
    char quote = 0;
    for (; *at; at++) {
        if (quote) {
            quote = *at == quote ? 0 : quote;
        } else if (*at == '\'' || *at == '"') {
            quote = *at;
        } else if (*at == '(') {
            depth++;
        } else if (*at == ')' && !depth--) {
            return at;
        } else if (*at == ',' && !depth) {
            return at;
        }
    }
    return at;
}

/* The column that stands at the start of a piece, in quotes or not; *rest: behind it. */
static const vgk_column *column_at(const vgk_header_writer *w, const vgk_table *t,
                                   const char *piece, const char **rest)
{
    for (size_t i = 0; i < t->columns.len; i++) {
        const char *spelled[] = {t->columns.data[i].name,
                                 vgk_sql(w->kit, "%q", t->columns.data[i].name)};
        for (int k = 0; k < 2; k++) {
            size_t len = strlen(spelled[k]);
            if (strncmp(piece, spelled[k], len) == 0 &&
                (!piece[len] || piece[len] == ' ')) {
                *rest = piece + len;
                return &t->columns.data[i];
            }
        }
    }
    return NULL;
}

/* An expression that may stand in parentheses; *rest: behind it. */
static const char *expression_at(const vgk_header_writer *w, const char *piece,
                                 const char **rest)
{
    const char *open = strchr(piece, '('), *end = open ? piece_end(open + 1) : NULL;
    while (end && *end == ',')
        end = piece_end(end + 1);
    if (!end || *end != ')')
        return NULL;
    *rest = end + 1;
    return open == piece ? vgk_text_len(w->kit, piece + 1, (size_t)(end - piece) - 1)
                         : vgk_text_len(w->kit, piece, (size_t)(end - piece) + 1);
}

/* `a WITH =`, as ON(a, OPERATOR("=")); `sql`: as the schema then says it. */
static const char *exclude_term(const vgk_header_writer *w, size_t number,
                                const char *piece, vg_buf *sql)
{
    const vgk_table *t = &w->s->tables.data[number];
    const char *with = NULL, *at = piece, *rest, *text = NULL, *what;
    while ((at = strstr(at, " WITH ")))
        with = at++;
    if (!with)
        return NULL;
    const char *sign = with + strlen(" WITH ");
    piece = vgk_text_len(w->kit, piece, (size_t)(with - piece));
    const vgk_column *c = column_at(w, t, piece, &rest);
    if (!c && !(text = expression_at(w, piece, &rest)))
        return NULL;
    rest += *rest == ' ';
    if (strpbrk(rest, " ()")) /* more than a class */
        return NULL;
    if (c)
        vgk_put(sql, "%q", c->name);
    else
        vgk_put(sql, "(%s)", text);
    vgk_put(sql, *rest ? " %s WITH %s" : "%s WITH %s", rest, sign);
    what = c ? vgk_header_c_column(&t->columns, &w->names.tables[number], c->name)
             : vgk_c_string(w->kit, text, 8);
    return vgk_print(w->kit, "%s(%s%s%s, %s)", c ? "ON" : "ON_SQL", what,
                     *rest ? ", " : "", *rest ? called(w, "OPCLASS", rest) : "",
                     called(w, "OPERATOR", sign));
}

/* What stands behind EXCLUDE, as words, and as the schema then says it; NULL: it is not
 * read. */
static const char *exclude_words(const vgk_header_writer *w, size_t number,
                                 const char *text, vgk_texts *out)
{
    static const char where[] = " WHERE (";
    vg_kit *kit = w->kit;
    vg_buf *sql = vgk_buf(kit);
    const char *open = strstr(text, " ("), *end, *piece;
    if (strncmp(text, "USING ", 6) != 0 || !open)
        return NULL;
    const char *method = vgk_text_len(kit, text + 6, (size_t)(open - text) - 6);
    vgk_put(sql, "USING %s (", method);
    for (text = open + 2;; text = end + 2) {
        end = piece_end(text);
        piece =
            exclude_term(w, number, vgk_text_len(kit, text, (size_t)(end - text)), sql);
        if (!piece)
            return NULL;
        word(w, out, piece);
        if (*end != ',')
            break;
        vg__buf_text(sql, ", ");
    }
    word(w, out, called(w, "ON_USING", method));
    vg__buf_char(sql, ')');
    text = end + (*end == ')');
    if (strncmp(text, where, sizeof where - 1) == 0) {
        text += sizeof where - 1;
        for (end = piece_end(text); *end == ',';)
            end = piece_end(end + 1);
        piece = vgk_text_len(kit, text, (size_t)(end - text));
        word(w, out, called(w, "ON_WHERE", piece));
        vgk_put(sql, " WHERE (%s)", piece);
        text = end + (*end == ')');
    }
    vg__buf_text(sql, text);
    if (strcmp(text, " DEFERRABLE") == 0)
        word(w, out, "DEFERRABLE");
    else if (strcmp(text, " DEFERRABLE INITIALLY DEFERRED") == 0)
        word(w, out, "INITIALLY_DEFERRED");
    else if (*text)
        return NULL;
    return vgk_buf_text(kit, sql, NULL);
}

void vgk_header_excludes(vgk_header_writer *w, size_t number)
{
    vgk_table *t = &w->s->tables.data[number];
    size_t kept = 0;
    for (size_t i = 0; i < t->excludes.len; i++) {
        vgk_exclude x = t->excludes.data[i];
        vgk_texts words = {0};
        x.definition = exclude_words(w, number, x.definition, &words);
        if (x.definition) {
            vgk_header_entry(w, vgk_header_call(w->kit, "EXCLUDE",
                                                vgk_c_word(w->kit, x.name), &words));
            t->excludes.data[kept++] = x;
        }
    }
    t->excludes.len = kept;
}
