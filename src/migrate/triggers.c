/* Triggers and indexes that go with a table: DROP TABLE takes them along, and a file that makes
 * the table anew must create them again. One that forgets is told of. */
#include "base/arena.h"
#include "core/db.h"
#include "migrate/work.h"
#include <stdio.h>

typedef struct collecting {
    vg_arena *arena;
    vg_objects *out;
} collecting;

static int collect(void *ctx, const char *type, const char *name, const char *table,
                   const char *sql)
{
    static const char *const kinds[] = {"table", "trigger", "index"};
    collecting *c = ctx;
    size_t kind = 0;
    while (kind < sizeof kinds / sizeof *kinds && strcmp(type, kinds[kind]) != 0)
        kind++;
    if (kind == sizeof kinds / sizeof *kinds || !sql)
        return VG_OK; /* a view; an index that a constraint has made */
    vg_object *o = vg__arena_alloc(c->arena, sizeof *o);
    if (!o)
        return VG_NO_MEMORY;
    *o = (vg_object){.next = c->out->first, .kind = kinds[kind]};
    o->name = vg__arena_text(c->arena, name, strlen(name));
    o->table = vg__arena_text(c->arena, table, strlen(table));
    c->out->first = o;
    return o->name && o->table ? VG_OK : VG_NO_MEMORY;
}

int vg__migrate_objects(vg_migrate_run *r, vg_objects *out)
{
    collecting c = {&r->looked, out};
    *out = (vg_objects){NULL};
    int rc = r->migrator->objects(r->db, collect, &c);
    if (rc == VG_NO_MEMORY && !r->db->error.code)
        vg__fail(r->db, rc, NULL, "out of memory");
    return rc;
}

static bool is_table(const vg_object *o)
{
    return strcmp(o->kind, "table") == 0;
}

/* Names of tables and of all else: each is there once. */
static bool has(const vg_objects *list, bool table, const char *name)
{
    for (const vg_object *o = list->first; o; o = o->next)
        if (is_table(o) == table && strcmp(o->name, name) == 0)
            return true;
    return false;
}

/* Whether a statement says so: DROP TRIGGER name, DROP INDEX name. */
static bool drops(const vg_migrate_run *r, const vg_statement *s, const char *name)
{
    vg_lexer lexer;
    vg__lexer_begin(&lexer, r->migrator->lexis, s->text, s->len);
    vg_token token = vg__lexer_next(&lexer);
    if (!vg__token_is(&token, "DROP"))
        return false;
    token = vg__lexer_next(&lexer);
    if (!vg__token_is(&token, "TRIGGER") && !vg__token_is(&token, "INDEX"))
        return false;
    while (token.kind != VG_TOKEN_END && !vg__token_names(&token, name))
        token = vg__lexer_next(&lexer);
    return token.kind != VG_TOKEN_END;
}

static bool is_meant(const vg_migrate_run *r, size_t jobs, const char *name)
{
    for (size_t i = 0; i < jobs; i++)
        for (size_t j = 0; j < r->jobs[i].statements.len; j++)
            if (drops(r, &r->jobs[i].statements.data[j], name))
                return true;
    return false;
}

/* What became of the table: it is there, perhaps made anew. */
static const char *table_now(const vg_migrate_run *r, const vg_objects *after,
                             const char *table)
{
    const char *now = vg__counters_name_now(&r->counters, table);
    return has(after, true, now) ? now : has(after, true, table) ? table : NULL;
}

int vg__migrate_tell_lost(vg_migrate_run *r, const vg_objects *before, size_t jobs)
{
    vg_objects after;
    char text[300];
    int rc = vg__migrate_objects(r, &after);
    for (const vg_object *o = before->first; rc == VG_OK && o; o = o->next) {
        if (is_table(o) || has(&after, false, o->name) || is_meant(r, jobs, o->name))
            continue;
        const char *table = table_now(r, &after, o->table);
        if (!table)
            continue;
        snprintf(text, sizeof text,
                 "%s \"%.100s\" is gone: table %.100s was made anew without it",
                 o->kind, o->name, table);
        rc = vg__migrate_tell(r, VG_MIGRATE_WARNING, text);
    }
    return rc;
}
