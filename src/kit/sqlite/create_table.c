/* CREATE TABLE: columns with their constraints, CHECKs, options. */
#include "kit/sqlite/create.h"
#include <string.h>
#include <strings.h>

static const char *const constraint_words[] = {
    "CONSTRAINT", "PRIMARY", "NOT",        "NULL", "UNIQUE",     "CHECK",
    "DEFAULT",    "COLLATE", "REFERENCES", "AS",   "DEFERRABLE", NULL};

static bool one_of(const vg_token *t, const char *const *words)
{
    for (; *words; words++)
        if (vg__token_is(t, *words))
            return true;
    return false;
}

/* GENERATED is a name like any other unless ALWAYS follows. */
static bool is_generated(const vgk_reader *r)
{
    vgk_reader ahead = *r;
    return vgk_reader_word(&ahead, "GENERATED") && vgk_reader_word(&ahead, "ALWAYS");
}

static bool is_name(const vg_token *t)
{
    return t->kind == VG_TOKEN_WORD || t->kind == VG_TOKEN_NAME ||
           t->kind == VG_TOKEN_TEXT;
}

/* A type: words, then perhaps one or two numbers. */
static bool type(vgk_reader *r, vgk_read_column *c)
{
    c->type = "";
    while (is_name(&r->token) && !one_of(&r->token, constraint_words) &&
           !is_generated(r)) {
        const char *text = vgk_text_len(r->kit, r->token.text, r->token.len);
        c->type = vgk_print(r->kit, "%s%s%s", c->type, *c->type ? " " : "", text);
        vgk_reader_next(r);
    }
    if (!*c->type || !vg__token_is(&r->token, "("))
        return true;
    vgk_reader_next(r);
    const char *text = "", *between = "(";
    while (!vg__token_is(&r->token, ")")) {
        vg_token_kind kind = r->token.kind;
        if (kind == VG_TOKEN_END || kind == VG_TOKEN_OPEN)
            return false;
        if (vg__token_is(&r->token, ","))
            between = ", ";
        else {
            text = vgk_print(r->kit, "%s%s%.*s", text, between, (int)r->token.len,
                             r->token.text);
            between = kind == VG_TOKEN_OTHER ? "" : " ";
        }
        vgk_reader_next(r);
    }
    vgk_reader_next(r);
    c->type = vgk_print(r->kit, "%s%s%s", c->type, *text ? text : "(", ")");
    return true;
}

static void lose(vgk_reader *r, vgk_read_table *out, const char *clause,
                 const char *column)
{
    *VGK_ADD(r->kit, &out->lost) =
        *column ? vgk_print(r->kit, "%s of column %s", clause, column) : clause;
}

static bool conflict(vgk_reader *r, vgk_read_table *out, const char *column)
{
    vgk_reader ahead = *r;
    if (!vgk_reader_word(&ahead, "ON") || !vgk_reader_word(&ahead, "CONFLICT"))
        return true;
    *r = ahead;
    const char *how = vgk_reader_name(r);
    if (how && strcasecmp(how, "ABORT") != 0)
        lose(r, out, vgk_print(r->kit, "ON CONFLICT %s", how), column);
    return how != NULL;
}

/* REFERENCES and what follows it; the columns are known from a PRAGMA. */
static bool references(vgk_reader *r, vgk_read_table *out, const char *column)
{
    if (!vgk_reader_name(r))
        return false;
    if (vg__token_is(&r->token, "(") && !vgk_reader_parens(r))
        return false;
    for (;;) {
        vgk_reader ahead = *r;
        if (vgk_reader_word(r, "ON")) {
            bool set;
            vgk_reader_next(r); /* DELETE, UPDATE */
            set = vg__token_is(&r->token, "SET") || vg__token_is(&r->token, "NO");
            vgk_reader_next(r);
            if (set)
                vgk_reader_next(r);
        } else if (vgk_reader_word(r, "MATCH")) {
            vgk_reader_next(r);
        } else if ((vgk_reader_word(&ahead, "NOT"), true) &&
                   vgk_reader_word(&ahead, "DEFERRABLE")) {
            bool not = !vg__token_is(&r->token, "DEFERRABLE");
            *r = ahead;
            if (vgk_reader_word(r, "INITIALLY")) {
                if (vg__token_is(&r->token, "DEFERRED") && !not )
                    lose(r, out, "DEFERRABLE INITIALLY DEFERRED", column);
                vgk_reader_next(r);
            }
        } else {
            return true;
        }
    }
}

/* A bare word after DEFAULT is a text, unless it is one of these. */
static const char *const values[] = {
    "NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP", NULL};

static const char *text_literal(vgk_reader *r)
{
    const char *name = vgk_reader_name(r);
    vg_buf *buf = vgk_buf(r->kit);
    vg__buf_literal(buf, name, strlen(name));
    return vgk_buf_text(r->kit, buf, NULL);
}

static const char *value(vgk_reader *r)
{
    const vg_token *t = &r->token;
    const char *sign = vg__token_is(t, "-") ? "-" : "";
    if (vg__token_is(t, "(")) {
        const char *inside = vgk_reader_parens(r);
        return inside ? vgk_print(r->kit, "(%s)", inside) : NULL;
    }
    if (*sign || vg__token_is(t, "+"))
        vgk_reader_next(r);
    if ((t->kind == VG_TOKEN_WORD && !one_of(t, values)) || t->kind == VG_TOKEN_NAME)
        return text_literal(r);
    if (t->kind == VG_TOKEN_END || t->kind == VG_TOKEN_OPEN ||
        t->kind == VG_TOKEN_OTHER)
        return NULL;
    const char *text = vgk_print(r->kit, "%s%.*s", sign, (int)t->len, t->text);
    vgk_reader_next(r);
    return text;
}

static bool generated(vgk_reader *r, vgk_read_column *c)
{
    const char *inside = vgk_reader_parens(r);
    if (!inside)
        return false;
    c->generated = vgk_print(r->kit, "(%s)", inside);
    c->stored = vgk_reader_word(r, "STORED");
    vgk_reader_word(r, "VIRTUAL");
    return true;
}

static bool check(vgk_reader *r, vgk_read_table *out, const char *name)
{
    const char *inside = vgk_reader_parens(r);
    if (!inside)
        return false;
    *VGK_ADD(r->kit, &out->checks) = (vgk_check){name ? name : "", inside};
    return true;
}

/* One constraint of a column; *none when there is no more. */
static bool constraint(vgk_reader *r, vgk_read_table *out, vgk_read_column *c,
                       bool *none)
{
    const char *name = NULL;
    while (vgk_reader_word(r, "CONSTRAINT"))
        name = vgk_reader_name(r);
    *none = false;
    if (is_generated(r)) {
        vgk_reader_next(r);
        vgk_reader_next(r);
    }
    if (vgk_reader_word(r, "AS"))
        return generated(r, c);
    if (vgk_reader_word(r, "PRIMARY")) {
        vgk_reader_next(r); /* KEY */
        if (!vgk_reader_word(r, "ASC"))
            vgk_reader_word(r, "DESC");
        bool ok = conflict(r, out, c->name);
        c->autoincrement = vgk_reader_word(r, "AUTOINCREMENT");
        return ok;
    }
    vgk_reader ahead = *r;
    if (vgk_reader_word(&ahead, "NOT") && vgk_reader_word(&ahead, "NULL")) {
        *r = ahead;
        c->not_null = true;
        return conflict(r, out, c->name);
    }
    if (vgk_reader_word(r, "NULL") || vgk_reader_word(r, "UNIQUE"))
        return conflict(r, out, c->name);
    if (vgk_reader_word(r, "CHECK"))
        return check(r, out, name);
    if (vgk_reader_word(r, "DEFAULT"))
        return (c->value = value(r)) != NULL;
    if (vgk_reader_word(r, "COLLATE")) {
        vg_token t = r->token;
        if (!vgk_reader_name(r))
            return false;
        c->type = vgk_print(r->kit, "%s%sCOLLATE %.*s", c->type, *c->type ? " " : "",
                            (int)t.len, t.text);
        return true;
    }
    if (vgk_reader_word(r, "REFERENCES"))
        return references(r, out, c->name);
    if (vg__token_is(&r->token, "NOT") || vg__token_is(&r->token, "DEFERRABLE")) {
        vgk_reader_word(r, "NOT");
        vgk_reader_next(r);
        if (vgk_reader_word(r, "INITIALLY"))
            vgk_reader_next(r);
        return true;
    }
    *none = true;
    return true;
}

static bool column(vgk_reader *r, vgk_read_table *out)
{
    vgk_read_column c = {.name = vgk_reader_name(r)};
    bool none = false;
    if (!c.name || !type(r, &c))
        return false;
    while (!none)
        if (!constraint(r, out, &c, &none))
            return false;
    *VGK_ADD(r->kit, &out->columns) = c;
    return true;
}

static bool table_constraint(vgk_reader *r, vgk_read_table *out)
{
    const char *name = NULL;
    while (vgk_reader_word(r, "CONSTRAINT"))
        name = vgk_reader_name(r);
    if (vgk_reader_word(r, "PRIMARY")) {
        vgk_reader_next(r); /* KEY */
        return vgk_reader_parens(r) && conflict(r, out, "");
    }
    if (vgk_reader_word(r, "UNIQUE"))
        return vgk_reader_parens(r) && conflict(r, out, "");
    if (vgk_reader_word(r, "CHECK"))
        return check(r, out, name) && conflict(r, out, "");
    if (vgk_reader_word(r, "FOREIGN")) {
        vgk_reader_next(r); /* KEY */
        return vgk_reader_parens(r) && vgk_reader_word(r, "REFERENCES") &&
               references(r, out, "");
    }
    return name != NULL; /* CONSTRAINT x, and nothing: SQLite takes it */
}

static bool options(vgk_reader *r, vgk_read_table *out)
{
    do {
        if (vgk_reader_word(r, "STRICT"))
            out->strict = true;
        else if (vgk_reader_word(r, "WITHOUT"))
            out->without_rowid = vgk_reader_word(r, "ROWID");
    } while (vgk_reader_sign(r, ","));
    vgk_reader_sign(r, ";");
    return r->token.kind == VG_TOKEN_END;
}

bool vgk_read_create_table(vg_kit *kit, const char *sql, vgk_read_table *out)
{
    static const char *const entry[] = {"CONSTRAINT", "PRIMARY", "UNIQUE",
                                        "CHECK",      "FOREIGN", NULL};
    vgk_reader r;
    *out = (vgk_read_table){0};
    vgk_reader_open(&r, kit, sql);
    if (!vgk_reader_create(&r, (const char *const[]){"TABLE", NULL}) ||
        !vgk_reader_sign(&r, "("))
        return false;
    /* Between table constraints the comma may be missing. */
    for (bool in_columns = true; !vgk_reader_sign(&r, ")"); vgk_reader_sign(&r, ",")) {
        in_columns = in_columns && !one_of(&r.token, entry);
        if (!(in_columns ? column(&r, out) : table_constraint(&r, out)))
            return false;
    }
    return out->columns.len && options(&r, out);
}
