/* Views. A view's query is walked and rendered as any other; only its parameters are written
 * into the text, since a view has none. */
#include "core/view.h"
#include "core/guard.h"
#include "core/run.h"
#include <stdio.h>

typedef struct taker {
    vg_render *r;
    vg_walk walk;
} taker;

static void take(void *ctx, const vg_clause *query, size_t count)
{
    taker *t = ctx;
    vg_render *r = t->r;
    vg_parts parts;
    vg__walk_query(&t->walk, query, count);
    if (t->walk.failed) {
        vg__render_fail(r, t->walk.failed, "%s", t->walk.message);
        return;
    }
    vg__parts(&parts, query, count);
    if (!parts.problem && parts.head->kind > VG_CLAUSE_RAW) {
        vg__render_fail(r, VG_INVALID, "its query must be a SELECT");
        return;
    }
    r->inlined = t->walk.params;
    r->name_fields = VG_NAMES_ALIAS;
    vg__render(r, &parts);
    r->inlined = NULL;
}

void vg__view_text(vg_render *r, const vg_allocator *allocator, const vg_shape *view)
{
    taker t = {.r = r};
    char reason[sizeof r->message];
    if (view->view->sql)
        vg__render_text(r, view->view->sql);
    if (!view->view->query)
        return;
    vg__walk_init(&t.walk, allocator);
    view->view->query(take, &t);
    vg__walk_free(&t.walk);
    if (r->failed && r->failed != VG_NO_MEMORY) {
        memcpy(reason, r->message, sizeof reason);
        snprintf(r->message, sizeof r->message, "VIEW(%s): %.200s", view->name, reason);
    }
}

int vg_view_sql(vg_arena *arena, const vg_dialect *dialect, vg_rendered *out,
                const vg_shape *view)
{
    vg_buf sql;
    vg_render r = {.out = &sql, .dialect = dialect};
    *out = (vg_rendered){0};
    if (view->kind != VG_SHAPE_VIEW) {
        snprintf(out->error, sizeof out->error, "%s is not a view", view->name);
        return VG_MISUSE;
    }
    vg__buf_init(&sql, &arena->allocator, VG_MAX_SQL);
    vg__view_text(&r, &arena->allocator, view);
    if (!r.failed && sql.failed)
        vg__render_fail(&r, sql.too_long ? VG_TOO_BIG : VG_NO_MEMORY,
                        "the SQL text is longer than 1 MiB");
    if (!r.failed && sql.len) {
        out->text = vg__arena_text(arena, sql.text, sql.len);
        if (!out->text)
            vg__render_fail(&r, VG_NO_MEMORY, "%s", "");
    }
    vg__buf_free(&sql);
    if (r.failed)
        snprintf(out->error, sizeof out->error, "%s",
                 r.failed == VG_NO_MEMORY ? "out of memory" : r.message);
    return r.failed;
}

/* ---- refreshing ---- */

int vg_refresh(vg_db *db, const vg_shape *view, vg_refresh_mode mode)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    int rc = vg__start(db, NULL);
    if (rc != VG_OK)
        return rc;
    if (view->kind != VG_SHAPE_VIEW || !view->view->options ||
        !view->view->options->materialized)
        return vg__fail(db, VG_MISUSE, NULL, "vg_refresh: %s is no MATERIALIZED_VIEW",
                        view->name);
    if (!db->dialect->native)
        return vg__fail(db, VG_UNSUPPORTED, NULL,
                        "vg_refresh(%s): %s has no materialized views", view->name,
                        db->dialect->name);
    vg_buf *sql = &db->sql;
    vg__buf_reset(sql);
    vg__buf_text(sql, "refresh materialized view ");
    vg__buf_text(sql, mode == VG_REFRESH_CONCURRENTLY ? "concurrently " : "");
    if (view->database) {
        vg__buf_name(sql, db->dialect->quote, view->database);
        vg__buf_char(sql, '.');
    }
    vg__buf_name(sql, db->dialect->quote, vg_table_name(view));
    vg__buf_text(sql, mode == VG_REFRESH_NO_DATA ? " with no data" : "");
    if (sql->failed)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    db->changes = -1;
    return vg__run_script(db, sql->text);
}

/* ---- creating: all texts first, for only a text tells what a view uses ---- */

typedef struct views {
    vg_db *db;
    const vg_schema *schema;
    vg_arena arena;
    const char **texts; /* by place in the schema; NULL: nothing to create, or done */
    bool *uses;         /* [user * count + used] */
    size_t current;
    int (*run)(vg_db *db, const char *sql);
} views;

static bool is_existing(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_VIEW && !shape->view->sql && !shape->view->query;
}

static void note_use(vg_render *r, const vg_shape *used)
{
    views *v = r->uses_ctx;
    const vg_schema *schema = v->schema;
    for (size_t i = 0; i < schema->table_count; i++) {
        if (schema->tables[i] == used) {
            v->uses[v->current * schema->table_count + i] = true;
            return;
        }
    }
    if (!is_existing(used))
        vg__render_fail(r, VG_SCHEMA, "it uses %s, which is not in SCHEMA(%s, ...)",
                        used->name, schema->name);
}

static int write_text(views *v, vg_buf *sql, const vg_shape *view)
{
    vg_render r = {
        .out = sql, .dialect = v->db->dialect, .uses = note_use, .uses_ctx = v};
    vg__buf_reset(sql);
    if (r.dialect->view_open) {
        r.dialect->view_open(sql, view);
        vg__view_text(&r, &v->db->allocator, view);
        r.dialect->view_close(sql, view);
    } else {
        vg__buf_text(sql, "CREATE VIEW IF NOT EXISTS ");
        vg__buf_name(sql, r.dialect->ddl_quote, vg_table_name(view));
        vg__buf_text(sql, " AS ");
        vg__view_text(&r, &v->db->allocator, view);
        vg__buf_char(sql, ';');
    }
    if (r.failed)
        return vg__fail(v->db, r.failed, NULL, "%s", r.message);
    if (!sql->failed)
        v->texts[v->current] = vg__arena_text(&v->arena, sql->text, sql->len);
    if (sql->too_long)
        return vg__fail(v->db, VG_TOO_BIG, NULL,
                        "VIEW(%s): the SQL text is longer than 1 MiB", view->name);
    return sql->failed || !v->texts[v->current]
               ? vg__fail(v->db, VG_NO_MEMORY, NULL, "out of memory")
               : VG_OK;
}

/* A view after those that it uses; there are no circles, since C wants each declared first. */
static int create(views *v, size_t index)
{
    size_t count = v->schema->table_count;
    const char *text = v->texts[index];
    int rc = VG_OK;
    if (!text)
        return VG_OK;
    v->texts[index] = NULL;
    for (size_t i = 0; rc == VG_OK && i < count; i++)
        if (v->uses[index * count + i])
            rc = create(v, i);
    return rc == VG_OK ? v->run(v->db, text) : rc;
}

int vg__views_create(vg_db *db, const vg_schema *schema,
                     int (*run)(vg_db *db, const char *sql))
{
    size_t count = schema->table_count;
    views v = {.db = db, .schema = schema, .run = run};
    vg_buf sql;
    int rc = VG_OK;
    v.arena.allocator = db->allocator;
    vg__buf_init(&sql, &db->allocator, VG_MAX_SQL);
    v.texts = vg_arena_alloc(&v.arena, (count + 1) * sizeof *v.texts);
    v.uses = vg_arena_alloc(&v.arena, count * count + 1);
    if (!v.texts || !v.uses)
        rc = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    for (size_t i = 0; rc == VG_OK && i < count; i++)
        v.texts[i] = NULL;
    for (size_t i = 0; rc == VG_OK && i < count * count; i++)
        v.uses[i] = false;
    for (v.current = 0; rc == VG_OK && v.current < count; v.current++)
        if (schema->tables[v.current]->kind == VG_SHAPE_VIEW &&
            !is_existing(schema->tables[v.current]))
            rc = write_text(&v, &sql, schema->tables[v.current]);
    for (size_t i = 0; rc == VG_OK && i < count; i++)
        rc = create(&v, i);
    vg__buf_free(&sql);
    vg_arena_free(&v.arena);
    return rc;
}
