/* Creating what stands in SCHEMA beside tables. */
#include "core/objects.h"
#include "core/dialect.h"
#include "core/view.h"
#include <stdio.h>
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

bool vg__objects_problem(const vg_schema *schema, char *message, size_t room)
{
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind == VG_SHAPE_TRIGGER && bad_trigger(schema, t, message, room))
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
