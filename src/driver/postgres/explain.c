/* How the server would go about a statement: EXPLAIN (FORMAT JSON), of which each node's
 * first keys are read. For small tables the planner always reads all rows, so it is told
 * that scans and sorts are dear: what remains of them has no index that could help. */
#include "driver/postgres/postgres.h"
#include <stdio.h>

bool vg__pg_column_fits(void *native, size_t i, const vg_slot *slot,
                        const char **declared)
{
    static const struct {
        Oid type;
        const char *name;
    } names[] = {{VG_OID_BOOL, "boolean"},
                 {VG_OID_BYTEA, "bytea"},
                 {VG_OID_INT8, "bigint"},
                 {VG_OID_INT2, "smallint"},
                 {VG_OID_INT4, "integer"},
                 {VG_OID_TEXT, "text"},
                 {VG_OID_JSON, "json"},
                 {VG_OID_FLOAT4, "real"},
                 {VG_OID_FLOAT8, "double precision"},
                 {VG_OID_VARCHAR, "varchar"},
                 {VG_OID_DATE, "date"},
                 {VG_OID_TIMESTAMP, "timestamp"},
                 {VG_OID_TIMESTAMPTZ, "timestamp with time zone"},
                 {VG_OID_NUMERIC, "numeric"},
                 {VG_OID_UUID, "uuid"},
                 {VG_OID_JSONB, "jsonb"}};
    const vg_pg_stmt *s = native;
    *declared = NULL;
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        if (names[n].type == s->columns[i])
            *declared = names[n].name;
    return vg__pg_fits(s->columns[i], slot);
}

/* The value of a line `"Key": "value",` into `out`; false: another line. */
static bool value_of(const char *line, const char *key, char *out, size_t room)
{
    size_t len = strlen(key), at = 0;
    line += strspn(line, " ");
    if (*line != '"' || strncmp(line + 1, key, len) != 0 ||
        strncmp(line + 1 + len, "\": \"", 4) != 0)
        return false;
    for (line += len + 5; *line && *line != '"' && at + 1 < room; line++) {
        line += *line == '\\' && line[1];
        out[at++] = *line;
    }
    out[at] = 0;
    return true;
}

typedef struct node {
    char type[40], table[130], index[130];
} node;

static int tell(const node *n, int (*each)(void *ctx, const vg_step *step), void *ctx)
{
    char detail[320];
    vg_step step = {.kind = VG_STEP_OTHER, .detail = detail};
    if (!*n->type)
        return VG_OK;
    if (strcmp(n->type, "Seq Scan") == 0)
        step.kind = VG_STEP_SCAN;
    else if (strcmp(n->type, "Sort") == 0 || strcmp(n->type, "Incremental Sort") == 0)
        step.kind = VG_STEP_SORT;
    snprintf(step.table, sizeof step.table, "%s", n->table);
    snprintf(detail, sizeof detail, "%s%s%s%s%s", n->type, *n->index ? " using " : "",
             n->index, *n->table ? " on " : "", n->table);
    return each(ctx, &step);
}

static int read_plan(const char *json, int (*each)(void *ctx, const vg_step *step),
                     void *ctx)
{
    node n = {"", "", ""};
    int rc = VG_OK;
    for (const char *line = json; *line && rc == VG_OK;) {
        node next = {"", "", ""};
        if (value_of(line, "Node Type", next.type, sizeof next.type)) {
            rc = tell(&n, each, ctx);
            n = next;
        } else if (!value_of(line, "Alias", n.table, sizeof n.table)) {
            value_of(line, "Index Name", n.index, sizeof n.index);
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return rc == VG_OK ? tell(&n, each, ctx) : rc;
}

/* EXPLAIN takes no parameters but through a prepared statement, planned for any values. */
static PGresult *explain_prepared(vg_db *db, const vg_pg_stmt *s)
{
    vg_buf text;
    PGresult *plan = NULL;
    vg__buf_init(&text, &db->allocator, 1 << 20);
    vg__buf_text(&text, "explain (format json) execute ");
    vg__buf_text(&text, vg__pg_of(db)->prefix);
    vg__buf_int(&text, s->name);
    for (int i = 0; i < s->param_count; i++)
        vg__buf_text(&text, i ? ", null" : "(null");
    vg__buf_text(&text, s->param_count ? ")" : "");
    if (text.failed)
        vg__fail(db, VG_NO_MEMORY, s->sql, "out of memory");
    else
        plan = vg__pg_query(db, text.text);
    vg__buf_free(&text);
    return plan;
}

static PGresult *plan_of(vg_db *db, const char *sql)
{
    vg_pg *pg = vg__pg_of(db);
    vg_pg_prepared prepared = pg->prepared;
    void *native = NULL;
    pg->prepared = VG_PG_NAMED; /* in one transaction a pooler lets names be */
    int rc = vg__pg_prepare(db, sql, strlen(sql), &native);
    pg->prepared = prepared;
    PGresult *plan = rc == VG_OK ? explain_prepared(db, native) : NULL;
    vg__pg_finalize(db, native);
    return plan;
}

int vg__pg_explain(vg_db *db, const char *sql,
                   int (*each)(void *ctx, const vg_step *step), void *ctx)
{
    static const char settings[] = "set local plan_cache_mode = force_generic_plan; "
                                   "set local enable_seqscan = off; "
                                   "set local enable_sort = off";
    bool nested = vg__pg_in_transaction(db);
    PGresult *ready = vg__pg_query(db, nested ? "savepoint vg_explain" : "begin");
    PGresult *set = ready ? vg__pg_query(db, settings) : NULL;
    PGresult *plan = set ? plan_of(db, sql) : NULL;
    vg_error error = db->error;
    if (ready)
        PQclear(vg__pg_query(db, nested ? "rollback to vg_explain; release vg_explain"
                                        : "rollback"));
    PQclear(ready);
    PQclear(set);
    db->error = error;
    int rc = plan ? read_plan(PQgetvalue(plan, 0, 0), each, ctx) : db->error.code;
    PQclear(plan);
    return rc;
}
