/* Rendering what trees add to a SELECT of a table: fewer columns, computed ones, and the
 * numbering of rows by which each parent gets its LIMIT:
 *
 *     select "id", "text" from (select "id", "text", row_number() over (partition by
 *         "post_id" order by "id") as "vg_rank" from "comments" where ...) as "vg_rows"
 *         where "vg_rank" <= ? order by "post_id", "vg_rank" */
#include "core/relation.h"
#include "core/render.h"
#include <stdio.h>
#include <virga/relation.h>

static const vg_clause *rank_of(const vg_parts *p)
{
    for (size_t i = 0; i < p->computed_count; i++)
        if (p->computed[i]->sub == VG_COMPUTED_RANK)
            return p->computed[i];
    return NULL;
}

/* (values (?), (?)) as "vg_keys": rows that are neither stored nor sorted, which a list after IN
 * is on SQLite; CROSS JOIN keeps them on the outside. */
void vg__render_keys(vg_render *r, const vg_clause *q)
{
    if (!q)
        return;
    vg__render_text(r, "(values ");
    for (uint32_t i = 0; i < q->n; i++) {
        vg__render_text(r, i ? ", (" : "(");
        for (uint32_t k = 0; k < q->sub; k++) {
            vg__render_comma(r, k);
            vg__render_param(r);
        }
        vg__render_text(r, ")");
    }
    vg__render_text(r, ") as \"vg_keys\" cross join ");
}

void vg__render_match(vg_render *r, const vg_clause *q)
{
    const vg_node *const *columns = q ? q->c : NULL;
    for (uint32_t k = 0; q && k < q->sub; k++) {
        vg__render_text(r, k ? " and " : " on ");
        vg__render_node(r, columns[k]);
        vg__render_text(r, " = \"vg_keys\".\"column");
        vg__buf_int(r->out, k + 1);
        vg__render_text(r, "\"");
    }
}

static void key_name(vg_render *r, size_t index)
{
    vg__render_text(r, "\"vg_key");
    vg__buf_int(r->out, (int64_t)index);
    vg__render_text(r, "\"");
}

/* A computed column, or the name that it has further out. */
static void computed(vg_render *r, const vg_clause *q, size_t *keys, bool ranked,
                     bool name)
{
    const vg_relation *extra = q->b;
    if (q->sub == VG_COMPUTED_ROW) {
        for (uint32_t i = 0; i < extra->target->column_count; i++) {
            vg__render_comma(r, i);
            vg__render_node(r, &extra->target->nodes[i]);
        }
        return;
    }
    if (!name)
        vg__render_node(r, q->c);
    if (!name && (ranked || q->sub == VG_COMPUTED_EXTRA))
        vg__render_text(r, " as ");
    if (q->sub == VG_COMPUTED_EXTRA)
        vg__render_name(r, vg_column_name(extra->column));
    else if (q->sub == VG_COMPUTED_RANK)
        vg__render_text(r, "\"vg_rank\"");
    else if (ranked)
        key_name(r, (*keys)++);
}

void vg__render_chosen(vg_render *r, const vg_parts *p)
{
    const vg_shape *shape = p->head->shape;
    uint64_t left_out, read = vg__columns_read(p, &left_out);
    size_t written = 0, keys = 0;
    bool ranked = rank_of(p) != NULL;
    for (uint32_t i = 0; i < shape->column_count; i++) {
        if (!(read >> i & 1))
            continue;
        vg__render_comma(r, written++);
        vg__render_node(r, &shape->nodes[i]);
    }
    for (size_t i = 0; i < p->computed_count; i++) {
        vg__render_comma(r, written++);
        computed(r, p->computed[i], &keys, ranked, false);
    }
}

/* What the query around sees of it: the same columns by name, but for the rank. */
bool vg__render_rank_open(vg_render *r, const vg_parts *p)
{
    const vg_clause *rank = rank_of(p);
    if (!rank)
        return false;
    const vg_shape *shape = p->head->shape;
    uint64_t left_out, read = vg__columns_read(p, &left_out);
    size_t written = 0, keys = 0;
    vg__render_text(r, "select ");
    for (uint32_t i = 0; i < shape->column_count; i++) {
        if (!(read >> i & 1))
            continue;
        vg__render_comma(r, written++);
        vg__render_name(r, vg_column_name(&shape->columns[i]));
    }
    for (size_t i = 0; i < p->computed_count; i++) {
        if (p->computed[i] == rank)
            continue;
        vg__render_comma(r, written++);
        computed(r, p->computed[i], &keys, true, true);
    }
    vg__render_text(r, " from (");
    return true;
}

/* Only numbers and expressions of no column stand here, so no scope is needed. */
static void bound(vg_render *r, const char *word, const char *sign, const vg_clause *q)
{
    vg__render_text(r, word);
    vg__render_text(r, sign);
    if (q->sub)
        vg__render_node(r, q->node);
    else
        vg__render_param(r);
}

void vg__render_rank_close(vg_render *r, const vg_parts *p)
{
    const vg_clause *window = ((const vg_node *)rank_of(p)->c)->b.p;
    const vg_node *const *by = window->b;
    const char *word = " where ";
    vg__render_text(r, ") as \"vg_rows\"");
    if (p->limit) {
        bound(r, word, "\"vg_rank\" <= ", p->limit);
        word = " and ";
    }
    if (p->offset)
        bound(r, word, "\"vg_rank\" > ", p->offset);
    vg__render_text(r, " order by ");
    bool hidden = false;
    for (size_t i = 0; i < p->computed_count; i++)
        hidden |= p->computed[i]->sub == VG_COMPUTED_KEY;
    for (uint32_t i = 0; i < window->n; i++) {
        const vg_shape *shape = by[i]->a;
        if (hidden)
            key_name(r, i);
        else
            vg__render_name(r, vg_column_name(&shape->columns[by[i]->n]));
        vg__render_text(r, ", ");
    }
    vg__render_text(r, "\"vg_rank\"");
}

void vg__render_check_tree(vg_render *r, const vg_parts *p)
{
    const vg_clause *head = p->head;
    const vg_shape *shape = head->kind == VG_CLAUSE_SELECT ? head->shape : NULL;
    bool chosen = p->columns || p->computed_count;
    if (r->depth > 1)
        vg__render_fail(
            r, VG_INVALID,
            "WITH, ONLY, OMIT and WITH_EXTRA belong to the whole statement, not "
            "to a query inside");
    else if (chosen && (!shape || shape->kind == VG_SHAPE_PROJECTION))
        vg__render_fail(r, VG_INVALID,
                        "ONLY, OMIT and WITH_EXTRA belong to a SELECT of a table");
    else if (p->with_count && head->kind > VG_CLAUSE_RAW)
        vg__render_fail(
            r, VG_INVALID,
            "WITH loads into the rows of a SELECT: RETURNING has none that it "
            "could; select them after it");
    else if (chosen && (p->set_op_count || p->distinct))
        vg__render_fail(r, VG_INVALID,
                        "ONLY, OMIT and WITH_EXTRA stand in no set operation");
    for (uint32_t i = 0; shape && p->columns && i < p->columns->n; i++) {
        const vg_node *x = ((const vg_node *const *)p->columns->b)[i];
        if (x->op != VG_OP_COLUMN || vg__rows_of(x->a) != vg__rows_of(shape))
            vg__render_fail(r, VG_INVALID, "%s: not a column of %s",
                            p->columns->sub ? "OMIT" : "ONLY", shape->name);
    }
    for (size_t i = 0; shape && i < p->computed_count; i++) {
        const vg_clause *q = p->computed[i];
        if (q->sub == VG_COMPUTED_EXTRA && q->shape &&
            vg__rows_of(q->shape) != vg__rows_of(shape))
            vg__render_fail(r, VG_INVALID, "WITH_EXTRA(%s, ...): the rows are of %s",
                            q->shape->name, shape->name);
    }
}

/* ---- whether a row has rows of a relation ---- */

/* A table that a query around has under its own name gets another one inside. */
static const char *alias_for(vg_render *r, const vg_shape *shape, char room[16])
{
    unsigned level = 0;
    if (!vg__render_scope_of(r, shape))
        return NULL;
    for (const vg_scope *s = r->scope; s; s = s->outer)
        level += s->aliases != NULL;
    snprintf(room, 16, "vg_f%u", level);
    return room;
}

static void source(vg_render *r, const vg_shape *shape, const char *alias)
{
    vg__render_source(r, shape);
    if (!alias)
        return;
    vg__render_text(r, " ");
    vg__render_name(r, alias);
}

static void qualified(vg_render *r, const char *table, const vg_key *key, size_t i)
{
    vg__render_name(r, table);
    vg__render_text(r, ".");
    vg__render_name(r, vg_column_name(&key->shape->columns[key->columns[i]]));
}

/* a = b and ... */
static void equal(vg_render *r, const char *a, const vg_key *left, const char *b,
                  const vg_key *right)
{
    for (size_t i = 0; i < left->count; i++) {
        vg__render_text(r, i ? " and " : "");
        qualified(r, a, left, i);
        vg__render_text(r, " = ");
        qualified(r, b, right, i);
    }
}

static const char *related_word(const vg_node *x)
{
    switch (x->op) {
    case VG_OP_HAS: return "exists (select 1 from ";
    case VG_OP_HAS_NONE: return "not exists (select 1 from ";
    default: return "(select count(*) from ";
    }
}

/* Whether it can be written, or why not. */
static bool check_related(vg_render *r, const vg_node *x, const vg_relation *relation,
                          vg_relation_keys *keys)
{
    const vg_shape *shape = x->a;
    const char *word = vg__ops[x->op].name;
    char why[300];
    if (relation->kind == VG_RELATION_EXTRA)
        vg__render_fail(r, VG_INVALID, "%s(%s, %s): that is an EXTRA, no relation",
                        word, shape->name, relation->name);
    else if (!vg__relation_keys(shape, relation, keys, why, sizeof why))
        vg__render_fail(r, VG_SCHEMA, "%s", why);
    else if (!vg__render_scope_of(r, shape))
        vg__render_fail(r, VG_INVALID, "%s(%s, %s): %s is not in FROM", word,
                        shape->name, relation->name, shape->name);
    return !r->failed;
}

/* exists (select 1 from "posts" where "posts"."author_id" = "users"."id" and ...) */
void vg__render_related(vg_render *r, const vg_node *x)
{
    const vg_shape *shape = x->a;
    const vg_relation *relation = &vg_relations(shape)[x->n];
    const vg_scope *around = vg__render_scope_of(r, shape);
    vg_relation_keys keys;
    char rooms[2][16];
    if (x->op == VG_OP_RELATION_WHERE) {
        vg__render_relation_where(r, shape, relation);
        return;
    }
    if (!check_related(r, x, relation, &keys))
        return;
    const vg_shape *target = relation->target, *junction = relation->junction;
    const char *aliases[] = {alias_for(r, target, rooms[0]),
                             junction ? alias_for(r, junction, rooms[1]) : NULL};
    if (aliases[1])
        rooms[1][3] = 'j';
    vg_scope scope = {.sources = {target, junction},
                      .count = junction ? 2 : 1,
                      .aliases = aliases,
                      .outer = r->scope};
    const char *outside = vg__render_source_name(around, shape);
    const char *inside = aliases[0] ? aliases[0] : vg_table_name(target);
    const char *between = !junction    ? NULL
                          : aliases[1] ? aliases[1]
                                       : vg_table_name(junction);
    vg_spot spot = r->spot;
    r->scope = &scope;
    vg__render_text(r, related_word(x));
    source(r, junction ? junction : target, junction ? aliases[1] : aliases[0]);
    if (junction) {
        vg__render_text(r, " inner join ");
        source(r, target, aliases[0]);
        vg__render_text(r, " on ");
        equal(r, inside, &keys.other, between, &keys.junction_other);
    }
    vg__render_text(r, " where ");
    equal(r, junction ? between : inside, junction ? &keys.junction_own : &keys.other,
          outside, &keys.own);
    if (relation->where) {
        vg__render_text(r, " and ");
        vg__render_relation_where(r, shape, relation);
    }
    if (!vg__is_empty(x->b.node)) {
        vg__render_text(r, " and ");
        vg__render_inner(r, x->b, VG_FORM_LOGIC);
    }
    vg__render_text(r, ")");
    r->spot = spot;
    r->scope = scope.outer;
}
