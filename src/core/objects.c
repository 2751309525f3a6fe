/* Creating what stands in SCHEMA beside tables. */
#include "core/objects.h"
#include "core/dialect.h"
#include "core/view.h"
#include <stdio.h>
#include <virga/fts.h>
#include <virga/trigger.h>

static bool in_schema(const vg_schema *schema, const vg_shape *object)
{
    for (size_t i = 0; i < schema->table_count; i++)
        if (schema->tables[i] == object)
            return true;
    return false;
}

static bool bad_trigger(const vg_schema *schema, const vg_shape *trigger, char *message,
                        size_t room)
{
    const vg_shape *on = trigger->trigger->table;
    const char *body = trigger->trigger->body;
    if (!in_schema(schema, on)) {
        snprintf(message, room, "trigger %s is on %s, which is not in SCHEMA(%s, ...)",
                 trigger->name, on->name, schema->name);
        return true;
    }
    if (strspn(body, " \t\n;") == strlen(body)) {
        snprintf(message, room, "trigger %s: its body is empty", trigger->name);
        return true;
    }
    return false;
}

static const vg_column *find_db_name(const vg_shape *t, const char *name)
{
    for (uint32_t i = 0; i < t->column_count; i++)
        if (strcmp(vg_column_name(&t->columns[i]), name) == 0)
            return &t->columns[i];
    return NULL;
}

static bool bad_content(const vg_schema *schema, const vg_shape *t, char *message,
                        size_t room)
{
    const vg_shape *content = t->fts->content;
    const vg_column *key = vg_find_column(content, t->fts->content_key);
    if (!in_schema(schema, content)) {
        snprintf(message, room, "%s: its content %s is not in SCHEMA(%s, ...)", t->name,
                 content->name, schema->name);
        return true;
    }
    if (!(key->flags & VG_F_PRIMARY_KEY) || key->type != VG_TYPE_INTEGER) {
        snprintf(message, room, "%s: CONTENT(%s, %s) needs an INTEGER, PRIMARY_KEY",
                 t->name, content->name, key->name);
        return true;
    }
    for (uint32_t i = 1; i < t->column_count; i++) {
        const char *name = vg_column_name(&t->columns[i]);
        if (!find_db_name(content, name)) {
            snprintf(message, room, "%s: its content %s has no column named \"%s\"",
                     t->name, content->name, name);
            return true;
        }
    }
    return false;
}

static bool bad_fts(const vg_schema *schema, const vg_shape *t, char *message,
                    size_t room)
{
    if (t->column_count < 2)
        snprintf(message, room, "%s: it has no FTS_COLUMN", t->name);
    else if (t->fts->content)
        return bad_content(schema, t, message, room);
    else if (t->fts->sync)
        snprintf(message, room, "%s: SYNC needs CONTENT(table, key)", t->name);
    else
        return false;
    return true;
}

bool vg__objects_problem(const vg_schema *schema, char *message, size_t room)
{
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind == VG_SHAPE_TRIGGER && bad_trigger(schema, t, message, room))
            return true;
        if (t->kind == VG_SHAPE_TABLE && t->fts && bad_fts(schema, t, message, room))
            return true;
    }
    return false;
}

/* The objects for which `write` writes something, each text run by itself. */
static int create(vg_db *db, const vg_shape *object, const char *what,
                  void (*write)(vg_buf *, const vg_shape *),
                  int (*run)(vg_db *db, const char *sql))
{
    vg_buf sql;
    int rc;
    if (!write)
        return vg__fail(db, VG_UNSUPPORTED, NULL, "%s: %s has no %s", object->name,
                        db->dialect->name, what);
    vg__buf_init(&sql, &db->allocator, VG_MAX_SQL);
    write(&sql, object);
    if (sql.failed)
        rc = vg__fail(db, sql.too_long ? VG_TOO_BIG : VG_NO_MEMORY, NULL,
                      sql.too_long ? "the SQL text is longer than 1 MiB"
                                   : "out of memory");
    else
        rc = run(db, sql.text);
    vg__buf_free(&sql);
    return rc;
}

int vg__objects_create(vg_db *db, const vg_schema *schema,
                       int (*run)(vg_db *db, const char *sql))
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind == VG_SHAPE_TABLE && t->fts)
            rc = create(db, t, "full text search", db->dialect->fts, run);
    }
    if (rc == VG_OK)
        rc = vg__views_create(db, schema, run);
    for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++)
        if (schema->tables[i]->kind == VG_SHAPE_TRIGGER)
            rc = create(db, schema->tables[i], "triggers", db->dialect->trigger, run);
    return rc;
}
