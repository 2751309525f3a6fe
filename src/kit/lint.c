/* What SQL that somebody wrote may do to the rows: told by its words, statement by statement,
 * unless the dialect has a parser. Nothing is looked up in a database. */
#include "kit/lint.h"
#include "core/dialect.h"
#include "migrate/split.h"
#include <string.h>

enum { HEAD = 6 }; /* tokens at the beginning that are looked at */

typedef struct piece {
    vg_statement statement;
    vg_token head[HEAD];
    size_t tokens;                                  /* all of them */
    bool where, select, not_null, default_, unique; /* words anywhere in it */
} piece;

static void note_word(piece *p, const vg_token *t, const vg_token *before)
{
    p->where |= vg__token_is(t, "WHERE");
    p->select |= vg__token_is(t, "SELECT");
    p->default_ |= vg__token_is(t, "DEFAULT") || vg__token_is(t, "GENERATED");
    p->unique |= vg__token_is(t, "UNIQUE");
    p->not_null |= vg__token_is(t, "NULL") && vg__token_is(before, "NOT");
}

static vg_lexer tokens_of(vg_kit *kit, const piece *p)
{
    vg_lexer lexer;
    vg__lexer_begin(&lexer, kit->dialect->sql->lexis, p->statement.text,
                    p->statement.len);
    return lexer;
}

/* The next statement; false: there is none. */
static bool next_piece(vg_kit *kit, vg_lexer *text, piece *p)
{
    *p = (piece){.tokens = 0};
    if (!vg__statement_next(text, &p->statement))
        return false;
    vg_lexer lexer = tokens_of(kit, p);
    vg_token t, before = {.kind = VG_TOKEN_END};
    for (; (t = vg__lexer_next(&lexer)).kind; before = t) {
        if (p->tokens < HEAD)
            p->head[p->tokens] = t;
        p->tokens++;
        note_word(p, &t, &before);
    }
    return true;
}

/* ---- words ---- */

/* Does the piece begin so: words between blanks; "?" is any token. *rest: how many they are. */
static bool begins(const piece *p, const char *pattern, size_t *rest)
{
    size_t n = 0;
    while (*pattern) {
        char word[16];
        size_t len = strcspn(pattern, " ");
        memcpy(word, pattern, len);
        word[len] = 0;
        pattern += len + (pattern[len] == ' ');
        if (n == HEAD || n == p->tokens)
            return false;
        if (*word != '?' && !vg__token_is(&p->head[n], word))
            return false;
        n++;
    }
    if (n + 1 < HEAD && vg__token_is(&p->head[n], "IF")) /* IF [NOT] EXISTS */
        n += vg__token_is(&p->head[n + 1], "NOT") ? 3 : 2;
    *rest = n;
    return true;
}

/* The name at token `i`, without its quotes. */
static const char *name_at(vg_kit *kit, const piece *p, size_t i)
{
    bool name = i < HEAD && i < p->tokens &&
                (p->head[i].kind == VG_TOKEN_WORD || p->head[i].kind == VG_TOKEN_NAME ||
                 p->head[i].kind == VG_TOKEN_TEXT);
    return name ? vgk_token_text(kit, &p->head[i]) : "";
}

typedef enum condition {
    ALWAYS,
    NO_WHERE,
    WITH_WHERE,
    UNIQUE,
    NOT_NULL,
    SELECTS
} condition;

/* What is found by its first words; %s is the name behind them. */
static const struct rule {
    const char *begins;
    condition when;
    unsigned flags;
    const char *note;
    const char *only; /* of that dialect; NULL: of all */
} rules[] = {
    {"drop table", ALWAYS, VGK_LOSES, "drops table %s and its rows", NULL},
    {"alter table ? drop column", ALWAYS, VGK_LOSES,
     "drops a column of %s and its values", "postgresql"},
    {"alter table ? drop", ALWAYS, VGK_LOSES, "drops a column of %s and its values",
     "sqlite"},
    {"delete from", NO_WHERE, VGK_LOSES, "deletes all rows of %s: it has no WHERE",
     NULL},
    {"delete from", WITH_WHERE, VGK_LOSES, "deletes rows of %s", NULL},
    {"update", NO_WHERE, VGK_LOSES | VGK_REWRITES,
     "changes all rows of %s: it has no WHERE", NULL},
    {"replace into", ALWAYS, VGK_LOSES, "replaces rows of %s that are there", "sqlite"},
    {"insert or replace into", ALWAYS, VGK_LOSES, "replaces rows of %s that are there",
     "sqlite"},
    {"insert into", SELECTS, VGK_REWRITES, "copies rows into %s", NULL},
    {"create unique index", ALWAYS, VGK_REWRITES | VGK_MAY_FAIL,
     "reads a whole table, and fails if two of its rows are the same for index %s",
     "sqlite"},
    {"create index", ALWAYS, VGK_REWRITES, "reads a whole table for index %s",
     "sqlite"},
    {"alter table ? add", NOT_NULL, VGK_MAY_FAIL,
     "fails if table %s has rows: NOT NULL needs a DEFAULT here", "sqlite"},
    {"alter table ? add", UNIQUE, VGK_MAY_FAIL,
     "fails: a UNIQUE column cannot be added to %s; add the column, then a unique "
     "index",
     "sqlite"},
    {"pragma writable_schema", ALWAYS, VGK_LOSES,
     "PRAGMA writable_schema can make the file unreadable; use ALTER TABLE or a copy",
     "sqlite"},
    {"vacuum", ALWAYS, VGK_MAY_FAIL | VGK_REWRITES,
     "VACUUM cannot run in a transaction, where migrations run; run it on its own",
     "sqlite"},
    {"begin", ALWAYS, VGK_MAY_FAIL, "a migration runs in a transaction already", NULL},
    {"commit", ALWAYS, VGK_MAY_FAIL, "ends the transaction that the migration runs in",
     NULL},
    {"rollback", ALWAYS, VGK_MAY_FAIL,
     "ends the transaction that the migration runs in", NULL},
    {"attach", ALWAYS, VGK_MAY_FAIL,
     "ATTACH cannot run in a transaction, where migrations run", "sqlite"},
    {"pragma journal_mode", ALWAYS, VGK_MAY_FAIL,
     "the journal's mode cannot change in a transaction, where migrations run",
     "sqlite"},
};

static bool holds(const piece *p, condition when)
{
    switch (when) {
    case NO_WHERE: return !p->where;
    case WITH_WHERE: return p->where;
    case UNIQUE: return p->unique;
    case NOT_NULL: return p->not_null && !p->default_;
    case SELECTS: return p->select;
    default: return true;
    }
}

/* ---- findings ---- */

static void find(vg_kit *kit, const piece *p, vgk_statements *out)
{
    vgk_statement found = {.table = ""};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        size_t rest;
        if (!begins(p, rules[i].begins, &rest) || !holds(p, rules[i].when) ||
            (rules[i].only && strcmp(rules[i].only, kit->dialect->name) != 0))
            continue;
        bool alter = vg__token_is(&p->head[0], "ALTER");
        found.table = name_at(kit, p, alter ? 2 : rest);
        const char *note = strstr(rules[i].note, "%s")
                               ? vgk_sql(kit, rules[i].note, found.table)
                               : rules[i].note;
        vgk_note(kit, &found, rules[i].flags, note);
    }
    if (!found.flags)
        return;
    found.sql = vgk_text_len(kit, p->statement.text, p->statement.len);
    found.line = p->statement.line;
    *VGK_ADD(kit, out) = found;
}

/* "ALTER TABLE __new_x RENAME TO x": the DROP TABLE of x before it took nothing away. */
static void forgive_copy(vg_kit *kit, const piece *p, vgk_statements *out)
{
    size_t rest;
    if (!begins(p, "alter table ? rename to", &rest))
        return;
    const char *from = name_at(kit, p, 2), *to = name_at(kit, p, 5);
    if (strcmp(from, vgk_sql(kit, "__new_%s", to)) != 0)
        return;
    for (size_t i = 0; i < out->len; i++) {
        vgk_statement *s = &out->data[i];
        if (s->flags != VGK_LOSES || strcmp(s->table, to) != 0 ||
            strncmp(s->note, "drops table", 11) != 0)
            continue;
        memmove(s, s + 1, (--out->len - i) * sizeof *s);
        return;
    }
}

/* The table that a statement is about, where an index is what it names. */
static const char *indexed(vg_kit *kit, const piece *p)
{
    vg_lexer lexer = tokens_of(kit, p);
    vg_token t = vg__lexer_next(&lexer);
    while (t.kind && !vg__token_is(&t, "ON"))
        t = vg__lexer_next(&lexer);
    piece table = {.head = {vg__lexer_next(&lexer)}, .tokens = 1};
    return name_at(kit, &table, 0);
}

/* ---- by a parser ---- */

bool vgk_lint_later(const vgk_lint_run *run, const char *text)
{
    vg_lexer lexer;
    vg_token token;
    size_t len = strlen(text);
    vg__lexer_begin(&lexer, run->kit->dialect->sql->lexis, run->rest,
                    strlen(run->rest));
    while ((token = vg__lexer_next(&lexer)).kind != VG_TOKEN_END)
        for (size_t i = 0; token.kind == VG_TOKEN_TEXT && i + len <= token.len; i++)
            if (memcmp(token.text + i, text, len) == 0)
                return true;
    return false;
}

static void lint_one(vgk_lint_run *run, const char *sql, const char *rest)
{
    run->found = (vgk_statement){.table = ""};
    run->rest = rest;
    run->kit->dialect->lint(run, sql);
}

static int lint_parsed(vg_kit *kit, vg_lexer *text, vgk_statements *out)
{
    vgk_lint_run run = {.kit = kit};
    vg_statement s;
    while (vg__statement_next(text, &s)) {
        char *sql = vgk_text_len(kit, s.text, s.len);
        lint_one(&run, sql, s.text + s.len);
        if (!run.found.note)
            continue;
        run.found.sql = sql;
        run.found.line = s.line;
        *VGK_ADD(kit, out) = run.found;
    }
    return VG_OK;
}

void vgk_lint_generated(vg_kit *kit, vgk_statements *statements)
{
    vgk_lint_run run = {.kit = kit};
    for (size_t i = 0; kit->dialect->lint && i < statements->len; i++) {
        vgk_statement *s = &statements->data[i];
        lint_one(&run, s->sql, "");
        bool more = run.found.flags & VGK_LOCKS && !(run.found.flags & VGK_LOSES);
        if (run.found.note && (more || !s->note))
            vgk_note(kit, s, run.found.flags, run.found.note);
        s->flags |= run.found.flags;
    }
}

int vgk_lint(vg_kit *kit, const char *sql, vgk_statements *out)
{
    vgk_texts made = {0};
    piece p;
    vg_lexer text;
    vg__lexer_begin(&text, kit->dialect->sql->lexis, sql, strlen(sql));
    text.breaks = true;
    *out = (vgk_statements){0};
    if (kit->dialect->lint)
        return lint_parsed(kit, &text, out);
    while (next_piece(kit, &text, &p)) {
        size_t rest, len = out->len;
        if (begins(&p, "create table", &rest))
            *VGK_ADD(kit, &made) = name_at(kit, &p, rest);
        find(kit, &p, out);
        if (out->len > len) {
            bool index = vg__token_is(&p.head[0], "CREATE");
            const char *table = index ? indexed(kit, &p) : out->data[len].table;
            bool copy = strncmp(table, "__new_", 6) == 0;
            if (vgk_has_text(&made, table) &&
                !copy) /* new in this text: it has no rows yet */
                out->len = len;
        }
        forgive_copy(kit, &p, out);
    }
    return VG_OK;
}

/* ---- for others ---- */

typedef struct job {
    const char *sql;
    vg_kit_statements *out;
} job;

static int run(vg_kit *kit, void *args)
{
    const job *j = args;
    vgk_statements found;
    int rc = vgk_lint(kit, j->sql, &found);
    *j->out = vgk_public_statements(kit, &found);
    return rc;
}

int vg_kit_lint(vg_kit *kit, const char *sql, vg_kit_statements *out)
{
    *out = (vg_kit_statements){0};
    return vgk_enter(kit, run, &(job){sql, out});
}
