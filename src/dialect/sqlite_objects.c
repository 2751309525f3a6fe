/* SQLite's triggers and FTS5 tables, in its own spelling. */
#include "dialect/sqlite.h"
#include <stdio.h>
#include <virga/fts.h>
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

/* ---- FTS5 ---- */

static void option(vg_buf *out, const char *key, const char *value)
{
    if (!value)
        return;
    vg__buf_text(out, ", ");
    vg__buf_text(out, key);
    vg__buf_char(out, '=');
    vg__buf_literal(out, value, strlen(value));
}

static void derived_name(vg_buf *out, const vg_shape *t, const char *suffix)
{
    char derived[300];
    snprintf(derived, sizeof derived, "%s%s", vg_table_name(t), suffix);
    name(out, derived);
}

static const char *key_name(const vg_fts *fts)
{
    return vg_column_name(vg_find_column(fts->content, fts->content_key));
}

/* The columns that are read from the content, its key first. */
static void columns(vg_buf *out, const vg_shape *t, const char *before, bool of_content)
{
    for (uint32_t i = 0; i < t->column_count; i++) {
        vg__buf_text(out, i ? ", " : "");
        vg__buf_text(out, before);
        name(out, !i && of_content ? key_name(t->fts) : vg_column_name(&t->columns[i]));
    }
}

static void enter(vg_buf *out, const vg_shape *t)
{
    vg__buf_text(out, "\n\tINSERT INTO ");
    name(out, vg_table_name(t));
    vg__buf_text(out, " (");
    columns(out, t, "", false);
    vg__buf_text(out, ") VALUES (");
    columns(out, t, "new.", true);
    vg__buf_text(out, ");");
}

/* An index forgets a row when it is told what stood there. */
static void forget(vg_buf *out, const vg_shape *t)
{
    vg__buf_text(out, "\n\tINSERT INTO ");
    name(out, vg_table_name(t));
    vg__buf_text(out, " (");
    name(out, vg_table_name(t));
    vg__buf_text(out, ", ");
    columns(out, t, "", false);
    vg__buf_text(out, ") VALUES ('delete', ");
    columns(out, t, "old.", true);
    vg__buf_text(out, ");");
}

static void sync_trigger(vg_buf *out, const vg_shape *t, const char *suffix,
                         const char *event)
{
    bool update = strcmp(suffix, "_update") == 0;
    vg__buf_text(out, "CREATE TRIGGER IF NOT EXISTS ");
    derived_name(out, t, suffix);
    vg__buf_text(out, event);
    if (update)
        columns(out, t, "", true);
    vg__buf_text(out, " ON ");
    name(out, vg_table_name(t->fts->content));
    vg__buf_text(out, " BEGIN");
    if (strcmp(suffix, "_insert") != 0)
        forget(out, t);
    if (strcmp(suffix, "_delete") != 0)
        enter(out, t);
    vg__buf_text(out, "\nEND;\n");
}

/* What stood in the content before there was an index. */
static void rebuild(vg_buf *out, const vg_shape *t)
{
    vg__buf_text(out, "INSERT INTO ");
    name(out, vg_table_name(t));
    vg__buf_text(out, " (");
    name(out, vg_table_name(t));
    vg__buf_text(out, ") SELECT 'rebuild' WHERE EXISTS (SELECT 1 FROM ");
    name(out, vg_table_name(t->fts->content));
    vg__buf_text(out, ") AND NOT EXISTS (SELECT 1 FROM ");
    derived_name(out, t, "_docsize");
    vg__buf_text(out, ");\n");
}

void vg__sqlite_fts(vg_buf *out, const vg_shape *t)
{
    const vg_fts *fts = t->fts;
    vg__buf_text(out, "CREATE VIRTUAL TABLE IF NOT EXISTS ");
    name(out, vg_table_name(t));
    vg__buf_text(out, " USING fts5(");
    for (uint32_t i = 1; i < t->column_count; i++) {
        vg__buf_text(out, i > 1 ? ", " : "");
        name(out, vg_column_name(&t->columns[i]));
        if (t->columns[i].flags & VG_F_UNINDEXED)
            vg__buf_text(out, " UNINDEXED");
    }
    option(out, "content", fts->content ? vg_table_name(fts->content) : NULL);
    option(out, "content_rowid", fts->content ? key_name(fts) : NULL);
    option(out, "tokenize", fts->tokenize);
    option(out, "prefix", fts->prefix);
    vg__buf_text(out, ");\n");
    if (fts->sync) {
        sync_trigger(out, t, "_insert", " AFTER INSERT");
        sync_trigger(out, t, "_delete", " AFTER DELETE");
        sync_trigger(out, t, "_update", " AFTER UPDATE OF ");
    }
    if (fts->content)
        rebuild(out, t);
}
