/* Lists of statements and the like, for people and as JSON. */
#include "program/virga/commands.h"
#include <string.h>

const char *counted(app *a, size_t n, const char *noun)
{
    return app_print(a, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

/* The statement without what ends it. */
static int sql_length(const char *sql)
{
    size_t len = strlen(sql);
    while (len && strchr(" \t\r\n", sql[len - 1]))
        len--;
    return (int)len;
}

void show_statements(const app *a, const vg_kit_statements *statements, bool sql,
                     bool losses)
{
    for (size_t i = 0; i < statements->len; i++) {
        const vg_kit_statement *s = &statements->data[i];
        if (sql)
            say(a, "%.*s\n", sql_length(s->sql), s->sql);
        if (s->note && (losses || !(s->flags & VG_KIT_LOSES)))
            say(a, "  %s%s%s %s\n",
                paint(stdout, s->flags & VG_KIT_LOSES ? STYLE_RED : STYLE_YELLOW),
                s->flags & VG_KIT_LOSES ? "loses data:" : "note:",
                paint(stdout, STYLE_NONE), s->note);
    }
}

json_t *json_texts(const vg_kit_texts *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->len; i++)
        json_array_append_new(array, json_string(list->data[i]));
    return array;
}

json_t *json_statements(const vg_kit_statements *statements)
{
    json_t *array = json_array();
    for (size_t i = 0; i < statements->len; i++) {
        const vg_kit_statement *s = &statements->data[i];
        json_t *o = json_pack("{s:s#,s:b,s:b,s:b}", "sql", s->sql, sql_length(s->sql),
                              "loses", (s->flags & VG_KIT_LOSES) != 0, "rewrites",
                              (s->flags & VG_KIT_REWRITES) != 0, "may_fail",
                              (s->flags & VG_KIT_MAY_FAIL) != 0);
        if (s->note)
            json_object_set_new(o, "note", json_string(s->note));
        json_array_append_new(array, o);
    }
    return array;
}
