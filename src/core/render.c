/* Rendering statements. The order of the clauses here and in walk.c is the same. */
#include "core/render.h"
#include "core/codec.h"
#include <stdarg.h>
#include <stdio.h>

void vg__render_fail(vg_render *r, int code, const char *message, ...)
{
    if (r->failed)
        return;
    r->failed = code;
    va_list args;
    va_start(args, message);
    vsnprintf(r->message, sizeof r->message, message, args);
    va_end(args);
}

void vg__render_text(vg_render *r, const char *text)
{
    vg__buf_text(r->out, text);
}

void vg__render_name(vg_render *r, const char *name)
{
    vg__buf_name(r->out, r->dialect->quote, name);
}

void vg__render_param(vg_render *r)
{
    r->param_count++;
    if (!r->dialect->numbered_params) {
        vg__render_text(r, "?");
        return;
    }
    vg__render_text(r, "$");
    vg__buf_int(r->out, (int64_t)r->param_count);
}

/* ---- what is selected ---- */

static void comma(vg_render *r, size_t index)
{
    if (index)
        vg__render_text(r, ", ");
}

/* In SUBQUERY a field is known outside by its name: say it unless SQL does already. */
static void field_name(vg_render *r, const vg_column *field, const vg_node *x)
{
    if (!r->name_fields)
        return;
    if (x->op == VG_OP_COLUMN) {
        const vg_shape *shape = x->a;
        if (strcmp(vg_column_name(&shape->columns[x->n]), vg_column_name(field)) == 0)
            return;
    }
    vg__render_text(r, " as ");
    vg__render_name(r, vg_column_name(field));
}

static void all_columns(vg_render *r, const vg_shape *shape, size_t *written)
{
    for (uint32_t i = 0; i < shape->column_count; i++) {
        comma(r, (*written)++);
        vg__render_node(r, &shape->nodes[i]);
    }
}

typedef struct fields_ctx {
    vg_render *r;
    const vg_shape *shape;
} fields_ctx;

static void projection_fields(void *ctx, const vg_node *const *fields)
{
    fields_ctx *f = ctx;
    vg_render *r = f->r;
    bool name_fields = r->name_fields;
    size_t written = 0;
    for (uint32_t i = 0; i < f->shape->column_count && !r->failed; i++) {
        const vg_column *field = &f->shape->columns[i];
        if (field->nested) {
            if (name_fields || field->nested->kind == VG_SHAPE_PROJECTION)
                vg__render_fail(r, VG_INVALID,
                                "%s.%s: a ROW holds a table or an alias, and "
                                "cannot stand in a SUBQUERY",
                                f->shape->name, field->name);
            all_columns(r, field->nested, &written);
            continue;
        }
        comma(r, written++);
        r->name_fields = false; /* not for subqueries inside the field */
        vg__render_node(r, fields[i]);
        r->name_fields = name_fields;
        if (fields[i])
            field_name(r, field, fields[i]);
    }
}

void vg__render_rows(vg_render *r, const vg_clause *q)
{
    size_t written = 0;
    if (!q->shape)
        vg__render_node(r, q->c);
    else if (q->shape->kind == VG_SHAPE_PROJECTION)
        q->shape->fields(projection_fields, &(fields_ctx){r, q->shape});
    else
        all_columns(r, q->shape, &written);
}

/* ---- sources ---- */

static void source(vg_render *r, const vg_shape *shape)
{
    switch (shape->kind) {
    case VG_SHAPE_TABLE: vg__render_name(r, vg_table_name(shape)); return;
    case VG_SHAPE_ALIAS:
        if (shape->base->kind != VG_SHAPE_TABLE) {
            vg__render_fail(r, VG_INVALID,
                            "%s is the alias of a projection: say FROM(SUBQUERY(%s, "
                            "SELECT(...), ...))",
                            shape->name, shape->name);
            return;
        }
        vg__render_name(r, vg_table_name(shape->base));
        vg__render_text(r, " ");
        vg__render_name(r, shape->name);
        return;
    case VG_SHAPE_PROJECTION:
        vg__render_fail(
            r, VG_INVALID,
            "%s is a projection, no source of rows: give it an ALIAS and fill it "
            "by SUBQUERY",
            shape->name);
        return;
    case VG_SHAPE_DERIVED: break;
    }
    bool name_fields = r->name_fields;
    const vg_scope *scope = r->scope;
    r->name_fields = true;
    r->scope = scope->outer; /* a query in FROM does not see its neighbours */
    vg__render_text(r, "(");
    vg__render_query(r, shape->query, shape->clause_count);
    vg__render_text(r, ") ");
    r->scope = scope;
    r->name_fields = name_fields;
    vg__render_name(r, shape->name);
}

static void joins(vg_render *r, const vg_parts *p)
{
    static const char *const words[] = {[VG_JOIN_INNER] = " inner join ",
                                        [VG_JOIN_LEFT] = " left join ",
                                        [VG_JOIN_RIGHT] = " right join ",
                                        [VG_JOIN_FULL] = " full join ",
                                        [VG_JOIN_CROSS] = " cross join "};
    for (size_t i = 0; i < p->join_count; i++) {
        const vg_clause *q = p->joins[i];
        vg__render_text(r, words[q->sub]);
        source(r, q->shape);
        if (q->sub == VG_JOIN_CROSS)
            continue;
        vg__render_text(r, " on ");
        if (vg__is_empty(q->c))
            vg__render_text(r, r->dialect->true_text);
        else
            vg__render_node(r, q->c);
    }
}

static const char *name_of_source(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_TABLE ? vg_table_name(shape) : shape->name;
}

static void add_source(vg_render *r, vg_scope *scope, const vg_shape *shape)
{
    for (size_t i = 0; i < scope->count; i++)
        if (strcmp(name_of_source(scope->sources[i]), name_of_source(shape)) == 0)
            vg__render_fail(r, VG_INVALID,
                            "%s stands twice in FROM: join an ALIAS of it",
                            shape->name);
    scope->sources[scope->count++] = shape;
}

/* ---- clauses after FROM ---- */

static void terms(vg_render *r, const char *word, const vg_clause *q)
{
    size_t written = 0;
    const vg_node *const *list = q ? q->b : NULL;
    for (uint32_t i = 0; q && i < q->n; i++) {
        if (!list[i])
            continue;
        vg__render_text(r, written++ ? ", " : word);
        vg__render_node(r, list[i]);
    }
}

static void condition(vg_render *r, const char *word, const vg_node *x)
{
    if (!x)
        return;
    vg__render_text(r, word);
    vg__render_node(r, x);
}

static void limits(vg_render *r, const vg_parts *p)
{
    if (p->limit >= 0) {
        vg__render_text(r, " limit ");
        vg__render_param(r);
    }
    if (p->offset >= 0) {
        if (p->limit < 0)
            vg__render_text(r, r->dialect->offset_alone);
        vg__render_text(r, " offset ");
        vg__render_param(r);
    }
}

static void filters(vg_render *r, const vg_parts *p)
{
    condition(r, " where ", p->where);
    terms(r, " group by ", p->group_by);
    condition(r, " having ", p->having);
    terms(r, " order by ", p->order_by);
    limits(r, p);
}

static void returning(vg_render *r, vg_scope *scope, const vg_parts *p)
{
    if (!p->returning)
        return;
    vg__render_text(r, " returning ");
    scope->bare = scope->count == 1;
    vg__render_rows(r, p->returning);
    scope->bare = false;
}

static void refuse_in_select(vg_render *r, const vg_parts *p)
{
    if (p->returning || p->conflict_count || p->all_rows)
        vg__render_fail(
            r, VG_INVALID,
            "RETURNING, ON_CONFLICT and ALL_ROWS belong to INSERT_INTO, UPDATE "
            "and DELETE_FROM");
}

static bool is_filtered(const vg_parts *p)
{
    return p->where || p->group_by || p->having || p->order_by || p->limit >= 0 ||
           p->offset >= 0 || p->all_rows;
}

static void select(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    const vg_clause *head = p->head;
    const vg_shape *main = vg__main_shape(p);
    refuse_in_select(r, p);
    scope->projection = head->kind == VG_CLAUSE_SELECT && head->shape &&
                                head->shape->kind == VG_SHAPE_PROJECTION
                            ? head->shape
                            : NULL;
    if (main)
        add_source(r, scope, main);
    for (size_t i = 0; i < p->join_count; i++)
        add_source(r, scope, p->joins[i]->shape);
    if (head->kind == VG_CLAUSE_SELECT_COUNT) {
        vg__render_text(r, head->sub ? "select exists (select 1" : "select count(*)");
    } else {
        vg__render_text(r, head->sub ? "select distinct " : "select ");
        scope->bare = scope->count == 1;
        vg__render_rows(r, head);
        scope->bare = false;
    }
    if (main) {
        vg__render_text(r, " from ");
        source(r, main);
    } else if (p->join_count) {
        vg__render_fail(r, VG_INVALID, "a join needs a FROM");
    }
    joins(r, p);
    filters(r, p);
    if (head->kind == VG_CLAUSE_SELECT_COUNT && head->sub)
        vg__render_text(r, ")");
}

/* ---- INSERT, UPDATE, DELETE ---- */

static const vg_column *column_of(const vg_clause *q, const vg_item *item)
{
    return &q->shape->columns[item->column];
}

/* "a" = ?, "b" = ...; the number of SETs. */
static size_t assignments(vg_render *r, const vg_clause *q, const char *word)
{
    uint64_t seen = 0;
    size_t written = 0;
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind != VG_ITEM_SET)
            continue;
        if (seen >> item->column & 1)
            vg__render_fail(r, VG_INVALID, "SET(%s) stands twice",
                            column_of(q, item)->name);
        seen |= UINT64_C(1) << item->column;
        vg__render_text(r, written++ ? ", " : word);
        vg__render_name(r, vg_column_name(column_of(q, item)));
        vg__render_text(r, " = ");
        vg__render_operand(r, item->value);
    }
    return written;
}

static const vg_item *find_item(const vg_clause *q, vg_item_kind kind)
{
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++)
        if (item->kind == kind)
            return item;
    return NULL;
}

static void conflict(vg_render *r, const vg_clause *q)
{
    const vg_item *where = find_item(q, VG_ITEM_KEY_WHERE);
    size_t keys = 0;
    vg__render_text(r, " on conflict");
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind != VG_ITEM_KEY)
            continue;
        vg__render_text(r, keys++ ? ", " : " (");
        vg__render_name(r, vg_column_name(column_of(q, item)));
    }
    if (keys)
        vg__render_text(r, ")");
    if (where && !vg__is_empty(where->value.node))
        condition(r, " where ", where->value.node);
    if (find_item(q, VG_ITEM_NOTHING)) {
        if (find_item(q, VG_ITEM_SET))
            vg__render_fail(r, VG_INVALID,
                            "ON_CONFLICT(%s): DO_NOTHING and SET exclude each "
                            "other",
                            q->shape->name);
        vg__render_text(r, " do nothing");
        return;
    }
    vg__render_text(r, " do update set ");
    if (!assignments(r, q, ""))
        vg__render_fail(r, VG_INVALID,
                        "ON_CONFLICT(%s): say DO_NOTHING or SET a column",
                        q->shape->name);
    where = find_item(q, VG_ITEM_UPDATE_WHERE);
    if (where && !vg__is_empty(where->value.node))
        condition(r, " where ", where->value.node);
}

static void insert_tail(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    if (is_filtered(p) || p->from || p->join_count)
        vg__render_fail(
            r, VG_INVALID,
            "INSERT_INTO(%s) takes ON_CONFLICT and RETURNING, no FROM, WHERE, "
            "ORDER_BY or LIMIT (ON_CONFLICT has UPDATE_WHERE)",
            p->head->shape->name);
    for (size_t i = 0; i < p->conflict_count; i++) {
        if (p->conflicts[i]->shape != p->head->shape)
            vg__render_fail(
                r, VG_INVALID,
                "ON_CONFLICT(%s) belongs to another table than INSERT_INTO(%s)",
                p->conflicts[i]->shape->name, p->head->shape->name);
        conflict(r, p->conflicts[i]);
    }
    returning(r, scope, p);
}

/* The columns of an INSERT by SETs: those SET, then those whose DEFAULT_FN speaks. */
static size_t insert_columns(vg_render *r, const vg_clause *q, bool names)
{
    uint64_t set = 0;
    size_t written = 0;
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind != VG_ITEM_SET)
            continue;
        if (set >> item->column & 1)
            vg__render_fail(r, VG_INVALID, "SET(%s) stands twice",
                            column_of(q, item)->name);
        set |= UINT64_C(1) << item->column;
        comma(r, written++);
        if (names)
            vg__render_name(r, vg_column_name(column_of(q, item)));
        else
            vg__render_operand(r, item->value);
    }
    for (uint32_t i = 0; i < q->shape->column_count; i++) {
        if (set >> i & 1 || !q->shape->columns[i].default_fn)
            continue;
        comma(r, written++);
        if (names)
            vg__render_name(r, vg_column_name(&q->shape->columns[i]));
        else
            vg__render_param(r);
    }
    return written;
}

static bool has_values(const vg_clause *q)
{
    for (uint32_t i = 0; i < q->shape->column_count; i++)
        if (q->shape->columns[i].default_fn)
            return true;
    return find_item(q, VG_ITEM_SET) != NULL;
}

static void insert(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    vg__render_text(r, "insert into ");
    vg__render_name(r, vg_table_name(p->head->shape));
    if (find_item(p->head, VG_ITEM_ROWS)) /* vg__insert_rows does not come here */
        vg__render_fail(r, VG_INVALID,
                        "INSERT_INTO(%s): VALUES may take several statements, which a "
                        "cursor and vg_sql cannot: use vg_all or vg_exec",
                        p->head->shape->name);
    if (find_item(p->head, VG_ITEM_DEFAULTS) && find_item(p->head, VG_ITEM_SET))
        vg__render_fail(r, VG_INVALID,
                        "INSERT_INTO(%s): DEFAULT_VALUES stands alone, without SET",
                        p->head->shape->name);
    if (has_values(p->head)) {
        vg__render_text(r, " (");
        insert_columns(r, p->head, true);
        vg__render_text(r, ") values (");
        insert_columns(r, p->head, false);
        vg__render_text(r, ")");
    } else {
        vg__render_text(r, " default values");
    }
    insert_tail(r, p, scope);
}

void vg__render_insert_rows(vg_render *r, const vg_parts *p, uint64_t mask,
                            size_t row_count)
{
    const vg_shape *shape = p->head->shape;
    vg_scope scope = {.sources = {shape}, .count = 1};
    r->scope = &scope;
    vg__render_text(r, "insert into ");
    vg__render_name(r, vg_table_name(shape));
    size_t written = 0;
    for (uint32_t i = 0; i < shape->column_count; i++) {
        if (!(mask >> i & 1))
            continue;
        vg__render_text(r, written++ ? ", " : " (");
        vg__render_name(r, vg_column_name(&shape->columns[i]));
    }
    vg__render_text(r, written ? ") values " : " default values");
    for (size_t row = 0; written && row < row_count; row++) {
        vg__render_text(r, row ? ", (" : "(");
        for (size_t i = 0; i < written; i++) {
            comma(r, i);
            vg__render_param(r);
        }
        vg__render_text(r, ")");
    }
    insert_tail(r, p, &scope);
    r->scope = NULL;
}

static void refuse_in_write(vg_render *r, const vg_parts *p, const char *word)
{
    const char *name = p->head->shape->name;
    bool update = p->head->kind == VG_CLAUSE_UPDATE;
    if (!p->where && !p->all_rows && p->limit < 0)
        vg__render_fail(
            r, VG_INVALID,
            "%s(%s) without WHERE would touch every row; add ALL_ROWS if that "
            "is meant",
            word, name);
    if (p->where && p->all_rows)
        vg__render_fail(r, VG_INVALID, "%s(%s) has both WHERE and ALL_ROWS", word,
                        name);
    if (p->group_by || p->having || p->conflict_count)
        vg__render_fail(r, VG_INVALID,
                        "%s(%s) takes no GROUP_BY, HAVING or ON_CONFLICT", word, name);
    if (!update && (p->from || p->join_count))
        vg__render_fail(
            r, VG_INVALID,
            "DELETE_FROM(%s) takes no FROM or joins; say WHERE(EXISTS(...))", name);
    if (p->join_count && !p->from)
        vg__render_fail(r, VG_INVALID, "a join needs a FROM");
    if (p->from && (p->order_by || p->limit >= 0 || p->offset >= 0))
        vg__render_fail(r, VG_INVALID,
                        "UPDATE(%s) with FROM takes no ORDER_BY or LIMIT", name);
    if (p->offset >= 0 || (p->order_by && p->limit < 0))
        vg__render_fail(
            r, VG_INVALID,
            "%s(%s): ORDER_BY needs a LIMIT to mean something, and there is no "
            "OFFSET here",
            word, name);
}

/* WHERE, ORDER BY and LIMIT of a write. Where the database has no LIMIT there, the rows
 * are chosen by a subquery over their row ids. */
static void write_filters(vg_render *r, const vg_parts *p)
{
    if (p->limit < 0 || r->dialect->limit_on_writes) {
        filters(r, p);
        return;
    }
    vg__render_text(r, " where rowid in (select rowid from ");
    vg__render_name(r, vg_table_name(p->head->shape));
    filters(r, p);
    vg__render_text(r, ")");
}

static void update_or_delete(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    const vg_shape *shape = p->head->shape;
    bool update = p->head->kind == VG_CLAUSE_UPDATE;
    refuse_in_write(r, p, update ? "UPDATE" : "DELETE_FROM");
    if (p->from)
        add_source(r, scope, p->from->shape);
    for (size_t i = 0; i < p->join_count; i++)
        add_source(r, scope, p->joins[i]->shape);
    vg__render_text(r, update ? "update " : "delete from ");
    vg__render_name(r, vg_table_name(shape));
    if (update) {
        vg__render_text(r, " set ");
        if (!assignments(r, p->head, ""))
            vg__render_fail(r, VG_INVALID, "UPDATE(%s): no column is SET", shape->name);
    }
    if (p->from) {
        vg__render_text(r, " from ");
        source(r, p->from->shape);
        joins(r, p);
    }
    write_filters(r, p);
    returning(r, scope, p);
}

/* ---- whole statements ---- */

void vg__render(vg_render *r, const vg_parts *p)
{
    if (p->problem) {
        vg__render_fail(r, VG_INVALID, "the statement is not valid: %s", p->problem);
        return;
    }
    vg_scope scope = {.outer = r->scope};
    const vg_shape *shape = p->head->shape;
    r->scope = &scope;
    switch (p->head->kind) {
    case VG_CLAUSE_RAW:
        vg__render_fragment(r, p->head->text, p->head->b, p->head->n);
        break;
    case VG_CLAUSE_SELECT:
    case VG_CLAUSE_SELECT_COUNT: select(r, p, &scope); break;
    default:
        if (shape->kind != VG_SHAPE_TABLE)
            vg__render_fail(r, VG_INVALID,
                            "%s is not a table: INSERT, UPDATE and DELETE "
                            "change tables",
                            shape->name);
        add_source(r, &scope, shape);
        if (p->head->kind == VG_CLAUSE_INSERT)
            insert(r, p, &scope);
        else
            update_or_delete(r, p, &scope);
        break;
    }
    r->scope = scope.outer;
}

void vg__render_query(vg_render *r, const vg_clause *query, size_t count)
{
    vg_parts parts;
    vg__parts(&parts, query, count);
    if (!parts.problem && parts.head->kind > VG_CLAUSE_RAW)
        vg__render_fail(r, VG_INVALID, "a subquery must be a SELECT");
    vg__render(r, &parts);
}
