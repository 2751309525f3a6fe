/* Rendering INSERT, UPDATE and DELETE. */
#include "core/render.h"

static void returning(vg_render *r, vg_scope *scope, const vg_parts *p)
{
    if (!p->returning)
        return;
    vg__render_text(r, " returning ");
    scope->bare = scope->count == 1;
    vg__render_rows(r, p->returning);
    scope->bare = false;
}

static bool is_filtered(const vg_parts *p)
{
    return p->where || p->group_by || p->having || p->window_count || p->order_by ||
           p->limit || p->offset || p->all_rows || p->distinct || p->join_count ||
           p->distinct_on || p->lock || p->set_op_count;
}

static const vg_column *column_of(const vg_clause *q, const vg_item *item)
{
    return &q->shape->columns[item->column];
}

/* "a" = ... of the items of one kind; `seen`: their columns, as bits. */
static void assign(vg_render *r, const vg_clause *q, vg_item_kind kind, uint64_t *seen)
{
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind != (uint32_t)kind)
            continue;
        if (*seen >> item->column & 1)
            vg__render_fail(r, VG_INVALID, "SET(%s) stands twice",
                            column_of(q, item)->name);
        vg__render_text(r, *seen ? ", " : "");
        *seen |= UINT64_C(1) << item->column;
        vg__render_name(r, vg_column_name(column_of(q, item)));
        vg__render_text(r, " = ");
        vg__render_as(r, item->value, column_of(q, item), VG_FORM_LIST);
    }
}

/* "a" = ?, "b" = ...; whether there are any. */
static bool assignments(vg_render *r, const vg_clause *q)
{
    uint64_t seen = 0;
    assign(r, q, VG_ITEM_EACH, &seen); /* of UPDATE_ROWS */
    assign(r, q, VG_ITEM_SET, &seen);
    bool written = seen != 0;
    for (uint32_t i = 0; written && i < q->shape->column_count; i++) {
        const vg_column *column = &q->shape->columns[i];
        if (!column->update_fn || seen >> i & 1)
            continue;
        vg__render_text(r, ", ");
        vg__render_name(r, vg_column_name(column));
        vg__render_text(r, " = ");
        vg__render_param(r);
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

/* Entries in a clause where they mean nothing, or that may stand there once only; their
 * values would be bound to nothing. */
static void refuse_items(vg_render *r, const vg_clause *q, const char *word,
                         unsigned allowed)
{
    static const char *const words[] = {
        [VG_ITEM_SET] = "SET",
        [VG_ITEM_ROWS] = "VALUES",
        [VG_ITEM_DEFAULTS] = "DEFAULT_VALUES",
        [VG_ITEM_KEY] = "KEY",
        [VG_ITEM_KEY_WHERE] = "KEY_WHERE",
        [VG_ITEM_UPDATE_WHERE] = "UPDATE_WHERE",
        [VG_ITEM_NOTHING] = "DO_NOTHING",
        [VG_ITEM_CONSTRAINT] = "ON_CONSTRAINT",
        [VG_ITEM_OVERRIDING] = "OVERRIDING_SYSTEM_VALUE",
    };
    unsigned seen = 1u << VG_ITEM_SKIP;
    allowed |= seen;
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        unsigned bit = 1u << item->kind;
        if (!(allowed & bit))
            vg__render_fail(r, VG_INVALID, "%s(%s): %s has no place here", word,
                            q->shape->name, words[item->kind]);
        else if (seen & bit & (1u << VG_ITEM_KEY_WHERE | 1u << VG_ITEM_UPDATE_WHERE))
            vg__render_fail(r, VG_INVALID, "%s(%s): %s stands twice", word,
                            q->shape->name, words[item->kind]);
        seen |= bit;
    }
}

/* The database compares it with the index's condition, so values are written out. */
static void key_where(vg_render *r, const vg_node *x)
{
    vg_scope scope = *r->scope;
    const vg_scope *outer = r->scope;
    scope.bare = true;
    r->scope = &scope;
    r->literals = true;
    vg__render_condition(r, " where ", x);
    r->literals = false;
    r->scope = outer;
}

static void no_such_thing(vg_render *r, const char *what)
{
    if (!r->dialect->constraint_names)
        vg__render_fail(r, VG_UNSUPPORTED, "%s has no %s", r->dialect->name, what);
}

/* The conflict's constraint by name, in place of keys. */
static void constraint(vg_render *r, const vg_clause *q)
{
    const vg_item *named = find_item(q, VG_ITEM_CONSTRAINT);
    if (!named)
        return;
    no_such_thing(r, "ON_CONSTRAINT");
    if (find_item(q, VG_ITEM_KEY) || find_item(q, VG_ITEM_KEY_WHERE))
        vg__render_fail(r, VG_INVALID,
                        "ON_CONFLICT(%s): ON_CONSTRAINT and KEY exclude each other",
                        q->shape->name);
    vg__render_text(r, " on constraint ");
    vg__render_name(r, named->value.s);
}

static void overriding(vg_render *r, const vg_clause *q)
{
    const vg_item *item = find_item(q, VG_ITEM_OVERRIDING);
    if (!item)
        return;
    no_such_thing(r,
                  item->column ? "OVERRIDING_USER_VALUE" : "OVERRIDING_SYSTEM_VALUE");
    vg__render_text(r, item->column ? " overriding user value"
                                    : " overriding system value");
}

static void conflict(vg_render *r, const vg_clause *q)
{
    const vg_item *where = find_item(q, VG_ITEM_KEY_WHERE);
    size_t keys = 0;
    refuse_items(r, q, "ON_CONFLICT",
                 1u << VG_ITEM_SET | 1u << VG_ITEM_KEY | 1u << VG_ITEM_KEY_WHERE |
                     1u << VG_ITEM_UPDATE_WHERE | 1u << VG_ITEM_NOTHING |
                     1u << VG_ITEM_CONSTRAINT);
    vg__render_text(r, " on conflict");
    constraint(r, q);
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind != VG_ITEM_KEY)
            continue;
        vg__render_text(r, keys++ ? ", " : " (");
        vg__render_name(r, vg_column_name(column_of(q, item)));
    }
    if (keys)
        vg__render_text(r, ")");
    if (where && !vg__is_empty(where->value.node))
        key_where(r, where->value.node);
    if (!keys && r->dialect->one_conflict && !find_item(q, VG_ITEM_NOTHING) &&
        !find_item(q, VG_ITEM_CONSTRAINT))
        vg__render_fail(r, VG_INVALID,
                        "ON_CONFLICT(%s): %s wants a KEY or ON_CONSTRAINT to update by",
                        q->shape->name, r->dialect->name);
    if (find_item(q, VG_ITEM_NOTHING)) {
        if (find_item(q, VG_ITEM_SET))
            vg__render_fail(r, VG_INVALID,
                            "ON_CONFLICT(%s): DO_NOTHING and SET exclude each "
                            "other",
                            q->shape->name);
        if (find_item(q, VG_ITEM_UPDATE_WHERE))
            vg__render_fail(r, VG_INVALID,
                            "ON_CONFLICT(%s): DO_NOTHING has no use for UPDATE_WHERE",
                            q->shape->name);
        vg__render_text(r, " do nothing");
        return;
    }
    vg__render_text(r, " do update set ");
    r->in_conflict = true;
    if (!assignments(r, q))
        vg__render_fail(r, VG_INVALID,
                        "ON_CONFLICT(%s): say DO_NOTHING or SET a column",
                        q->shape->name);
    where = find_item(q, VG_ITEM_UPDATE_WHERE);
    if (where && !vg__is_empty(where->value.node))
        vg__render_condition(r, " where ", where->value.node);
    r->in_conflict = false;
}

static void insert_tail(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    if (p->conflict_count > 1 && r->dialect->one_conflict)
        vg__render_fail(r, VG_UNSUPPORTED, "%s takes a single ON_CONFLICT",
                        r->dialect->name);
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

/* The columns of an INSERT by SETs: those SET, then those that a function of the
 * program fills. */
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
        vg__render_comma(r, written++);
        if (names)
            vg__render_name(r, vg_column_name(column_of(q, item)));
        else
            vg__render_as(r, item->value, column_of(q, item), VG_FORM_LIST);
    }
    for (uint32_t i = 0; i < q->shape->column_count; i++) {
        if (set >> i & 1 || !vg__insert_fn(&q->shape->columns[i]))
            continue;
        vg__render_comma(r, written++);
        if (names)
            vg__render_name(r, vg_column_name(&q->shape->columns[i]));
        else
            vg__render_param(r);
    }
    return written;
}

/* Without FROM; the clauses of a SELECT have no place there. */
static void refuse_select(vg_render *r, const vg_parts *p)
{
    if (is_filtered(p) || p->from)
        vg__render_fail(
            r, VG_INVALID,
            "INSERT_INTO(%s) of values takes ON_CONFLICT and RETURNING, no WHERE, "
            "ORDER_BY or LIMIT (ON_CONFLICT has UPDATE_WHERE; FROM makes it a query)",
            p->head->shape->name);
}

static bool is_set(const vg_clause *q, uint32_t column)
{
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++)
        if (item->kind == VG_ITEM_SET && item->column == column)
            return true;
    return false;
}

static void refuse_in_insert_select(vg_render *r, const vg_parts *p)
{
    const vg_clause *q = p->head;
    const char *name = q->shape->name;
    if (!find_item(q, VG_ITEM_SET))
        vg__render_fail(r, VG_INVALID,
                        "INSERT_INTO(%s) with FROM: SET the columns that it selects",
                        name);
    if (p->set_op_count || p->all_rows)
        vg__render_fail(r, VG_INVALID,
                        "INSERT_INTO(%s) with FROM takes no ALL_ROWS and no set "
                        "operation; those go into FROM(SUBQUERY(...))",
                        name);
    for (uint32_t i = 0; i < q->shape->column_count; i++)
        if (vg__insert_fn(&q->shape->columns[i]) && !is_set(q, i))
            vg__render_fail(r, VG_INVALID,
                            "INSERT_INTO(%s) with FROM: %s is filled by a function, "
                            "which would give all rows one value; SET it",
                            name, q->shape->columns[i].name);
}

/* insert into ... select: the SETs name the columns and what is selected. */
static void insert_select(vg_render *r, const vg_parts *p)
{
    const vg_scope *outer = r->scope;
    vg_scope scope = {.outer = outer->outer};
    refuse_in_insert_select(r, p);
    vg__render_text(r, " (");
    insert_columns(r, p->head, true);
    vg__render_text(r, ")");
    overriding(r, p->head);
    vg__render_text(r, p->distinct ? " select distinct " : " select ");
    vg__render_add_source(r, &scope, p->from->shape);
    for (size_t i = 0; i < p->join_count; i++)
        vg__render_add_source(r, &scope, p->joins[i]->shape);
    r->scope = &scope;
    scope.bare = scope.count == 1;
    insert_columns(r, p->head, false);
    scope.bare = false;
    vg__render_text(r, " from ");
    vg__render_source(r, p->from->shape);
    vg__render_joins(r, p);
    vg__render_filters(r, p);
    r->scope = outer;
}

static bool has_values(const vg_clause *q)
{
    for (uint32_t i = 0; i < q->shape->column_count; i++)
        if (vg__insert_fn(&q->shape->columns[i]))
            return true;
    return find_item(q, VG_ITEM_SET) != NULL;
}

void vg__render_insert(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    vg__render_text(r, "insert into ");
    vg__render_table(r, p->head->shape);
    refuse_items(r, p->head, "INSERT_INTO",
                 1u << VG_ITEM_SET | 1u << VG_ITEM_ROWS | 1u << VG_ITEM_DEFAULTS |
                     1u << VG_ITEM_OVERRIDING);
    if (find_item(p->head, VG_ITEM_ROWS)) /* vg__insert_rows does not come here */
        vg__render_fail(r, VG_INVALID,
                        "INSERT_INTO(%s): VALUES may take several statements, which a "
                        "cursor and vg_sql cannot: use vg_all or vg_exec",
                        p->head->shape->name);
    if (find_item(p->head, VG_ITEM_DEFAULTS) && find_item(p->head, VG_ITEM_SET))
        vg__render_fail(r, VG_INVALID,
                        "INSERT_INTO(%s): DEFAULT_VALUES stands alone, without SET",
                        p->head->shape->name);
    if (p->from) {
        insert_select(r, p);
        insert_tail(r, p, scope);
        return;
    }
    refuse_select(r, p);
    if (has_values(p->head)) {
        vg__render_text(r, " (");
        insert_columns(r, p->head, true);
        vg__render_text(r, ")");
        overriding(r, p->head);
        vg__render_text(r, " values (");
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
    vg__render_table(r, shape);
    size_t written = 0;
    for (uint32_t i = 0; i < shape->column_count; i++) {
        if (!(mask >> i & 1))
            continue;
        vg__render_text(r, written++ ? ", " : " (");
        vg__render_name(r, vg_column_name(&shape->columns[i]));
    }
    vg__render_text(r, written ? ")" : "");
    overriding(r, p->head);
    vg__render_text(r, written ? " values " : " default values");
    for (size_t row = 0; written && row < row_count; row++) {
        vg__render_text(r, row ? ", (" : "(");
        for (size_t i = 0; i < written; i++) {
            vg__render_comma(r, i);
            vg__render_param(r);
        }
        vg__render_text(r, ")");
    }
    refuse_select(r, p);
    insert_tail(r, p, &scope);
    vg__render_comment(r, p->comment);
    r->scope = NULL;
}

static void refuse_in_write(vg_render *r, const vg_parts *p, const char *word)
{
    const char *name = p->head->shape->name;
    bool update = p->head->kind == VG_CLAUSE_UPDATE;
    if (!p->where && !p->all_rows && !p->limit)
        vg__render_fail(
            r, VG_INVALID,
            "%s(%s) without WHERE would touch every row; add ALL_ROWS if that "
            "is meant",
            word, name);
    if (p->where && p->all_rows)
        vg__render_fail(r, VG_INVALID, "%s(%s) has both WHERE and ALL_ROWS", word,
                        name);
    if (p->group_by || p->having || p->window_count || p->conflict_count ||
        p->set_op_count || p->distinct || p->distinct_on || p->lock)
        vg__render_fail(
            r, VG_INVALID,
            "%s(%s) takes no GROUP_BY, HAVING, DISTINCT, ON_CONFLICT or set "
            "operation",
            word, name);
    if (p->join_count && !p->from)
        vg__render_fail(r, VG_INVALID, "a join needs a FROM");
    if (p->from && (p->order_by || p->limit || p->offset))
        vg__render_fail(r, VG_INVALID, "%s(%s) with %s takes no ORDER_BY or LIMIT",
                        word, name, update ? "FROM" : "USING");
    if (p->offset || (p->order_by && !p->limit))
        vg__render_fail(
            r, VG_INVALID,
            "%s(%s): ORDER_BY needs a LIMIT to mean something, and there is no "
            "OFFSET here",
            word, name);
}

/* What says which row it is: the rowid, or the primary key of a table that has none. Of
 * several columns, in parentheses unless they are a list to be selected. */
static void row_key(vg_render *r, const vg_shape *t, const char *table, bool list)
{
    uint64_t key = 0;
    size_t written = 0;
    bool keyed = t->without_rowid || r->dialect->key_first;
    for (uint32_t i = 0; keyed && i < t->column_count; i++)
        if (t->columns[i].flags & VG_F_PRIMARY_KEY)
            key |= UINT64_C(1) << i;
    for (const vg_constraint *c = keyed ? t->constraints : NULL; c && c->kind; c++)
        for (size_t i = 0; c->kind == VG_CON_PRIMARY_KEY && i < c->column_count; i++)
            key |= UINT64_C(1) << c->columns[i];
    bool several = !list && (key & (key - 1));
    vg__render_text(r, several ? "(" : "");
    for (uint32_t i = 0; !written || i < t->column_count; i++) {
        if (key && !(key >> i & 1))
            continue;
        vg__render_comma(r, written++);
        if (table) {
            vg__render_name(r, table);
            vg__render_text(r, ".");
        }
        if (!key)
            vg__render_text(r, r->dialect->row_id);
        else
            vg__render_name(r, vg_column_name(&t->columns[i]));
        if (!key)
            break;
    }
    vg__render_text(r, several ? ")" : "");
}

/* WHERE, ORDER BY and LIMIT of a write. Where the database has no LIMIT there, the rows
 * are chosen by a subquery over their row ids. */
static void write_filters(vg_render *r, const vg_parts *p)
{
    /* SQLite wants RETURNING before ORDER BY, which the parameters do not. */
    if (!p->limit || (r->dialect->limit_on_writes && !p->returning)) {
        vg__render_filters(r, p);
        return;
    }
    vg__render_text(r, " where ");
    row_key(r, p->head->shape, NULL, false);
    vg__render_text(r, " in (select ");
    row_key(r, p->head->shape, NULL, true);
    vg__render_text(r, " from ");
    vg__render_table(r, p->head->shape);
    vg__render_filters(r, p);
    vg__render_text(r, ")");
}

/* Where the database has no USING, the rows are chosen by a subquery that joins. */
static void delete_using(vg_render *r, const vg_parts *p)
{
    const char *table = vg_table_name(p->head->shape);
    vg__render_text(r, " where ");
    row_key(r, p->head->shape, NULL, false);
    vg__render_text(r, " in (select ");
    row_key(r, p->head->shape, table, true);
    vg__render_text(r, " from ");
    vg__render_name(r, table);
    vg__render_text(r, ", ");
    vg__render_source(r, p->from->shape);
    vg__render_joins(r, p);
    vg__render_grouping(r, p);
    vg__render_text(r, ")");
}

void vg__render_change(vg_render *r, const vg_parts *p, vg_scope *scope)
{
    const vg_shape *shape = p->head->shape;
    bool update = p->head->kind == VG_CLAUSE_UPDATE;
    if (update && find_item(p->head, VG_ITEM_ROWS)) /* see vg__update_rows */
        vg__render_fail(
            r, VG_INVALID,
            "UPDATE_ROWS(%s) takes several statements, which a cursor cannot: "
            "use vg_all or vg_exec",
            shape->name);
    refuse_in_write(r, p, update ? "UPDATE" : "DELETE_FROM");
    if (p->from)
        vg__render_add_source(r, scope, p->from->shape);
    for (size_t i = 0; i < p->join_count; i++)
        vg__render_add_source(r, scope, p->joins[i]->shape);
    vg__render_text(r, update ? "update " : "delete from ");
    vg__render_table(r, shape);
    if (update) {
        refuse_items(r, p->head, "UPDATE", 1u << VG_ITEM_SET);
        vg__render_text(r, " set ");
        if (!assignments(r, p->head))
            vg__render_fail(r, VG_INVALID, "UPDATE(%s): no column is SET", shape->name);
    }
    if (p->from && !update && !r->dialect->delete_using) {
        delete_using(r, p);
        scope->count = 1; /* RETURNING knows the table alone */
    } else {
        if (p->from) {
            vg__render_text(r, update ? " from " : " using ");
            vg__render_source(r, p->from->shape);
            vg__render_joins(r, p);
        }
        write_filters(r, p);
    }
    returning(r, scope, p);
}

void vg__render_update_row(vg_render *r, const vg_parts *p)
{
    const vg_clause *q = p->head;
    vg_scope scope = {.sources = {q->shape}, .count = 1};
    size_t keys = 0;
    r->scope = &scope;
    vg__render_text(r, "update ");
    vg__render_name(r, vg_table_name(q->shape));
    vg__render_text(r, " set ");
    assignments(r, q);
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind != VG_ITEM_KEY)
            continue;
        vg__render_text(r, keys++ ? " and " : " where ");
        vg__render_node(r, &q->shape->nodes[item->column]);
        vg__render_text(r, " = ");
        vg__render_param(r);
    }
    returning(r, &scope, p);
    vg__render_comment(r, p->comment);
    r->scope = NULL;
}
