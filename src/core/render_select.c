/* Rendering SELECT: what is selected, where from, and the clauses after FROM. */
#include "core/codec.h"
#include "core/render.h"

/* ---- what is selected ---- */

void vg__render_comma(vg_render *r, size_t index)
{
    if (index)
        vg__render_text(r, ", ");
}

/* In SUBQUERY a field is known outside by its name: say it unless SQL does already. */
static void field_name(vg_render *r, const vg_column *field, const vg_node *x)
{
    if (r->name_fields == VG_NAMES_NONE)
        return;
    /* Of several tables a set operation's ORDER BY takes no column whose name two have. */
    bool clear = r->name_fields != VG_NAMES_ORDER || r->scope->bare;
    if (x->op == VG_OP_COLUMN && clear) {
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
        vg__render_comma(r, (*written)++);
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
    vg_naming name_fields = r->name_fields;
    size_t written = 0;
    for (uint32_t i = 0; i < f->shape->column_count && !r->failed; i++) {
        const vg_column *field = &f->shape->columns[i];
        if (field->nested) {
            if (name_fields == VG_NAMES_ALIAS ||
                field->nested->kind == VG_SHAPE_PROJECTION)
                vg__render_fail(r, VG_INVALID,
                                "%s.%s: a ROW holds a table or an alias, and "
                                "cannot stand in a SUBQUERY or VIEW",
                                f->shape->name, field->name);
            all_columns(r, field->nested, &written);
            continue;
        }
        const vg_column *codec = vg__codec_of(fields[i]);
        if (field->coder && codec && codec->coder && codec->coder != field->coder)
            vg__render_fail(
                r, VG_INVALID, "%s.%s: FIELD_AS says %s, the column is of %s",
                f->shape->name, field->name, field->coder->name, codec->coder->name);
        vg__render_comma(r, written++);
        r->name_fields = VG_NAMES_NONE; /* not for subqueries inside the field */
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

/* What the database knows by name. */
static void stored(vg_render *r, const vg_shape *shape)
{
    if (r->uses)
        r->uses(r, shape);
    vg__render_table(r, shape);
}

static bool is_stored(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_TABLE || shape->kind == VG_SHAPE_VIEW;
}

/* JSON_EACH, JSON_TREE: rows that a function yields. */
static bool is_call(const vg_shape *derived)
{
    const vg_clause *q = derived->query;
    const vg_node *x = q->kind == VG_CLAUSE_SELECT && !q->shape ? q->c : NULL;
    return x && (x->op == VG_OP_JSON_EACH || x->op == VG_OP_JSON_TREE);
}

/* With LATERAL a query in FROM sees its neighbours. */
static void source(vg_render *r, const vg_shape *shape, bool lateral)
{
    switch (shape->kind) {
    case VG_SHAPE_TABLE:
    case VG_SHAPE_VIEW: stored(r, shape); return;
    case VG_SHAPE_ALIAS:
        if (vg__render_knows_cte(r, shape)) {
            vg__render_name(r, shape->name);
            return;
        }
        if (!is_stored(shape->base)) {
            vg__render_fail(r, VG_INVALID,
                            "%s is the alias of a projection: say FROM(SUBQUERY(%s, "
                            "SELECT(...), ...)) or fill it by a CTE",
                            shape->name, shape->name);
            return;
        }
        stored(r, shape->base);
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
    default: return; /* has no rows: the compiler refuses it */
    }
    if (is_call(shape)) {
        vg__render_node(r, shape->query->c); /* which sees its neighbours */
        vg__render_text(r, " ");
        vg__render_name(r, shape->name);
        return;
    }
    if (shape->base->kind == VG_SHAPE_PROJECTION)
        vg__render_fail(
            r, VG_INVALID,
            "SUBQUERY(%s): it is a projection; give it an ALIAS and fill that",
            shape->name);
    vg_naming name_fields = r->name_fields;
    const vg_scope *scope = r->scope;
    r->name_fields = VG_NAMES_ALIAS;
    if (!lateral)
        r->scope = scope->outer; /* a query in FROM does not see its neighbours */
    vg__render_text(r, "(");
    vg__render_query(r, shape->query, shape->clause_count);
    vg__render_text(r, ") ");
    r->scope = scope;
    r->name_fields = name_fields;
    vg__render_name(r, shape->name);
}

void vg__render_source(vg_render *r, const vg_shape *shape)
{
    source(r, shape, false);
}

static void no_such_thing(vg_render *r, const char *what)
{
    if (!r->dialect->select_more)
        vg__render_fail(r, VG_UNSUPPORTED, "%s has no %s", r->dialect->name, what);
}

void vg__render_joins(vg_render *r, const vg_parts *p)
{
    static const char *const words[] = {[VG_JOIN_INNER] = " inner join ",
                                        [VG_JOIN_LEFT] = " left join ",
                                        [VG_JOIN_RIGHT] = " right join ",
                                        [VG_JOIN_FULL] = " full join ",
                                        [VG_JOIN_CROSS] = " cross join "};
    for (size_t i = 0; i < p->join_count; i++) {
        const vg_clause *q = p->joins[i];
        bool lateral = q->sub & VG_JOIN_LATERAL_BIT;
        vg__render_text(r, words[q->sub & 7]);
        if (lateral && q->shape->kind != VG_SHAPE_DERIVED)
            vg__render_fail(r, VG_INVALID, "a LATERAL join takes a SUBQUERY");
        if (lateral) {
            no_such_thing(r, "LATERAL join");
            vg__render_text(r, "lateral ");
        }
        source(r, q->shape, lateral);
        if ((q->sub & 7) == VG_JOIN_CROSS)
            continue;
        vg__render_text(r, " on ");
        if (vg__is_empty(q->c))
            vg__render_text(r, r->dialect->true_text);
        else
            vg__render_at(r, VG_SPOT_ON, q->c);
    }
}

void vg__render_add_source(vg_render *r, vg_scope *scope, const vg_shape *shape)
{
    for (size_t i = 0; i < scope->count; i++)
        if (strcmp(vg_table_name(scope->sources[i]), vg_table_name(shape)) == 0)
            vg__render_fail(r, VG_INVALID,
                            "%s stands twice in FROM: join an ALIAS of it",
                            shape->name);
    scope->sources[scope->count++] = shape;
}

/* ---- clauses after FROM ---- */

void vg__render_terms(vg_render *r, const char *word, const vg_clause *q)
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

void vg__render_condition(vg_render *r, const char *word, const vg_node *x)
{
    if (!x)
        return;
    vg__render_text(r, word);
    vg__render_node(r, x);
}

static void amount(vg_render *r, const char *word, const vg_clause *q)
{
    vg__render_text(r, word);
    if (q->sub && q->node->op == VG_OP_COLUMN)
        vg__render_fail(r, VG_INVALID,
                        "LIMIT and OFFSET take a number, which no column of a row is");
    if (q->sub)
        vg__render_node(r, q->node);
    else
        vg__render_param(r);
}

static void limits(vg_render *r, const vg_parts *p)
{
    if (p->limit)
        amount(r, " limit ", p->limit);
    if (p->offset && !p->limit)
        vg__render_text(r, r->dialect->offset_alone);
    if (p->offset)
        amount(r, " offset ", p->offset);
}

void vg__render_grouping(vg_render *r, const vg_parts *p)
{
    r->spot = VG_SPOT_WHERE;
    if (!p->where && p->conflict_count && r->dialect->conflict_needs_where)
        vg__render_text(r, " where true");
    vg__render_condition(r, " where ", p->where);
    r->spot = VG_SPOT_GROUP_BY;
    vg__render_terms(r, " group by ", p->group_by);
    r->spot = VG_SPOT_HAVING;
    vg__render_condition(r, " having ", p->having);
    r->spot = VG_SPOT_ANY;
    vg__render_windows(r, p);
}

void vg__render_ordering(vg_render *r, const vg_parts *p)
{
    vg__render_terms(r, " order by ", p->order_by);
    limits(r, p);
}

void vg__render_filters(vg_render *r, const vg_parts *p)
{
    vg__render_grouping(r, p);
    vg__render_ordering(r, p);
}

static void distinct_on(vg_render *r, const vg_clause *q)
{
    no_such_thing(r, "DISTINCT_ON");
    vg__render_terms(r, "distinct on (", q);
    vg__render_text(r, ") ");
}

/* " for update of "a", "b" nowait" */
static void lock(vg_render *r, const vg_clause *q)
{
    static const char *const words[] = {[VG_LOCK_UPDATE] = " for update",
                                        [VG_LOCK_NO_KEY_UPDATE] = " for no key update",
                                        [VG_LOCK_SHARE] = " for share",
                                        [VG_LOCK_KEY_SHARE] = " for key share"};
    const vg_lock_option *options = q->b;
    vg_lock_wait wait = VG_LOCK_WAITS;
    size_t written = 0;
    no_such_thing(r, "FOR_UPDATE; VG_TX_IMMEDIATE keeps other writers out");
    vg__render_text(r, words[q->sub]);
    for (uint32_t i = 0; i < q->n; i++) {
        wait = options[i].wait ? options[i].wait : wait;
        if (!options[i].of)
            continue;
        if (!vg__render_scope_of(r, options[i].of))
            vg__render_fail(r, VG_INVALID, "LOCK_OF(%s): it is not in FROM",
                            options[i].of->name);
        vg__render_text(r, written++ ? ", " : " of ");
        vg__render_name(r, vg_table_name(options[i].of));
    }
    vg__render_text(r, wait == VG_LOCK_NOWAIT  ? " nowait"
                       : wait == VG_LOCK_SKIPS ? " skip locked"
                                               : "");
}

static void refuse_in_select(vg_render *r, const vg_parts *p)
{
    if (p->lock && (p->set_op_count || p->head->kind != VG_CLAUSE_SELECT))
        vg__render_fail(r, VG_INVALID,
                        "FOR_UPDATE and its kind lock the rows of a plain SELECT");
    if (p->returning || p->conflict_count || p->all_rows)
        vg__render_fail(
            r, VG_INVALID,
            "RETURNING, ON_CONFLICT and ALL_ROWS belong to INSERT_INTO, UPDATE "
            "and DELETE_FROM");
    if (p->columns || p->computed_count || p->with_count)
        vg__render_check_tree(r, p);
}

/* SELECT up to HAVING. */
static void block(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    const vg_clause *head = p->head;
    const vg_shape *main = vg__main_shape(p);
    scope->projection = head->kind == VG_CLAUSE_SELECT && head->shape &&
                                head->shape->kind == VG_SHAPE_PROJECTION
                            ? head->shape
                            : NULL;
    if (main)
        vg__render_add_source(r, scope, main);
    for (size_t i = 0; i < p->join_count; i++)
        vg__render_add_source(r, scope, p->joins[i]->shape);
    if (head->kind == VG_CLAUSE_SELECT_COUNT) {
        vg__render_text(r, head->sub ? "select exists (select 1" : "select count(*)");
    } else {
        vg__render_text(r, (head->sub || p->distinct) && !p->distinct_on
                               ? "select distinct "
                               : "select ");
        scope->bare = scope->count == 1 && !p->keys;
        if (p->distinct_on)
            distinct_on(r, p->distinct_on);
        if (p->columns || p->computed_count)
            vg__render_chosen(r, p);
        else
            vg__render_rows(r, head);
        scope->bare = false;
    }
    if (main) {
        vg__render_text(r, " from ");
        vg__render_keys(r, p->keys);
        vg__render_source(r, main);
        vg__render_match(r, p->keys);
    } else if (p->join_count) {
        vg__render_fail(r, VG_INVALID, "a join needs a FROM");
    }
    vg__render_joins(r, p);
    vg__render_grouping(r, p);
}

/* A first query that is no SELECT: COMPOUND, or text. */
static void first_query(vg_render *r, const vg_parts *p)
{
    const vg_clause *head = p->head;
    bool compound = head->kind == VG_CLAUSE_COMPOUND;
    bool more = p->set_op_count || p->order_by || p->limit || p->offset;
    if (p->from || p->join_count || p->where || p->group_by || p->having ||
        p->window_count || p->distinct || (more && !compound && !head->c))
        vg__render_fail(r, VG_INVALID,
                        "%s takes set operations, ORDER_BY and LIMIT beside it, no "
                        "other clauses",
                        compound  ? "COMPOUND"
                        : head->c ? "RAW_SELECT"
                                  : "RAW stands alone; RAW_SELECT");
    if (compound)
        vg__render_wrapped(r, head->b, head->n);
    else if (more)
        vg__render_wrapped(r, head, 1);
    else
        vg__render_fragment(r, head->text, head->b, head->n);
}

void vg__render_select(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    const vg_clause *head = p->head;
    vg_naming name_fields = r->name_fields;
    bool is_select =
        head->kind == VG_CLAUSE_SELECT || head->kind == VG_CLAUSE_SELECT_COUNT;
    bool is_count = head->kind == VG_CLAUSE_SELECT_COUNT;
    bool whole = p->set_op_count || !is_select;
    refuse_in_select(r, p);
    if (is_count && p->set_op_count)
        vg__render_fail(r, VG_INVALID,
                        "a set operation is counted in FROM(SUBQUERY(alias, ...))");
    if (p->set_op_count && p->order_by && name_fields == VG_NAMES_NONE)
        r->name_fields = VG_NAMES_ORDER;
    bool wrap = is_select && p->set_op_count && r->dialect->wrap_operands;
    vg__render_set_opens(r, p);
    vg__render_text(r, wrap ? r->dialect->operand_open : "");
    bool ranked = vg__render_rank_open(r, p);
    if (is_select)
        block(r, p, scope);
    else
        first_query(r, p);
    if (ranked) {
        vg__render_rank_close(r, p);
        return;
    }
    vg__render_text(r, wrap ? r->dialect->operand_close : "");
    r->name_fields = name_fields;
    vg__render_set_ops(r, p);
    vg_scope result = {.outer = scope->outer, .result = vg__first_head(head)};
    if (whole)
        r->scope = &result;
    vg__render_ordering(r, p);
    r->scope = scope;
    if (p->lock)
        lock(r, p->lock);
    if (is_count && head->sub)
        vg__render_text(r, ")");
}
