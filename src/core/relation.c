/* Relations as they are declared: their columns looked up and compared. Nothing here is done
 * more than once for a statement. */
#include "core/relation.h"
#include "core/codec.h"
#include <stdio.h>
#include <virga/relation.h>

const vg_shape *vg__rows_of(const vg_shape *shape)
{
    while ((shape->kind == VG_SHAPE_ALIAS || shape->kind == VG_SHAPE_VIEW ||
            shape->kind == VG_SHAPE_DERIVED) &&
           shape->base)
        shape = shape->base;
    return shape;
}

const vg_relation *vg_relations(const vg_shape *shape)
{
    return vg__rows_of(shape)->relations;
}

static void primary_key(const vg_shape *rows, vg_key *key)
{
    for (const vg_constraint *c = rows->constraints; c && c->kind; c++) {
        if (c->kind != VG_CON_PRIMARY_KEY || c->column_count > VG_MAX_KEY)
            continue;
        key->count = c->column_count;
        memcpy(key->columns, c->columns, c->column_count * sizeof *c->columns);
        return;
    }
    for (uint16_t i = 0; i < rows->column_count; i++)
        if (rows->columns[i].flags & VG_F_PRIMARY_KEY)
            key->columns[key->count++ % VG_MAX_KEY] = i;
}

/* The columns of those names; `names` NULL: the primary key. */
static bool find_key(const vg_shape *shape, const char *const *names, const char *where,
                     vg_key *key, char *message, size_t room)
{
    const vg_shape *rows = vg__rows_of(shape);
    *key = (vg_key){.shape = shape};
    if (!names) {
        primary_key(rows, key);
        if (!key->count)
            snprintf(message, room, "%s: %s has no primary key; name the columns",
                     where, shape->name);
        return key->count != 0;
    }
    for (; *names; names++) {
        const vg_column *column = vg_find_column(rows, *names);
        if (!column || key->count == VG_MAX_KEY) {
            snprintf(message, room,
                     column ? "%s: %s: more than 8 columns in a relation"
                            : "%s: %s has no column %s",
                     where, shape->name, *names);
            return false;
        }
        key->columns[key->count++] = (uint16_t)(column - rows->columns);
    }
    return true;
}

static const vg_column *column_of(const vg_key *key, size_t i)
{
    return &vg__rows_of(key->shape)->columns[key->columns[i]];
}

/* Values of both can be compared, byte by byte as they are stored. */
static bool alike(const vg_column *a, const vg_column *b)
{
    return (a->sql_class & VG_K_CLASS) == (b->sql_class & VG_K_CLASS) &&
           a->coder == b->coder && vg__codec_mode(a) == vg__codec_mode(b);
}

static bool match(const vg_key *a, const vg_key *b, const char *where, char *message,
                  size_t room)
{
    if (a->count != b->count) {
        snprintf(message, room, "%s: %zu columns of %s, but %zu of %s", where, a->count,
                 a->shape->name, b->count, b->shape->name);
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (column_of(a, i)->sql_class & VG_K_object) {
            snprintf(message, room,
                     "%s: %s.%s is a time of day, an interval, a point or an array: no "
                     "type of which a key can be",
                     where, a->shape->name, column_of(a, i)->name);
            return false;
        }
        if (alike(column_of(a, i), column_of(b, i)))
            continue;
        snprintf(message, room, "%s: %s.%s has another type than %s.%s", where,
                 a->shape->name, column_of(a, i)->name, b->shape->name,
                 column_of(b, i)->name);
        return false;
    }
    return true;
}

bool vg__relation_keys(const vg_shape *shape, const vg_relation *r,
                       vg_relation_keys *out, char *message, size_t room)
{
    char where[200];
    snprintf(where, sizeof where, "relation %s.%s", vg__rows_of(shape)->name, r->name);
    if (r->target->kind == VG_SHAPE_PROJECTION) {
        snprintf(message, room,
                 "%s: %s is a projection; make a VIEW of it, and say IN_VIEW(view, %s)",
                 where, r->target->name, r->target->name);
        return false;
    }
    if (!find_key(shape, r->own, where, &out->own, message, room) ||
        !find_key(r->target, r->other, where, &out->other, message, room))
        return false;
    if (r->kind != VG_RELATION_THROUGH)
        return match(&out->own, &out->other, where, message, room);
    return find_key(r->junction, r->junction_own, where, &out->junction_own, message,
                    room) &&
           find_key(r->junction, r->junction_other, where, &out->junction_other,
                    message, room) &&
           match(&out->own, &out->junction_own, where, message, room) &&
           match(&out->other, &out->junction_other, where, message, room);
}

static bool knows(const vg_schema *schema, const vg_shape *from, const vg_relation *r,
                  const vg_shape *to, char *message, size_t room)
{
    for (size_t i = 0; i < schema->table_count; i++)
        if (schema->tables[i] == to)
            return true;
    snprintf(message, room, "relation %s.%s: %s is not in SCHEMA(%s, ...)", from->name,
             r->name, to->name, schema->name);
    return false;
}

bool vg__relations_problem(const vg_schema *schema, char *message, size_t room)
{
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        bool rows = t->kind == VG_SHAPE_TABLE || t->kind == VG_SHAPE_VIEW;
        for (const vg_relation *r = rows ? t->relations : NULL; r && r->kind; r++) {
            vg_relation_keys keys;
            if (r->kind == VG_RELATION_EXTRA)
                continue;
            if (!vg__relation_keys(t, r, &keys, message, room) ||
                !knows(schema, t, r, r->target, message, room) ||
                (r->junction && !knows(schema, t, r, r->junction, message, room)) ||
                vg__relation_where_problem(t, r, message, room))
                return true;
        }
    }
    return false;
}

int vg_schema_check(const vg_schema *schema, char *message, size_t room)
{
    char text[400] = "";
    bool wrong = vg__relations_problem(schema, text, sizeof text);
    if (message && room)
        snprintf(message, room, "%s", text);
    return wrong ? VG_SCHEMA : VG_OK;
}
