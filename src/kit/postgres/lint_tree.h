/* What the files of lint read a statement with: the tree that libpg_query makes, as JSON. A
 * path is names with points between them; what is not there reads as empty. */
#pragma once
#include "kit/postgres/lint.h"
#include <jansson.h>
#include <stdarg.h>
#include <string.h>

/* ---- the tree ---- */

static inline json_t *get(const json_t *node, const char *path)
{
    char key[40];
    json_t *at = (json_t *)node;
    while (at && *path) {
        size_t len = strcspn(path, ".");
        memcpy(key, path, len);
        key[len] = 0;
        at = json_object_get(at, key);
        path += len + (path[len] == '.');
    }
    return at;
}

static inline const char *text(const json_t *node, const char *path)
{
    const char *value = json_string_value(get(node, path));
    return value ? value : "";
}

static inline bool is(const json_t *node, const char *path, const char *value)
{
    return strcmp(text(node, path), value) == 0;
}

static inline bool yes(const json_t *node, const char *path)
{
    return json_is_true(get(node, path));
}

/* A RangeVar as a person writes it: s.t */
static inline const char *relation(const vgk_lint_run *l, const json_t *node)
{
    const char *schema = text(node, "schemaname");
    return vgk_print(l->kit, "%s%s%s", schema, *schema ? "." : "",
                     text(node, "relname"));
}

/* The last of a list of names. */
static inline const char *last_name(const json_t *list)
{
    size_t n = json_array_size(list);
    return n ? text(json_array_get(list, n - 1), "String.sval") : "";
}

/* Of a DROP: what stands in its list, in whatever form. */
static inline const char *object_name(const vgk_lint_run *l, const json_t *object)
{
    const json_t *items = get(object, "List.items");
    const char *name = "";
    if (!items)
        items = get(object, "TypeName.names");
    if (!items)
        return text(object, "String.sval");
    for (size_t i = 0; i < json_array_size(items); i++)
        name = vgk_print(l->kit, "%s%s%s", name, i ? "." : "",
                         text(json_array_get(items, i), "String.sval"));
    return name;
}

/* ---- saying ---- */

static inline void say(vgk_lint_run *l, unsigned flags, const char *format, ...)
    VG_PRINTF(3, 4);

static inline void say(vgk_lint_run *l, unsigned flags, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vgk_note(l->kit, &l->found, flags, vgk_print_args(l->kit, format, args));
    va_end(args);
}

/* Made in this text: nobody uses it, and it has no rows. */
static inline bool is_new(const vgk_lint_run *l, const char *table)
{
    return vgk_has_text(&l->made, table);
}

/* ---- between the files ---- */

/* ALTER TABLE, by its node. */
void vgk_pg_lint_alter_table(vgk_lint_run *l, const json_t *node);
