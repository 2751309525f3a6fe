/* Checking registered queries: each is built, rendered and prepared as its first call would
 * do it, then asked how the database would go about it. What ALLOW does not allow, and what
 * the types in C could not show, becomes a finding. */
#include "core/relation.h"
#include "core/verify.h"
#include "core/walk_expr.h"
#include <stdarg.h>
#include <stdio.h>

enum { MAX_ALLOWS = 16 };

typedef struct check {
    vg_db *db;
    const vg_schema *schema;
    vg_arena *arena;
    vg_findings *report;
    size_t room; /* of the report's list */
    /* the query at hand */
    const vg_registration *entry;
    const vg_stmt *stmt;
    const vg_clause *allows[MAX_ALLOWS];
    bool used[MAX_ALLOWS];
    size_t allow_count;
    const vg_shape *bounded; /* the source of which a LIMIT reads a part only */
    bool sorts;
    int rc;
} check;

static int no_memory(check *c)
{
    return vg__fail(c->db, VG_NO_MEMORY, NULL, "out of memory");
}

static bool make_room(check *c)
{
    vg_findings *r = c->report;
    if (r->len < c->room)
        return true;
    size_t room = c->room ? c->room * 2 : 16;
    vg_finding *data = vg__arena_alloc(c->arena, room * sizeof *data);
    if (!data)
        return false;
    if (r->len)
        memcpy(data, r->data, r->len * sizeof *data);
    r->data = data;
    c->room = room;
    return true;
}

static int add(check *c, vg_finding_kind kind, const char *here, const char *name,
               const char *text)
{
    vg_findings *r = c->report;
    const vg_finding *last = r->len ? &r->data[r->len - 1] : NULL;
    if (last && last->kind == kind && strcmp(last->name, name) == 0 &&
        strcmp(last->text, text) == 0)
        return VG_OK;
    if (!make_room(c))
        return no_memory(c);
    vg_finding *f = &r->data[r->len];
    *f = (vg_finding){kind, vg__arena_text(c->arena, here, strlen(here)),
                      vg__arena_text(c->arena, name, strlen(name)),
                      vg__arena_text(c->arena, text, strlen(text))};
    if (!f->here || !f->name || !f->text)
        return no_memory(c);
    r->len++;
    return VG_OK;
}

/* About the query at hand. */
static int found(check *c, vg_finding_kind kind, const char *format, ...)
    VG_PRINTF(3, 4);
static int found(check *c, vg_finding_kind kind, const char *format, ...)
{
    char text[800];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return add(c, kind, c->entry->here, c->entry->query->name, text);
}

/* ---- what is wrong with the statement itself ---- */

static const char *const slot_names[] = {
    [VG_SLOT_INT] = "an INTEGER", [VG_SLOT_REAL] = "a REAL",
    [VG_SLOT_BOOL] = "a BOOLEAN", [VG_SLOT_TEXT] = "text",
    [VG_SLOT_BLOB] = "a BLOB",    [VG_SLOT_TIME] = "a TIMESTAMP or DATE",
    [VG_SLOT_UUID] = "a UUID",    [VG_SLOT_OPT_ROW] = "a row"};

static int check_types(check *c)
{
    const vg_plan *plan = &c->stmt->plan;
    int rc = VG_OK;
    size_t column = 0;
    for (size_t i = 0; rc == VG_OK && i < plan->slot_count; i++) {
        const vg_slot *slot = &plan->slots[i];
        const char *declared;
        if (slot->kind == VG_SLOT_OPT_ROW)
            continue;
        if (!c->db->driver->column_fits(c->stmt->native, column++, slot, &declared))
            rc =
                found(c, VG_FOUND_TYPE,
                      "the database declares column %zu of the result as %s, but %s is "
                      "%s",
                      column, declared, slot->name ? slot->name : "the value",
                      slot_names[slot->kind]);
    }
    return rc;
}

/* The parameters within WITH are no parameters of the statement. */
static void walk_trees(vg_walk *w, const vg_clause *query, size_t count)
{
    for (const vg_clause *q = query; q < query + count; q++) {
        if (q->kind != VG_CLAUSE_WITH)
            continue;
        vg__walk_clauses(w, q->b, q->n);
        walk_trees(w, q->b, q->n);
    }
}

static void walk_built(void *ctx, const vg_clause *query, size_t count)
{
    vg_walk *w = ctx;
    w->building = true;
    walk_trees(w, query, count);
    w->building = false;
}

static int check_params(check *c)
{
    const vg_registered *q = c->entry->query;
    vg_walk *w = &c->db->walk;
    int rc = VG_OK;
    vg__walk_begin(w);
    if (c->stmt->trees)
        q->build(walk_built, w);
    if (w->failed)
        return w->failed == VG_NO_MEMORY ? VG_NO_MEMORY
                                         : found(c, VG_FOUND_ERROR, "%s", w->message);
    for (uint32_t i = 0; rc == VG_OK && i < q->param_count; i++) {
        bool used = false;
        for (size_t k = 0; k < c->stmt->param_count; k++) {
            vg_value v = c->stmt->params[k].value;
            used |= vg_value_kind_of(v) == VG_V_ARGUMENT && v.i == i;
        }
        for (const vg_param *p = w->params; p < w->param_at; p++)
            used |= vg_value_kind_of(p->value) == VG_V_ARGUMENT && p->value.i == i;
        if (!used)
            rc = found(c, VG_FOUND_UNUSED, "the parameter %s is not used",
                       q->params[i].name);
    }
    return rc;
}

static int null_found(void *ctx, const char *text)
{
    return found(ctx, VG_FOUND_NULL, "%s", text);
}

/* OPT_TEXT(name) in SET(name, name) of a NOT NULL column. */
static int check_sets(check *c, const vg_clause *q)
{
    int rc = VG_OK;
    if (q->kind != VG_CLAUSE_INSERT && q->kind != VG_CLAUSE_UPDATE &&
        q->kind != VG_CLAUSE_CONFLICT)
        return VG_OK;
    for (const vg_item *item = q->b; rc == VG_OK && item->kind != VG_ITEM_END; item++) {
        if (item->kind != VG_ITEM_SET || vg_value_kind_of(item->value) != VG_V_EXPR)
            continue;
        const vg_node *x = item->value.node;
        const vg_column *column = &q->shape->columns[item->column];
        if (x->op == VG_OP_PARAM && x->b.i && !column->nullable)
            rc = found(c, VG_FOUND_NULL,
                       "SET(%s): the column is NOT NULL, but the parameter %s may be "
                       "NULL: declare it without OPT_",
                       column->name, c->entry->query->params[x->n].name);
    }
    return rc;
}

/* ---- how the database goes about it ---- */

/* Whether the plan, which may say "content.lessons", means that table. */
static bool is_called(const vg_shape *shape, const char *table)
{
    size_t len = shape->database ? strlen(shape->database) : 0;
    if (len && strncmp(table, shape->database, len) == 0 && table[len] == '.')
        table += len + 1;
    return strcmp(vg_table_name(shape), table) == 0;
}

/* The name in C of what the plan calls `table`. */
static const char *name_in_c(const check *c, const char *table)
{
    for (size_t i = 0; c->schema && i < c->schema->table_count; i++)
        if (is_called(c->schema->tables[i], table))
            return c->schema->tables[i]->name;
    return table;
}

static bool is_allowed(check *c, vg_allowed what, const char *table)
{
    bool allowed = false;
    for (size_t i = 0; i < c->allow_count; i++) {
        const vg_shape *shape = c->allows[i]->c;
        if (c->allows[i]->sub == what && (!shape || is_called(shape, table)))
            allowed = c->used[i] = true;
    }
    return allowed;
}

static int note_sort(void *ctx, const vg_step *step)
{
    check *c = ctx;
    c->sorts |= step->kind == VG_STEP_SORT;
    return VG_OK;
}

static int judge(void *ctx, const vg_step *step)
{
    check *c = ctx;
    const char *name = name_in_c(c, step->table);
    switch (step->kind) {
    case VG_STEP_SCAN:
        if (c->bounded && !c->sorts && is_called(c->bounded, step->table))
            return VG_OK;
        if (is_allowed(c, VG_ALLOWED_FULL_SCAN, step->table))
            return VG_OK;
        return found(c, VG_FOUND_FULL_SCAN,
                     "reads all of %s (%s): add an index, or say ALLOW(FULL_SCAN, %s, "
                     "\"why\")",
                     name, step->detail, name);
    case VG_STEP_SORT:
        if (is_allowed(c, VG_ALLOWED_TEMP_BTREE, ""))
            return VG_OK;
        return found(
            c, VG_FOUND_TEMP_BTREE,
            "keeps rows in a temporary b-tree (%s): add an index in that order, "
            "or say ALLOW(TEMP_BTREE, \"why\")",
            step->detail);
    case VG_STEP_AUTO_INDEX:
        if (is_allowed(c, VG_ALLOWED_AUTO_INDEX, step->table))
            return VG_OK;
        return found(c, VG_FOUND_AUTO_INDEX,
                     "builds an index over %s each time it runs (%s): add one to the "
                     "table, or say ALLOW(AUTO_INDEX, %s, \"why\")",
                     name, step->detail, name);
    default: return VG_OK;
    }
}

static int check_allows(check *c)
{
    static const char *const words[] = {[VG_ALLOWED_FULL_SCAN] = "FULL_SCAN",
                                        [VG_ALLOWED_TEMP_BTREE] = "TEMP_BTREE",
                                        [VG_ALLOWED_AUTO_INDEX] = "AUTO_INDEX"};
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < c->allow_count; i++) {
        const vg_shape *shape = c->allows[i]->c;
        if (!c->used[i] && !c->db->dialect->plans_by_rows)
            rc = found(c, VG_FOUND_UNUSED,
                       "ALLOW(%s%s%s, ...) is not needed any more: remove it",
                       words[c->allows[i]->sub], shape ? ", " : "",
                       shape ? shape->name : "");
    }
    return rc;
}

static bool is_aggregate(const vg_node *x)
{
    return x && x->op >= VG_OP_COUNT_ALL && x->op <= VG_OP_MAX;
}

/* With a LIMIT and nothing that has to see every row first, a scan ends early. */
static const vg_shape *bounded_by_limit(const vg_parts *p)
{
    const vg_clause *head = p->head;
    const vg_shape *main = vg__main_shape(p);
    if (!p->limit || !main || head->kind != VG_CLAUSE_SELECT || head->sub || p->where ||
        p->group_by || p->having || p->join_count || p->set_op_count ||
        main->kind == VG_SHAPE_DERIVED)
        return NULL;
    if (head->shape ? head->shape->kind == VG_SHAPE_PROJECTION : is_aggregate(head->c))
        return NULL; /* a projection may have an aggregate in it */
    return main;
}

/* The clauses, built once more for what the statement does not say. */
static void inspect(void *ctx, const vg_clause *query, size_t count)
{
    check *c = ctx;
    vg_parts p;
    vg__parts(&p, query, count);
    c->bounded = bounded_by_limit(&p);
    c->sorts = false;
    c->allow_count = 0;
    c->rc = vg__find_nulls(query, count, null_found, c);
    for (const vg_clause *q = query; c->rc == VG_OK && q < query + count; q++) {
        c->rc = check_sets(c, q);
        if (q->kind == VG_CLAUSE_ALLOW && c->allow_count < MAX_ALLOWS) {
            c->used[c->allow_count] = false;
            c->allows[c->allow_count++] = q;
        }
    }
    const vg_driver *driver = c->db->driver;
    if (c->rc == VG_OK)
        c->rc = driver->explain(c->db, c->stmt->sql, note_sort, c);
    if (c->rc == VG_OK)
        c->rc = driver->explain(c->db, c->stmt->sql, judge, c);
    if (c->rc == VG_OK)
        c->rc = check_allows(c);
}

/* "src/a.c:7" as a header may be found by several paths: the file's own name and line. */
static const char *place(const char *here)
{
    const char *slash = strrchr(here, '/');
    return slash ? slash + 1 : here;
}

/* One that loads trees is not prepared yet. */
static bool is_ready(vg_db *db, vg_stmt *stmt)
{
    return stmt->native ||
           (db->driver->prepare(db, stmt->sql, stmt->sql_len, &stmt->native) == VG_OK &&
            vg__stmt_ready(db, stmt) == VG_OK);
}

static int check_query(void *ctx, const vg_registration *entry)
{
    check *c = ctx;
    const vg_registered *query = entry->query;
    if (!query)
        return VG_OK;
    c->entry = entry;
    c->report->query_count++;
    if (strcmp(place(query->here), place(entry->here)) != 0)
        return found(
            c, VG_FOUND_SAME_NAME,
            "%s has a query of this name too, and the linker keeps one of them: "
            "rename one",
            query->here);
    vg__begin(c->db, entry->here);
    vg_stmt *stmt = vg__stmt_acquire_registered(c->db, query);
    bool ready = stmt && is_ready(c->db, stmt);
    if (stmt)
        stmt->busy = ready;
    if (!ready)
        return c->db->error.code == VG_NO_MEMORY
                   ? VG_NO_MEMORY
                   : found(c, VG_FOUND_ERROR, "%s", vg_errmsg(c->db));
    c->stmt = stmt;
    int rc = check_types(c);
    if (rc == VG_OK)
        rc = check_params(c);
    if (rc == VG_OK) {
        query->build(inspect, c);
        rc = c->rc;
    }
    stmt->busy = false;
    return rc;
}

/* ---- foreign keys ---- */

/* Whether the first `count` columns of the index, in any order, are these. */
static bool begins_with(const uint16_t *index, size_t index_count,
                        const uint16_t *columns, size_t count)
{
    uint64_t wanted = 0, there = 0;
    if (index_count < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        wanted |= UINT64_C(1) << columns[i];
        there |= UINT64_C(1) << index[i];
    }
    return wanted == there;
}

static bool has_index(const vg_shape *table, const uint16_t *columns, size_t count)
{
    const uint16_t flags = table->columns[columns[0]].flags;
    if (count == 1 && flags & (VG_F_PRIMARY_KEY | VG_F_UNIQUE))
        return true;
    for (const vg_constraint *k = table->constraints; k && k->kind != VG_CON_NONE;
         k++) {
        bool index = k->kind == VG_CON_PRIMARY_KEY || k->kind == VG_CON_UNIQUE ||
                     k->kind == VG_CON_INDEX || k->kind == VG_CON_UNIQUE_INDEX;
        if (index && !k->sql && k->columns &&
            begins_with(k->columns, k->column_count, columns, count))
            return true;
    }
    return false;
}

typedef struct key {
    const vg_shape *table;
    uint16_t column;
} key;

/* Stops at the entry that allows it. */
static int allows_key(void *ctx, const vg_registration *entry)
{
    const key *k = ctx;
    const vg_unindexed *u = entry->unindexed;
    return u && u->table == k->table && u->column == k->column ? VG_NOT_FOUND : VG_OK;
}

static int check_key(check *c, const vg_shape *table, const uint16_t *columns,
                     size_t count, const vg_shape *parent)
{
    char name[260], text[500];
    key k = {table, columns[0]};
    if (has_index(table, columns, count))
        return VG_OK;
    int rc = vg_registry_each(allows_key, &k);
    if (rc != VG_OK)
        return rc == VG_NOT_FOUND ? VG_OK : no_memory(c);
    snprintf(name, sizeof name, "%s.%s", table->name, table->columns[columns[0]].name);
    snprintf(
        text, sizeof text,
        "the foreign key has no index that begins with it, so that each change in %s "
        "reads all of %s: add INDEX, or say UNINDEXED(%s, %s, \"why\")",
        parent->name, table->name, table->name, table->columns[columns[0]].name);
    return add(c, VG_FOUND_FOREIGN_KEY, c->schema->name, name, text);
}

/* The rows of a relation to many are found by a key of theirs; where that is a foreign key, it has
 * been looked at. */
static int check_relation(check *c, const vg_shape *table, const vg_relation *r)
{
    char name[260], text[500];
    vg_relation_keys keys;
    if (r->kind == VG_RELATION_EXTRA ||
        !vg__relation_keys(table, r, &keys, text, sizeof text))
        return VG_OK;
    const vg_key *by = r->junction ? &keys.junction_own : &keys.other;
    key k = {by->shape, by->columns[0]};
    if (by->shape->kind != VG_SHAPE_TABLE ||
        by->shape->columns[by->columns[0]].references ||
        has_index(by->shape, by->columns, by->count))
        return VG_OK;
    for (const vg_constraint *f = by->shape->constraints; f && f->kind; f++)
        if (f->kind == VG_CON_FOREIGN_KEY &&
            begins_with(f->columns, f->column_count, by->columns, by->count))
            return VG_OK;
    int rc = vg_registry_each(allows_key, &k);
    if (rc != VG_OK)
        return rc == VG_NOT_FOUND ? VG_OK : no_memory(c);
    const char *column = by->shape->columns[by->columns[0]].name;
    snprintf(name, sizeof name, "%s.%s", table->name, r->name);
    snprintf(text, sizeof text,
             "%s has no index that begins with %s, so that each WITH reads all of it: "
             "add INDEX, "
             "or say UNINDEXED(%s, %s, \"why\")",
             by->shape->name, column, by->shape->name, column);
    return add(c, VG_FOUND_RELATION, c->schema->name, name, text);
}

static int check_relations(check *c, const vg_shape *table)
{
    int rc = VG_OK;
    bool rows = table->kind == VG_SHAPE_TABLE || table->kind == VG_SHAPE_VIEW;
    for (const vg_relation *r = rows ? table->relations : NULL;
         rc == VG_OK && r && r->kind; r++)
        rc = check_relation(c, table, r);
    return rc;
}

/* The columns of a view describe those of its table, which has the keys and the indexes. */
static int check_keys(check *c, const vg_shape *table)
{
    int rc = VG_OK;
    if (table->kind != VG_SHAPE_TABLE)
        return rc;
    for (uint16_t i = 0; rc == VG_OK && i < table->column_count; i++)
        if (table->columns[i].references)
            rc = check_key(c, table, &i, 1, table->columns[i].references->shape);
    for (const vg_constraint *k = table->constraints;
         rc == VG_OK && k && k->kind != VG_CON_NONE; k++)
        if (k->kind == VG_CON_FOREIGN_KEY)
            rc = check_key(c, table, k->columns, k->column_count, k->references);
    return rc;
}

/* ---- all of it ---- */

int vg_verify(vg_db *db, const vg_schema *schema, vg_arena *arena, vg_findings *report)
{
    check c = {.db = db, .schema = schema, .arena = arena, .report = report};
    *report = (vg_findings){NULL, 0, 0};
    int rc = vg__start(db, NULL);
    if (rc != VG_OK)
        return rc;
    rc = vg_registry_each(check_query, &c);
    for (size_t i = 0; rc == VG_OK && schema && i < schema->table_count; i++)
        rc = check_keys(&c, schema->tables[i]);
    for (size_t i = 0; rc == VG_OK && schema && i < schema->table_count; i++)
        rc = check_relations(&c, schema->tables[i]);
    if (rc != VG_OK)
        return db->error.code == rc ? rc : vg__fail(db, rc, NULL, "out of memory");
    vg__begin(db, NULL);
    if (!report->len)
        return VG_OK;
    return vg__fail(db, VG_INVALID, NULL, "%zu findings in %zu registered queries",
                    report->len, report->query_count);
}

const char *vg_findings_text(const vg_findings *findings, vg_arena *arena)
{
    char last[80];
    size_t room = sizeof last, at = 0;
    snprintf(last, sizeof last, "%zu %s, %zu %s\n", findings->query_count,
             findings->query_count == 1 ? "query" : "queries", findings->len,
             findings->len == 1 ? "finding" : "findings");
    for (size_t i = 0; i < findings->len; i++) {
        const vg_finding *f = &findings->data[i];
        room += strlen(f->here) + strlen(f->name) + strlen(f->text) + 6;
    }
    char *text = vg_arena_alloc(arena, room);
    if (!text)
        return NULL;
    for (size_t i = 0; i < findings->len; i++) {
        const vg_finding *f = &findings->data[i];
        at += (size_t)snprintf(text + at, room - at, "%s: %s: %s\n", f->here, f->name,
                               f->text);
    }
    snprintf(text + at, room - at, "%s", last);
    return text;
}

/* The databases of IN_DATABASE, in memory as well. */
static int create_attached(vg_db *db, const vg_schema *schema)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++) {
        const char *name = schema->tables[i]->database;
        size_t before = 0;
        while (name && before < i &&
               (!schema->tables[before]->database ||
                strcmp(schema->tables[before]->database, name) != 0))
            before++;
        if (!name || before < i)
            continue;
        rc = vg_attach(db, ":memory:", name, false);
        if (rc == VG_OK)
            rc = vg_create_in(db, schema, name);
    }
    return rc;
}

int vg_verify_main(const vg_schema *schema)
{
    vg_db *db;
    vg_arena arena = {0};
    vg_findings report;
    int status = 2;
    int rc = vg_open(&db, ":memory:", NULL);
    if (rc == VG_OK)
        rc = vg_create(db, schema);
    if (rc == VG_OK)
        rc = create_attached(db, schema);
    if (rc == VG_OK) {
        rc = vg_verify(db, schema, &arena, &report);
        const char *text =
            rc == VG_OK || rc == VG_INVALID ? vg_findings_text(&report, &arena) : NULL;
        if (text)
            status = fputs(text, stdout) < 0 ? 2 : report.len > 0;
    }
    if (status == 2)
        fprintf(stderr, "verify: %s\n", db ? vg_errmsg(db) : "out of memory");
    vg_arena_free(&arena);
    vg_close(db);
    return status;
}
