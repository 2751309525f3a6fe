/* SQLite's triggers, in its own spelling. */
#include "dialect/sqlite.h"
#include <virga/trigger.h>

static void name(vg_buf *out, const char *text)
{
    vg__buf_name(out, vg_dialect_sqlite.ddl_quote, text);
}

/* The statements of a body, which end in one ';'. */
static void body(vg_buf *out, const char *text)
{
    size_t len = strlen(text);
    while (len && strchr(" \t\n;", text[len - 1]))
        len--;
    vg__buf_text(out, " BEGIN\n\t");
    vg__buf_bytes(out, text, len);
    vg__buf_text(out, ";\nEND;\n");
}

void vg__sqlite_trigger(vg_buf *out, const vg_shape *trigger)
{
    static const char *const times[] = {[VG_TIME_BEFORE] = " BEFORE",
                                        [VG_TIME_AFTER] = " AFTER",
                                        [VG_TIME_INSTEAD_OF] = " INSTEAD OF"};
    static const char *const events[] = {[VG_EVENT_INSERT] = " INSERT",
                                         [VG_EVENT_UPDATE] = " UPDATE",
                                         [VG_EVENT_DELETE] = " DELETE"};
    const vg_trigger *t = trigger->trigger;
    vg__buf_text(out, "CREATE TRIGGER IF NOT EXISTS ");
    name(out, vg_table_name(trigger));
    vg__buf_text(out, times[t->time]);
    vg__buf_text(out, events[t->event]);
    for (size_t i = 0; i < t->column_count; i++) {
        vg__buf_text(out, i ? ", " : " OF ");
        name(out, vg_column_name(&t->table->columns[t->columns[i]]));
    }
    vg__buf_text(out, " ON ");
    name(out, vg_table_name(t->table));
    if (t->when) {
        vg__buf_text(out, " WHEN ");
        vg__buf_text(out, t->when);
    }
    body(out, t->body);
}
