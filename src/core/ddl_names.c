/* Names that stand twice in a schema. The tables, views and indexes of a database share their
 * names, and to SQLite "A" is "a": CREATE INDEX IF NOT EXISTS would pass over the second one in
 * silence, and a migration would fail late. */
#include "core/ddl.h"
#include <stdio.h>

enum { NAME_ROOM = 300, HASHES = 1 << 16 };

/* A bit for each hash of a name: only those whose bit is set already are looked for. */
typedef struct seen {
    uint64_t bits[HASHES / 64];
} seen;

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool vg__same_name(const vg_dialect *dialect, const char *a, const char *b)
{
    if (dialect->case_counts)
        return strcmp(a, b) == 0;
    while (*a && lower(*a) == lower(*b))
        a++, b++;
    return lower(*a) == lower(*b);
}

static bool maybe_seen(seen *s, const char *name)
{
    uint32_t h = 2166136261u;
    for (; *name; name++)
        h = (h ^ (unsigned char)lower(*name)) * 16777619u;
    h = (h ^ h >> 16) % HASHES;
    bool before = s->bits[h / 64] >> h % 64 & 1;
    s->bits[h / 64] |= (uint64_t)1 << h % 64;
    return before;
}

/* The name of the index at *at or after it, NULL after the last; *at is left behind it. */
static const char *next_index(const vg_shape *t, size_t *at, char derived[NAME_ROOM])
{
    while (*at < t->column_count) {
        const vg_column *c = &t->columns[(*at)++];
        if (c->flags & VG_F_UNIQUE)
            return vg__ddl_unique_name(derived, NAME_ROOM, t, c);
    }
    while (t->constraints && t->constraints[*at - t->column_count].kind) {
        const vg_constraint *c = &t->constraints[(*at)++ - t->column_count];
        if (c->kind == VG_CON_UNIQUE || c->kind == VG_CON_INDEX ||
            c->kind == VG_CON_UNIQUE_INDEX)
            return c->name;
    }
    return NULL;
}

static bool is_other(const vg_shape *other, const vg_shape *t)
{
    return other->kind < VG_SHAPE_TRIGGER &&
           vg__same_database(other->database, t->database);
}

static bool table_twice(const vg_schema *schema, const vg_dialect *d, size_t index,
                        char *message, size_t room)
{
    const vg_shape *t = schema->tables[index];
    for (size_t i = 0; i < index; i++) {
        const vg_shape *other = schema->tables[i];
        if (!is_other(other, t) ||
            !vg__same_name(d, vg_table_name(t), vg_table_name(other)))
            continue;
        snprintf(message, room, "SCHEMA(%s): two tables are named \"%s\"", schema->name,
                 vg_table_name(t));
        return true;
    }
    return false;
}

static bool index_twice(const vg_schema *schema, const vg_dialect *d, const vg_shape *t,
                        size_t at, const char *name, char *message, size_t room)
{
    char derived[NAME_ROOM];
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *other = schema->tables[i];
        if (!is_other(other, t) || !vg__same_name(d, name, vg_table_name(other)))
            continue;
        snprintf(message, room,
                 "table %s: its index \"%s\" has the name of a table or view; "
                 "give it another one",
                 t->name, name);
        return true;
    }
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *other = schema->tables[i];
        const char *found;
        size_t n = 0;
        if (!is_other(other, t) || other->kind != VG_SHAPE_TABLE)
            continue;
        while ((found = next_index(other, &n, derived)) && !(other == t && n == at)) {
            if (!vg__same_name(d, name, found))
                continue;
            if (other == t)
                snprintf(message, room, "table %s: two indexes are named \"%s\"",
                         t->name, name);
            else
                snprintf(message, room,
                         "table %s: its index \"%s\" has the name of an index of "
                         "table %s; give it another one",
                         t->name, name, other->name);
            return true;
        }
        if (other == t)
            break;
    }
    return false;
}

bool vg__names_problem(const vg_schema *schema, const vg_dialect *d, char *message,
                       size_t room)
{
    seen s = {{0}};
    char derived[NAME_ROOM];
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind < VG_SHAPE_TRIGGER && maybe_seen(&s, vg_table_name(t)) &&
            table_twice(schema, d, i, message, room))
            return true;
    }
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        const char *name;
        size_t at = 0;
        while (t->kind == VG_SHAPE_TABLE && (name = next_index(t, &at, derived)))
            if (maybe_seen(&s, name) &&
                index_twice(schema, d, t, at, name, message, room))
                return true;
    }
    return false;
}
