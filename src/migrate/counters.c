/* Counters of keys, carried over to the table that takes the place of another. */
#include "migrate/counters.h"
#include "base/arena.h"
#include "migrate/lexer.h"

struct vg_dropped {
    vg_dropped *next;
    const char *name, *first_name;
    int64_t value;
};

struct vg_renamed {
    vg_renamed *next;
    const char *from, *to;
};

void vg__counters_begin(vg_counters *c, vg_db *db, vg_arena *arena)
{
    *c = (vg_counters){.db = db, .migrator = vg__migrator_of(db), .arena = arena};
}

static int no_memory(vg_counters *c)
{
    return vg__fail(c->db, VG_NO_MEMORY, NULL, "out of memory");
}

/* ---- reading statements ---- */

static bool next_is(vg_lexer *lexer, const char *word)
{
    vg_lexer ahead = *lexer;
    vg_token token = vg__lexer_next(&ahead);
    if (!vg__token_is(&token, word))
        return false;
    *lexer = ahead;
    return true;
}

/* A name without its quotes, in the arena; NULL: there is none, or no memory. */
static const char *plain(vg_counters *c, const vg_token *token)
{
    if (token->kind != VG_TOKEN_WORD && token->kind != VG_TOKEN_NAME &&
        token->kind != VG_TOKEN_TEXT)
        return NULL;
    char *out = vg__arena_alloc(c->arena, token->len + 1);
    if (out)
        vg__token_text(token, out);
    return out;
}

/* The name that comes next, without its schema. */
static const char *next_name(vg_counters *c, vg_lexer *lexer)
{
    vg_token token = vg__lexer_next(lexer);
    if (next_is(lexer, "."))
        token = vg__lexer_next(lexer);
    return plain(c, &token);
}

static bool same(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a, y = *b;
        if ((x >= 'A' && x <= 'Z' ? x + 32 : x) != (y >= 'A' && y <= 'Z' ? y + 32 : y))
            return false;
    }
    return *a == *b;
}

/* ---- keeping ---- */

static const char *first_name(const vg_counters *c, const char *name)
{
    for (const vg_renamed *r = c->renamed; r; r = r->next)
        if (same(r->to, name))
            name = r->from;
    return name;
}

/* The latest come first, so from the end of the list. */
static const char *name_after(const vg_renamed *r, const char *name)
{
    if (!r)
        return name;
    name = name_after(r->next, name);
    return same(r->from, name) ? r->to : name;
}

const char *vg__counters_name_now(const vg_counters *c, const char *name)
{
    return name_after(c->renamed, name);
}

static int drop(vg_counters *c, vg_lexer *lexer)
{
    int64_t value = 0;
    if (next_is(lexer, "IF"))
        next_is(lexer, "EXISTS");
    const char *name = next_name(c, lexer);
    int rc = name ? c->migrator->counter(c->db, name, &value) : VG_OK;
    if (rc != VG_OK || value <= 0)
        return rc;
    vg_dropped *d = vg__arena_alloc(c->arena, sizeof *d);
    if (!d)
        return no_memory(c);
    *d = (vg_dropped){c->dropped, name, first_name(c, name), value};
    c->dropped = d;
    return VG_OK;
}

static int rename_table(vg_counters *c, vg_lexer *lexer)
{
    const char *from = next_name(c, lexer);
    if (!from || !next_is(lexer, "RENAME") || !next_is(lexer, "TO"))
        return VG_OK;
    const char *to = next_name(c, lexer);
    vg_renamed *r = vg__arena_alloc(c->arena, sizeof *r);
    if (!r)
        return no_memory(c);
    *r = (vg_renamed){c->renamed, from, to};
    if (to)
        c->renamed = r;
    return VG_OK;
}

/* Before the statement runs. */
static int look_at(vg_counters *c, const char *sql, size_t len)
{
    vg_lexer lexer;
    vg__lexer_begin(&lexer, c->migrator->lexis, sql, len);
    if (next_is(&lexer, "DROP") && next_is(&lexer, "TABLE"))
        return drop(c, &lexer);
    vg__lexer_begin(&lexer, c->migrator->lexis, sql, len);
    if (next_is(&lexer, "ALTER") && next_is(&lexer, "TABLE"))
        return rename_table(c, &lexer);
    return VG_OK;
}

/* Carry over what can be; `last`: to the first names, too. */
static int carry(vg_counters *c, bool last)
{
    int rc = VG_OK;
    for (vg_dropped **at = &c->dropped; rc == VG_OK && *at;) {
        vg_dropped *d = *at;
        bool done = false;
        rc = c->migrator->raise(c->db, d->name, d->value, &done);
        if (rc == VG_OK && !done && last)
            rc = c->migrator->raise(c->db, d->first_name, d->value, &done);
        if (done)
            *at = d->next;
        else
            at = &d->next;
    }
    return rc;
}

int vg__counters_run(vg_counters *c, const char *sql, size_t len, unsigned does)
{
    int rc = c->migrator->counter ? look_at(c, sql, len) : VG_OK;
    if (rc == VG_OK)
        rc = c->migrator->run(c->db, sql, does);
    return rc == VG_OK && c->dropped ? carry(c, false) : rc;
}

int vg__counters_end(vg_counters *c)
{
    return c->dropped ? carry(c, true) : VG_OK;
}
