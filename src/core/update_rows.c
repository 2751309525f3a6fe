/* Updating from structs: UPDATE_ROWS(t, rows, n, KEY(...), SET_EACH(...)).
 *
 * Each row runs the same prepared UPDATE, all in one transaction. One statement for many
 * rows (UPDATE ... FROM (VALUES ...), CASE WHEN) was measured on SQLite and is slower, the
 * more so the more columns are set. */
#include "core/run.h"

/* What is wrong with the statement; NULL if nothing is. */
static const char *problem_of(const vg_parts *p)
{
    const vg_clause *q = p->head;
    size_t keys = 0, sets = 0;
    if (p->problem)
        return p->problem;
    const vg_item *rows = q->b;
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        keys += item->kind == VG_ITEM_KEY;
        sets += item->kind == VG_ITEM_EACH;
        if ((item->kind == VG_ITEM_KEY || item->kind == VG_ITEM_EACH) &&
            q->shape->columns[item->column].flags & VG_F_GENERATED)
            return "a GENERATED column is no KEY here and cannot be SET";
    }
    if (!keys || !sets)
        return "KEY(...) must say which columns find the row, SET_EACH(...) which are "
               "set";
    if (q->shape->kind != VG_SHAPE_TABLE)
        return "it is not a table";
    if (p->from || p->join_count || p->where || p->all_rows || p->group_by ||
        p->having || p->order_by || p->limit || p->offset || p->conflict_count ||
        p->set_op_count || p->cte_count || p->window_count || p->distinct)
        return "RETURNING and COMMENT are the only clauses that it takes";
    if (vg_value_len(rows->value) && !rows->value.p)
        return "the rows are NULL, but not empty";
    return NULL;
}

static void add_member(vg_walk *w, const vg_shape *shape, const vg_item *item,
                       const vg_value *rows, size_t index)
{
    const vg_column *c = &shape->columns[item->column];
    bool is_new = vg_value_kind_of(*rows) == VG_V_BLOB;
    const char *row =
        (const char *)rows->p + index * (is_new ? shape->new_size : shape->row_size);
    vg_value v = vg__member_value(row + (is_new ? c->new_offset : c->offset), c,
                                  is_new ? c->new_optional : c->nullable);
    bool null = vg_value_kind_of(v) == VG_V_NULL || (vg__member_is_pointer(c) && !v.p);
    vg__walk_word(w, (uint64_t)(uintptr_t)c);
    if (null && item->kind == VG_ITEM_KEY)
        vg__walk_fail(w, VG_INVALID, "UPDATE_ROWS: row %zu: the key %s.%s is NULL",
                      index, shape->name, c->name);
    else if (null && !c->nullable)
        vg__walk_fail(w, VG_NOT_NULL,
                      "UPDATE_ROWS: row %zu: %s.%s is NULL, but NOT NULL", index,
                      shape->name, c->name);
    vg__walk_member(w, row + (is_new ? c->new_offset : c->offset), c,
                    is_new ? c->new_optional : c->nullable);
}

static void add_members(vg_walk *w, const vg_clause *q, vg_item_kind kind, size_t index)
{
    const vg_item *items = q->b;
    for (const vg_item *item = items; item->kind != VG_ITEM_END; item++)
        if (item->kind == (uint32_t)kind)
            add_member(w, q->shape, item, &items->value, index);
}

/* In the order of vg__render_update_row. */
static void walk_row(vg_walk *w, const vg_parts *p, size_t index)
{
    vg__walk_begin(w);
    vg__walk_word(w, VG_WORD(VG_MARK(VG_CLAUSE_UPDATE), 1));
    vg__walk_word(w, (uint64_t)(uintptr_t)p->head->shape);
    add_members(w, p->head, VG_ITEM_EACH, index);
    vg__walk_sets(w, p->head);
    vg__walk_word(w, VG_WORD(VG_MARK(VG_CLAUSE_WHERE), 0));
    add_members(w, p->head, VG_ITEM_KEY, index);
    vg__walk_tail(w, p);
}

static int update_all(vg_db *db, const vg_text_source *text, const vg_parts *p,
                      size_t rows, vg_sink *sink, int64_t *changes)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < rows; i++) {
        walk_row(&db->walk, p, i);
        vg_stmt *stmt = vg__stmt_acquire(db, text);
        if (stmt)
            stmt->bulk = rows > 1;
        rc = stmt ? vg__run_part(db, stmt, sink) : db->error.code;
        if (rc == VG_OK)
            *changes += db->driver->changes(db);
    }
    return rc;
}

int vg__update_rows(vg_db *db, const vg_clause *query, size_t count, vg_sink *sink)
{
    vg_parts parts;
    vg_text_source text = {query, count, 0, 1, NULL};
    vg__parts(&parts, query, count);
    const char *problem = problem_of(&parts);
    if (problem)
        return vg__fail(db, VG_INVALID, NULL, "UPDATE_ROWS(%s): %s",
                        parts.head->shape->name, problem);
    size_t rows = vg_value_len(((const vg_item *)parts.head->b)->value);
    int64_t changes = 0;
    bool nested;
    int rc = VG_OK;
    if (rows)
        rc = vg__whole_begin(db, &nested);
    if (rows && rc == VG_OK)
        rc = vg__whole_end(db, nested,
                           update_all(db, &text, &parts, rows, sink, &changes), sink);
    if (rc == VG_OK)
        db->changes = changes;
    return rc;
}

void vg__render_updates(vg_render *r, vg_walk *w, const vg_parts *parts)
{
    const char *problem = problem_of(parts);
    const vg_item *item = parts->head->b;
    if (!problem && !vg_value_len(item->value))
        problem = "no rows, no statement";
    if (problem) {
        vg__render_fail(r, VG_INVALID, "UPDATE_ROWS(%s): %s", parts->head->shape->name,
                        problem);
        return;
    }
    walk_row(w, parts, 0);
    if (!w->failed)
        vg__render_update_row(r, parts);
}
