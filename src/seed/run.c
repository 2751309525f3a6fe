/* The rows: table after table through COPY (or INSERT), in one transaction. */
#include "core/migrator.h"
#include "seed/check.h"
#include "seed/make.h"
#include <stdio.h>
#include <virga/copy.h>

enum { TELL_EVERY = 4096 };

typedef struct filling {
    vgs_plan *plan;
    vgs_table *table;
    uint64_t row;
} filling;

static bool tell(vgs_plan *plan, const vgs_table *t)
{
    const vg_seed_options *o = plan->options;
    return !o->progress ||
           o->progress(o->progress_ctx, t->shape->name, plan->done, plan->total);
}

/* Why the rows end, for advise. */
static int stop(vgs_plan *plan, int code, const char *why, const vgs_column *c,
                uint64_t row)
{
    if (why)
        snprintf(plan->why, sizeof plan->why, "%s", why);
    else if (code == VG_NO_MEMORY)
        snprintf(plan->why, sizeof plan->why, "out of memory");
    else
        snprintf(plan->why, sizeof plan->why,
                 "column %.100s: the function of vg_gen_call returned %s, row %llu",
                 c->c->name, vg_code_name(code), (unsigned long long)row);
    return code;
}

static int next_row(void *ctx, void *row)
{
    filling *f = ctx;
    vgs_plan *plan = f->plan;
    vgs_table *t = f->table;
    if (f->row == t->count)
        return VG_NOT_FOUND;
    if (plan->done % TELL_EVERY == 0 && !tell(plan, t))
        return stop(plan, VG_INTERRUPTED, "vg_seed: stopped by the caller", NULL, 0);
    vg_arena_reset(&plan->room.arena);
    plan->room.code = VG_OK;
    for (uint32_t i = 0; i < t->shape->column_count; i++) {
        vgs_column *c = &t->columns[i];
        if (c->role == VGS_OUT || (c->role == VGS_LINKED && c->link->late))
            continue;
        vgs_cell cell = {0};
        vgs_value(plan, t, c, f->row, &cell);
        if (plan->room.code != VG_OK)
            return stop(plan, plan->room.code, NULL, c, f->row);
        vgs_store((char *)row + c->c->new_offset, c->c, c->c->new_optional, &cell);
    }
    f->row++;
    plan->done++;
    return VG_OK;
}

/* The CHECK in words, and its columns. */
static const char *about_check(const vgs_plan *plan, const vgs_table *t,
                               const char *name, char *out, size_t room)
{
    const vg_constraint *con = t->shape->constraints;
    while (con && con->kind != VG_CON_NONE &&
           !(con->kind == VG_CON_CHECK && con->sql && con->name && name &&
             strcmp(con->name, name) == 0))
        con++;
    if (!con || con->kind == VG_CON_NONE)
        return "; say values that the CHECK takes with VG_SEED";
    bool said = false;
    uint32_t mentioned[VG_MAX_COLUMNS], n = 0;
    for (uint32_t i = 0; i < t->shape->column_count; i++)
        if (vgs_check_mentions(plan, con->sql, vg_column_name(&t->shape->columns[i]))) {
            said |= t->columns[i].said;
            mentioned[n++] = i;
        }
    int len = snprintf(out, room,
                       said ? "; the plan says other values than the CHECK %.60s "
                              "(%.150s) takes: "
                            : "; seeding does not understand all of the CHECK %.60s "
                              "(%.150s); say values that it takes: ",
                       name, con->sql);
    for (uint32_t i = 0; i < n && len > 0 && (size_t)len < room; i++)
        len += snprintf(out + len, room - (size_t)len, "%sVG_SEED(%s.%s, ...)",
                        i ? ", " : "", t->shape->name,
                        t->shape->columns[mentioned[i]].name);
    return out;
}

/* What to do about a failure, behind the database's words. */
static int advise(vgs_plan *plan, const vgs_table *t, int rc)
{
    vg_error *e = &plan->db->error;
    char room[400];
    const char *advice = "";
    if (rc == VG_CHECK)
        advice = about_check(plan, t, e->constraint, room, sizeof room);
    else if (rc == VG_UNIQUE)
        advice = "; if the table had rows before, a reset empties it (vg_seed_reset, "
                 "--reset)";
    vg_error old = *e;
    vg_details details = {old.native, old.sqlstate, old.constraint,
                          old.table,  old.column,   old.position};
    plan->db->here = plan->here;
    bool failed = plan->db->failed[plan->db->depth];
    if (*plan->why)
        vg__fail_with(plan->db, rc, NULL, &details, "%s", plan->why);
    else
        vg__fail_with(plan->db, rc, old.sql, &details, "%s: %.*s%s", t->shape->name,
                      advice == room ? 150 : 380, old.message, advice);
    if (failed && plan->db->depth)
        *plan->db->first = *e; /* the transaction ends with these words */
    return rc;
}

static int fill(vgs_plan *plan, vgs_table *t)
{
    filling f = {plan, t, 0};
    int rc = vg_run_copy_from(plan->db, t->shape, next_row, &f, plan->here);
    return rc == VG_OK ? rc : advise(plan, t, rc);
}

/* ---- keys of a circle ---- */

/* UPDATE of the late columns, a batch of row structs at a time. */
static int update_late(vgs_plan *plan, vgs_table *t)
{
    enum { BATCH = 512 };
    const vg_shape *shape = t->shape;
    vg_item items[2 * VG_MAX_COLUMNS + 2] = {{0}};
    uint32_t keys[VG_MAX_COLUMNS];
    size_t n = 1, key_count = vgs_primary_key(shape, keys, VG_MAX_COLUMNS);
    for (size_t i = 0; i < key_count; i++)
        items[n++] = (vg_item){VG_ITEM_KEY, keys[i], {{0}, 0}};
    for (uint32_t i = 0; i < shape->column_count; i++)
        if (t->columns[i].role == VGS_LINKED && t->columns[i].link->late)
            items[n++] = (vg_item){VG_ITEM_EACH, i, {{0}, 0}};
    if (n == 1 + key_count)
        return VG_OK;
    if (!key_count)
        return vgs_fail(plan, VG_INVALID,
                        "%s: it is part of a circle of foreign keys and has no primary "
                        "key to update its rows by",
                        shape->name);
    char *rows = vgs_alloc(plan, BATCH, shape->row_size);
    int rc = rows ? VG_OK : plan->code;
    for (uint64_t i = 0; rc == VG_OK && i < t->count;) {
        size_t len = 0;
        memset(rows, 0, BATCH * (size_t)shape->row_size);
        vg_arena_reset(&plan->room.arena);
        for (; len < BATCH && i < t->count; len++, i++)
            for (size_t at = 1; at < n; at++) {
                vgs_column *c = &t->columns[items[at].column];
                vgs_cell cell = {0};
                vgs_value(plan, t, c, i, &cell);
                vgs_store(rows + len * shape->row_size + c->c->offset, c->c,
                          c->c->nullable, &cell);
            }
        if (plan->room.code != VG_OK)
            return vgs_fail(plan, plan->room.code, "out of memory");
        items[0] = (vg_item){VG_ITEM_ROWS, 0, vg_of_rows(rows, len)};
        vg_clause update = vg_update(shape, items);
        rc = vg_run_exec(plan->db, plan->here, &update, 1);
    }
    return rc == VG_OK ? rc : advise(plan, t, rc);
}

/* ---- SQL of the dialect ---- */

typedef void (*write_fn)(vg_buf *sql, const vgs_plan *plan, const vgs_table *t);

static int run_sql(vgs_plan *plan, write_fn write, const vgs_table *t)
{
    vg_buf sql;
    vg__buf_init(&sql, &plan->db->allocator, VG_MAX_SQL);
    write(&sql, plan, t);
    int rc = VG_OK;
    if (sql.failed)
        rc = vgs_fail(plan, VG_NO_MEMORY, "out of memory");
    else if (sql.len)
        rc = vg_script(plan->db, sql.text);
    vg__buf_free(&sql);
    return rc;
}

static void write_empty(vg_buf *sql, const vgs_plan *plan, const vgs_table *t)
{
    (void)t;
    plan->dialect->empty(sql, plan);
}

static void write_after(vg_buf *sql, const vgs_plan *plan, const vgs_table *t)
{
    if (plan->dialect->after)
        plan->dialect->after(sql, t);
}

/* ---- the transaction ---- */

static int fill_all(vgs_plan *plan)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < plan->count; i++)
        if (!plan->order[i]->passed && plan->order[i]->count)
            rc = fill(plan, plan->order[i]);
    for (size_t i = 0; rc == VG_OK && i < plan->count; i++)
        if (!plan->order[i]->passed)
            rc = update_late(plan, plan->order[i]);
    for (size_t i = 0; rc == VG_OK && i < plan->count; i++)
        if (!plan->order[i]->passed && plan->order[i]->count)
            rc = run_sql(plan, write_after, plan->order[i]);
    if (rc == VG_OK && plan->count && !tell(plan, plan->order[plan->count - 1]))
        rc = vgs_fail(plan, VG_INTERRUPTED, "vg_seed: stopped by the caller");
    return rc;
}

typedef struct running {
    vgs_plan plan;
    bool empty, fill, keys_off;
} running;

/* With foreign keys off: rows that refer to nothing now, and did not before. */
static int check_orphans(vgs_plan *plan, const vg_orphans_list *before)
{
    vg_orphans_list after;
    int rc = vg__migrator_of(plan->db)->orphans(plan->db, &plan->arena, &after);
    for (size_t i = 0; rc == VG_OK && i < after.len; i++) {
        const vg_orphans *o = &after.data[i];
        int64_t old = 0;
        for (size_t j = 0; j < before->len; j++)
            if (strcmp(before->data[j].table, o->table) == 0 &&
                strcmp(before->data[j].parent, o->parent) == 0)
                old = before->data[j].count;
        if (o->count > old)
            rc = vgs_fail(
                plan, VG_FOREIGN_KEY,
                "%lld rows of %.60s would refer to no row of %.60s; empty that "
                "table, too, or take it into the schema",
                (long long)o->count, o->table, o->parent);
    }
    return rc;
}

static int body(vg_db *db, void *ctx)
{
    running *r = ctx;
    vgs_plan *plan = &r->plan;
    vgs_plan fresh = {
        .db = db, .schema = plan->schema, .options = plan->options, .here = plan->here};
    vg_arena_free(&plan->arena);
    vg_arena_free(&plan->room.arena);
    *plan = fresh;
    vg_orphans_list before = {.data = NULL};
    int rc = vgs_plan_make(plan, r->fill);
    if (rc == VG_OK && r->keys_off)
        rc = vg__migrator_of(db)->orphans(db, &plan->arena, &before);
    else if (rc == VG_OK)
        rc = vg_defer_constraints(db, NULL);
    if (rc == VG_OK && r->empty)
        rc = run_sql(plan, write_empty, NULL);
    if (rc == VG_OK && r->fill)
        rc = fill_all(plan);
    if (rc == VG_OK && r->keys_off)
        rc = check_orphans(plan, &before);
    return rc;
}

/* Emptying goes with foreign keys off, where they can be switched: outside of a transaction. */
static int run(running *r)
{
    vg_db *db = r->plan.db;
    const vg_migrator *migrator = vg__migrator_of(db);
    vg_migrating state;
    r->keys_off = r->empty && !db->depth && migrator->orphans;
    if (r->keys_off)
        migrator->begin(db, &state);
    int rc = vg_transaction_with(db, NULL, body, r);
    vg_error error = db->error;
    if (r->keys_off)
        migrator->end(db, &state);
    db->error = error;
    vg_arena_free(&r->plan.arena);
    vg_arena_free(&r->plan.room.arena);
    return rc;
}

int vg_run_seed(vg_db *db, const vg_schema *schema, const vg_seed_options *options,
                const char *here)
{
    static const vg_seed_options usual;
    options = options ? options : &usual;
    running r = {.plan = {.db = db, .schema = schema, .options = options, .here = here},
                 .empty = options->reset,
                 .fill = true};
    return run(&r);
}

int vg_run_seed_reset(vg_db *db, const vg_schema *schema, const char *here)
{
    static const vg_seed_options usual;
    running r = {.plan = {.db = db, .schema = schema, .options = &usual, .here = here},
                 .empty = true};
    return run(&r);
}
