/* Running registered queries. Their statement is in the cache under the query's address, so
 * that a call walks nothing: it looks there, fills in its arguments and runs. The cache does
 * the rest as for any statement: room, a second copy while the first is in use, closing. */
#include "core/guard.h"
#include "core/run.h"
#include "core/tree.h"
#include "core/walk_expr.h"

/* What the statement binds, as it is this time. */
static inline void fill(vg_walk *w, const vg_stmt *stmt, const vg_registered *query,
                        const vg_value *args)
{
    const vg_param *end = stmt->params + stmt->param_count;
    vg__walk_begin(w);
    for (const vg_param *p = stmt->params; p < end; p++) {
        vg_value v = p->value;
        if (v.meta == VG_PARAM_REFUSES_NULL) {
            v = args[p->value.i];
            if (vg__is_null(v))
                vg__walk_refuse_null(w, query, p->value.i);
        } else if (v.meta == VG_PARAM_TAKES_ALL) {
            v = args[p->value.i];
        } else if (vg_value_kind_of(v) == VG_V_GENERATED) {
            vg__walk_call(w, v.p, vg_value_len(v));
            continue;
        }
        vg__walk_param(w, v, p->codec);
    }
}

static inline vg_stmt *acquire(vg_db *db, const vg_registered *query,
                               const vg_value *args)
{
    vg_walk *w = &db->walk;
    vg_stmt *stmt = vg__stmt_acquire_registered(db, query);
    if (!stmt)
        return NULL;
    fill(w, stmt, query, args);
    if (__builtin_expect(!w->failed, 1))
        return stmt;
    stmt->busy = false;
    vg__fail(db, w->failed, NULL, "%s", w->message);
    return NULL;
}

typedef struct tree_call {
    vg_db *db;
    const vg_tree_loader *trees;
    vg_sink *sink;
    vg_call call;
    int rc;
} tree_call;

/* A query with a WITH is built at each call, and then run as any other, the parameters being
 * what the call says. */
static void run_tree(void *ctx, const vg_clause *query, size_t count)
{
    tree_call *t = ctx;
    vg_walk *w = &t->db->walk;
    w->call = &t->call;
    vg__walk_query(w, query, count);
    t->rc = t->trees->run(t->db, query, count, t->sink);
    w->call = NULL;
}

static int run(vg_db *db, const vg_registered *query, const vg_value *args,
               vg_sink *sink)
{
    db->changes = -1;
    vg_stmt *stmt = acquire(db, query, args);
    if (!stmt)
        return db->error.code;
    if (__builtin_expect(stmt->trees != NULL, 0)) {
        tree_call t = {db, stmt->trees, sink, {query, args}, VG_OK};
        stmt->busy = false;
        query->build(run_tree, &t);
        return t.rc;
    }
    if (!stmt->writes || sink->kind == VG_SINK_NONE || db->depth)
        return vg__run(db, stmt, sink);
    /* RETURNING outside of a block: a transaction of its own, as execute_returning. */
    bool nested;
    stmt->busy = false;
    int rc = vg__whole_begin(db, &nested);
    if (rc != VG_OK)
        return rc;
    stmt = acquire(db, query, args);
    rc = stmt ? vg__run(db, stmt, sink) : db->error.code;
    return vg__whole_end(db, nested, rc, sink);
}

int vg_run_registered(vg_db *db, const vg_registered *query, const vg_value *args,
                      vg_arena *arena, void *out)
{
    vg_sink sink = {VG_SINK_NONE, arena, NULL, 0, 0, 0};
    switch ((vg_result_kind)query->result) {
    case VG_RESULT_LIST:
        sink.kind = VG_SINK_LIST;
        memset(out, 0, sizeof(struct {
                   void *data;
                   size_t len;
               }));
        break;
    case VG_RESULT_ROW:
        sink.kind = VG_SINK_ROW;
        *(void **)out = NULL;
        break;
    case VG_RESULT_INTO:
        sink.kind = VG_SINK_ROW;
        sink.row = out;
        break;
    default: break;
    }
    VG_GUARD(db, query->here, VG_MISUSE);
    int rc = vg__start(db, query->here);
    if (rc == VG_OK)
        rc = run(db, query, args, &sink);
    if (sink.kind == VG_SINK_LIST)
        return vg__give_list(db, &sink, out, rc);
    if (sink.kind == VG_SINK_ROW && rc == VG_OK && !sink.count)
        return VG_NOT_FOUND;
    if (query->result == VG_RESULT_ROW && rc == VG_OK)
        *(void **)out = sink.row;
    return rc;
}

int vg_run_registered_query(vg_db *db, const vg_registered *query, const vg_value *args,
                            vg_cursor **cursor, void *row)
{
    *cursor = NULL;
    *(void **)row = NULL;
    VG_GUARD(db, query->here, VG_MISUSE);
    int rc = vg__start(db, query->here);
    if (rc != VG_OK)
        return rc;
    vg_stmt *stmt = acquire(db, query, args);
    if (stmt && stmt->trees) {
        stmt->busy = false;
        return vg__fail(db, VG_UNSUPPORTED, NULL,
                        "QUERY(%s): EACH takes no WITH; say ALL, or ask by vg_query",
                        query->name);
    }
    return stmt ? vg__cursor_open(db, stmt, cursor, row) : db->error.code;
}
