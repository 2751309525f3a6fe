/* Rendering statements. The order of the clauses here and in walk.c is the same. */
#include "core/render.h"
#include "core/driver.h"
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

void vg__render_table(vg_render *r, const vg_shape *table)
{
    if (table->database) {
        vg__render_name(r, table->database);
        vg__render_text(r, ".");
    }
    vg__render_name(r, vg_table_name(table));
}

/* A value as text, where a parameter cannot stand. */
static void inlined(vg_render *r)
{
    const vg_param *param = &r->inlined[r->param_count - 1];
    const char *problem = r->dialect->value(r->out, param->value, param->codec);
    if (problem)
        vg__render_fail(r, VG_VALUE, "%s cannot stand in the text of a %s", problem,
                        r->condition_of ? "relation's condition" : "view");
}

void vg__render_param(vg_render *r)
{
    if (r->literals)
        vg__render_fail(r, VG_INVALID,
                        "KEY_WHERE: compare with numbers, booleans and "
                        "texts by EQ, GT, IN and the like");
    r->param_count++;
    if (r->inlined) {
        inlined(r);
        return;
    }
    if (!r->dialect->numbered_params) {
        vg__render_text(r, "?");
        return;
    }
    vg__render_text(r, "$");
    vg__buf_int(r->out, (int64_t)r->param_count);
}

void vg__render(vg_render *r, const vg_parts *p)
{
    if (p->problem) {
        vg__render_fail(r, VG_INVALID, "the statement is not valid: %s", p->problem);
        return;
    }
    vg_scope scope = {.outer = r->scope};
    vg_ctes frame = {.parts = p, .outer = r->ctes};
    const vg_shape *shape = p->head->shape;
    if (r->depth++ && p->comment)
        vg__render_fail(r, VG_INVALID, "COMMENT belongs to the whole statement");
    vg__render_ctes(r, p, &frame);
    r->scope = &scope;
    switch (p->head->kind) {
    case VG_CLAUSE_RAW:
    case VG_CLAUSE_COMPOUND:
    case VG_CLAUSE_SELECT:
    case VG_CLAUSE_SELECT_COUNT: vg__render_select(r, p, &scope); break;
    default:
        if (shape->kind != VG_SHAPE_TABLE)
            vg__render_fail(r, VG_INVALID,
                            "%s is not a table: INSERT, UPDATE and DELETE "
                            "change tables",
                            shape->name);
        if (p->columns || p->computed_count || p->with_count)
            vg__render_check_tree(r, p);
        vg__render_add_source(r, &scope, shape);
        if (p->head->kind == VG_CLAUSE_INSERT)
            vg__render_insert(r, p, &scope);
        else
            vg__render_change(r, p, &scope);
        break;
    }
    vg__render_comment(r, p->comment);
    r->depth--;
    r->scope = scope.outer;
    r->ctes = frame.outer;
}

void vg__render_query(vg_render *r, const vg_clause *query, size_t count)
{
    vg_parts parts;
    vg_spot spot = r->spot;
    r->spot = VG_SPOT_ANY;
    vg__parts(&parts, query, count);
    if (!parts.problem && parts.head->kind > VG_CLAUSE_RAW)
        vg__render_fail(r, VG_INVALID, "a subquery must be a SELECT");
    if (parts.cache)
        vg__render_fail(r, VG_INVALID,
                        "CACHE belongs to the whole statement, not to a subquery");
    vg__render(r, &parts);
    r->spot = spot;
}
