/* The plan: what the options and the schema say, table by table and column by column. */
#include "seed/make.h"
#include <stdarg.h>
#include <stdio.h>

int vgs_fail(vgs_plan *plan, int code, const char *format, ...)
{
    char message[480];
    va_list args;
    if (plan->failed)
        return plan->code;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    plan->failed = true;
    plan->code = code;
    plan->db->here = plan->here;
    return vg__fail(plan->db, code, NULL, "%s", message);
}

void *vgs_alloc(vgs_plan *plan, size_t count, size_t size)
{
    static max_align_t none;
    if (count > SIZE_MAX / size / 2) {
        vgs_fail(plan, VG_TOO_BIG, "vg_seed: more rows than memory has addresses");
        return NULL;
    }
    if (!count)
        return &none;
    void *p = plan->failed ? NULL : vg_arena_alloc(&plan->arena, count * size);
    if (p)
        return memset(p, 0, count * size);
    vgs_fail(plan, VG_NO_MEMORY, "out of memory");
    return NULL;
}

vgs_table *vgs_table_of(vgs_plan *plan, const vg_shape *shape)
{
    while (shape && shape->kind == VG_SHAPE_ALIAS)
        shape = shape->base;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->tables[i].shape == shape)
            return &plan->tables[i];
    return NULL;
}

uint32_t vgs_index(const vg_shape *shape, const char *name)
{
    const vg_column *c = vg_find_column(shape, name);
    return c ? (uint32_t)(c - shape->columns) : shape->column_count;
}

/* ---- tables ---- */

static bool is_seeded(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_TABLE && !shape->fts;
}

static void begin_table(vgs_plan *plan, vgs_table *t, const vg_shape *shape)
{
    t->shape = shape;
    t->count = plan->options->count ? plan->options->count : 10;
    t->key = vgs_derive_text(plan->key, shape->name);
    t->columns = vgs_alloc(plan, shape->column_count, sizeof *t->columns);
    for (uint32_t i = 0; t->columns && i < shape->column_count; i++) {
        vgs_column *c = &t->columns[i];
        c->c = &shape->columns[i];
        c->key = vgs_derive_text(t->key, c->c->name);
        c->pick.key = vgs_derive_text(c->key, "unique");
        c->role = c->c->flags & VG_F_GENERATED ? VGS_OUT : VGS_MADE;
    }
}

static void begin_tables(vgs_plan *plan)
{
    const vg_schema *schema = plan->schema;
    plan->tables = vgs_alloc(plan, schema->table_count, sizeof *plan->tables);
    for (size_t i = 0; i < schema->table_count && !plan->failed; i++)
        if (is_seeded(schema->tables[i]))
            begin_table(plan, &plan->tables[plan->count++], schema->tables[i]);
}

/* ---- what the options say ---- */

/* The column that an entry is about. */
static vgs_column *column_of(vgs_plan *plan, const vg_seed_entry *e, vgs_table **t)
{
    const vg_node *node = e->column ? *(const vg_node *const *)e->column : NULL;
    if (!node || node->op != VG_OP_COLUMN) {
        vgs_fail(plan, VG_INVALID, "vg_seed: an entry of the plan has no column");
        return NULL;
    }
    *t = vgs_table_of(plan, node->a);
    if (!*t) {
        vgs_fail(plan, VG_INVALID,
                 "vg_seed: the plan speaks of %s, which is no table of the schema",
                 ((const vg_shape *)node->a)->name);
        return NULL;
    }
    vgs_column *c = &(*t)->columns[node->n];
    if (c->c->flags & VG_F_GENERATED) {
        vgs_fail(plan, VG_INVALID, "column %s.%s: the database computes it",
                 (*t)->shape->name, c->c->name);
        return NULL;
    }
    return c;
}

static void read_table_entry(vgs_plan *plan, const vg_seed_entry *e)
{
    vgs_table *t = vgs_table_of(plan, e->table);
    if (!t) {
        vgs_fail(plan, VG_INVALID,
                 "vg_seed: the plan speaks of %s, which is no table of the schema",
                 e->table ? e->table->name : "no table");
        return;
    }
    if (e->kind == VG_SEED_ROWS) {
        t->count = e->count;
        t->counted = true;
        t->passed = false;
    } else {
        t->passed = true;
    }
}

static void read_with(vgs_plan *plan, const vg_seed_entry *e)
{
    vgs_table *t = NULL;
    if (!column_of(plan, e, &t))
        return;
    if (!vgs_table_of(plan, e->table))
        vgs_fail(plan, VG_INVALID, "VG_SEED_WITH: %s is no table of the schema",
                 e->table ? e->table->name : "that");
    else if (t->with && t->with->column != e->column)
        vgs_fail(
            plan, VG_INVALID,
            "VG_SEED_WITH(%s, ...) and VG_SEED_WITH(%s, ...) both say how many rows "
            "%s has",
            t->with->table->name, e->table->name, t->shape->name);
    t->with = e;
}

static void share_of_nulls(vgs_plan *plan, const vgs_table *t, vgs_column *c,
                           uint64_t percent)
{
    if (percent > 100)
        vgs_fail(plan, VG_INVALID,
                 "column %s.%s: %llu of a hundred rows cannot have NULL; say 0 to 100",
                 t->shape->name, c->c->name, (unsigned long long)percent);
    c->nulls = (uint8_t)percent;
}

static void read_column_entry(vgs_plan *plan, const vg_seed_entry *e)
{
    vgs_table *t = NULL;
    vgs_column *c = column_of(plan, e, &t);
    if (!c)
        return;
    if (e->kind == VG_SEED_SHARE) {
        share_of_nulls(plan, t, c, e->count);
        return;
    }
    c->said = e->kind == VG_SEED_COLUMN;
    c->said_gen = c->said ? e->gen : NULL;
    c->role = c->said ? VGS_MADE : VGS_OUT;
    if (c->said && !e->gen)
        vgs_fail(plan, VG_INVALID, "column %s.%s: the generator is NULL",
                 t->shape->name, c->c->name);
}

static void read_entries(vgs_plan *plan)
{
    const vg_seed_entry *e = plan->options->plan;
    for (; e && e->kind != VG_SEED_END && !plan->failed; e++) {
        if (e->kind == VG_SEED_ROWS || e->kind == VG_SEED_PASSED)
            read_table_entry(plan, e);
        else if (e->kind == VG_SEED_CHILDREN)
            read_with(plan, e);
        else
            read_column_entry(plan, e);
    }
}

/* ---- columns ---- */

/* It gets its default, which is the same in all rows. */
static bool has_constant_default(const vgs_column *c)
{
    return c->c->literal && !c->unique && (c->c->flags & VG_F_DEFAULT);
}

/* As many elements as its type says, else 5; of several dimensions 2 in each. */
static void size_array(vgs_plan *plan, const vgs_table *t, vgs_column *c, uint32_t said)
{
    vg_dims *dims = vgs_alloc(plan, 1, sizeof *dims);
    uint64_t size = 1;
    if (!dims)
        return;
    dims->count = c->c->dimensions;
    for (int i = 0; i < dims->count && size <= 1000000; i++) {
        int32_t fixed = c->c->sizes ? c->c->sizes[i] : 0;
        uint32_t length = i == 0 && said    ? said
                          : fixed > 0       ? (uint32_t)fixed
                          : dims->count > 1 ? 2
                                            : 5;
        dims->lengths[i] = (int32_t)length;
        dims->lower[i] = 1;
        size *= length;
    }
    if (size > 1000000)
        vgs_fail(plan, VG_INVALID, "column %s.%s: at most a million elements",
                 t->shape->name, c->c->name);
    c->array_size = (uint32_t)size;
    c->dims = dims->count > 1 ? dims : NULL;
}

static void finish_column(vgs_plan *plan, vgs_table *t, vgs_column *c)
{
    const vg_gen *said = c->said_gen;
    if (said && said->nulls)
        share_of_nulls(plan, t, c, said->nulls);
    if (said && said->unique)
        c->unique = true;
    if (c->nulls && (!c->c->nullable || (c->c->flags & (VG_F_DEFAULT | VG_F_FILLED))))
        vgs_fail(plan, VG_INVALID, "column %s.%s: no row can have NULL there: %s",
                 t->shape->name, c->c->name,
                 c->c->nullable ? "left out, it gets its default" : "it is NOT NULL");
    if (c->role == VGS_OUT && !c->c->new_optional && !(c->c->flags & VG_F_GENERATED))
        vgs_fail(
            plan, VG_INVALID,
            "column %s.%s: it cannot be left out, it is NOT NULL and has no default",
            t->shape->name, c->c->name);
    if (c->role != VGS_MADE || plan->failed)
        return;
    bool array = c->c->type == VG_TYPE_ARRAY;
    if (array)
        size_array(plan, t, c, said ? said->array_size : 0);
    else if (said && said->array_size)
        vgs_fail(plan, VG_INVALID, "column %s.%s: it is no ARRAY and has no array_size",
                 t->shape->name, c->c->name);
    if (!said && !c->nulls && has_constant_default(c)) {
        c->role = VGS_OUT;
        return;
    }
    if (said)
        vgs_prepare(plan, t, c, said, &c->gen);
    else
        vgs_choose(plan, t, c);
    c->pick.plain = c->gen.plain;
    c->pick.total = c->gen.total;
}

/* Whether a cell of one column can be stored in another. */
static bool same_cells(const vg_column *a, const vg_column *b)
{
    const uint32_t numbers = VG_K_int | VG_K_enum_expr | VG_K_predicate | VG_K_time,
                   texts = VG_K_text | VG_K_json | VG_K_numeric | VG_K_native_expr;
    if (a->sql_class == VG_K_custom)
        return a->coder == b->coder;
    return a->sql_class == b->sql_class ||
           (a->sql_class & numbers && b->sql_class & numbers) ||
           (a->sql_class & texts && b->sql_class & texts);
}

static void check_types(vgs_plan *plan, const vgs_table *t, const vgs_link *link)
{
    const vg_shape *parent = link->parent->shape;
    for (size_t i = 0; i < link->count; i++) {
        const vg_column *own = &t->shape->columns[link->own[i]],
                        *other = &parent->columns[link->other[i]];
        if (!same_cells(own, other))
            vgs_fail(
                plan, VG_INVALID,
                "column %s.%s: it refers to %s.%s, which has another type; say its "
                "values with VG_SEED",
                t->shape->name, own->name, parent->name, other->name);
    }
}

/* A parent that has no rows: NULL, if that may be. What a link refers to must be known. */
static void check_links(vgs_plan *plan, vgs_table *t)
{
    for (size_t l = 0; l < t->link_count && !plan->failed; l++) {
        const vgs_link *link = &t->links[l];
        const vgs_table *parent = link->parent;
        if (!parent->count && t->count && !link->nullable)
            vgs_fail(plan, VG_INVALID, "column %s.%s: %s has no rows to refer to",
                     t->shape->name, link->name, parent->shape->name);
        check_types(plan, t, link);
        for (size_t i = 0; i < link->count && !parent->passed; i++)
            if (parent->columns[link->other[i]].role == VGS_OUT)
                vgs_fail(plan, VG_INVALID,
                         "column %s.%s: it refers to %s.%s, whose values are not known "
                         "beforehand; say them with VG_SEED",
                         t->shape->name, link->name, parent->shape->name,
                         parent->columns[link->other[i]].c->name);
    }
}

/* ---- rows that are there already ---- */

static void read_rows(vgs_plan *plan, vgs_table *t)
{
    const vg_shape *shape = t->shape;
    struct {
        char *data;
        size_t len;
    } list = {NULL, 0};
    vg_clause select = vg_select(NULL, shape);
    int rc = vg_run_all(plan->db, &plan->arena, &list, plan->here, &select, 1);
    if (rc != VG_OK) {
        plan->failed = true;
        plan->code = rc;
        return;
    }
    t->count = list.len;
    for (uint32_t c = 0; c < shape->column_count; c++) {
        const vg_column *column = &shape->columns[c];
        vgs_cell *there = vgs_alloc(plan, list.len, sizeof *there);
        t->columns[c].there = there;
        for (size_t i = 0; there && i < list.len; i++)
            vgs_read(list.data + i * shape->row_size + column->offset, column,
                     &there[i]);
    }
}

static void read_passed(vgs_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        for (size_t l = 0; l < plan->tables[i].link_count && !plan->failed; l++) {
            vgs_table *parent = plan->tables[i].links[l].parent;
            if (parent->passed && !parent->columns[0].there)
                read_rows(plan, parent);
        }
}

/* ---- all of it ---- */

static const vgs_dialect *dialect_of(const vg_db *db)
{
    static const vgs_dialect *const all[] = {&vgs_sqlite, &vgs_postgres};
    size_t i = 0;
    while (i + 1 < sizeof all / sizeof *all &&
           strcmp(all[i]->name, vg_dialect_name(db)) != 0)
        i++;
    return all[i];
}

static void begin_plan(vgs_plan *plan)
{
    uint32_t version = plan->options->version;
    plan->arena.allocator = plan->db->allocator;
    plan->room.arena.allocator = plan->db->allocator;
    plan->dialect = dialect_of(plan->db);
    if (!plan->schema)
        vgs_fail(plan, VG_INVALID, "vg_seed: the schema is NULL");
    else if (version > VG_SEED_VERSION)
        vgs_fail(
            plan, VG_INVALID,
            "vg_seed: there is no version %u of the generators; this library has 1 to "
            "%d",
            version, VG_SEED_VERSION);
    /* A later version is mixed in here. */
    plan->key = vgs_mix(plan->options->seed + UINT64_C(0x9e3779b97f4a7c15));
}

/* Columns of which a CHECK takes nothing but NULL. */
static void leave_null(vgs_table *t)
{
    for (uint32_t i = 0; i < t->shape->column_count; i++) {
        vgs_column *c = &t->columns[i];
        if (c->bounds.null && !c->said && !c->nulls && c->c->nullable &&
            !(c->c->flags & (VG_F_DEFAULT | VG_F_FILLED | VG_F_GENERATED)))
            c->nulls = 100;
    }
}

int vgs_plan_make(vgs_plan *plan, bool fill)
{
    begin_plan(plan);
    if (!plan->failed)
        begin_tables(plan);
    if (!plan->failed)
        read_entries(plan);
    if (!fill)
        return plan->failed ? plan->code : VG_OK;
    for (size_t i = 0; i < plan->count && !plan->failed; i++) {
        vgs_find_keys(plan, &plan->tables[i]);
        vgs_read_checks(plan, &plan->tables[i]);
        leave_null(&plan->tables[i]);
    }
    vgs_link_all(plan);
    read_passed(plan);
    vgs_count_children(plan);
    for (size_t i = 0; i < plan->count && !plan->failed; i++)
        vgs_pair_links(plan, &plan->tables[i]);
    for (size_t i = 0; i < plan->count; i++) {
        vgs_table *t = &plan->tables[i];
        for (uint32_t c = 0; !t->passed && c < t->shape->column_count && !plan->failed;
             c++)
            finish_column(plan, t, &t->columns[c]);
        if (!plan->failed)
            vgs_pair_columns(plan, t);
    }
    for (size_t i = 0; i < plan->count && !plan->failed; i++) {
        check_links(plan, &plan->tables[i]);
        if (!plan->failed && !plan->tables[i].passed)
            vgs_check_keys(plan, &plan->tables[i]);
    }
    if (!plan->failed)
        vgs_order(plan);
    for (size_t i = 0; i < plan->count; i++)
        plan->total += plan->tables[i].passed ? 0 : plan->tables[i].count;
    return plan->failed ? plan->code : VG_OK;
}
