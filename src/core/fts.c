/* Full text search: queries out of any text, commands, and the rendering of what only an
 * FTS_TABLE has. What creates one is the dialect's. */
#include "core/codec.h"
#include "core/render.h"
#include <virga/fts.h>

/* ---- queries ---- */

static const char blanks[] = " \t\n\r\f\v";

/* Each word as a phrase of FTS5: in quotes, a quote inside doubled. Without `out` only the
 * length is found. */
static size_t quote(char *out, const char *text, bool prefix)
{
    size_t len = 0;
#define PUT(c) (out ? (void)(out[len] = (c)) : (void)0, len++)
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        if (len)
            PUT(' ');
        PUT('"');
        for (; *text && !strchr(blanks, *text); text++) {
            PUT(*text);
            if (*text == '"')
                PUT('"');
        }
        PUT('"');
    }
    if (prefix && len)
        PUT('*');
    if (!len) { /* the empty phrase, which nothing matches */
        PUT('"');
        PUT('"');
    }
    PUT('\0');
#undef PUT
    return len;
}

static const char *quoted(vg_arena *arena, const char *text, bool prefix)
{
    text = text ? text : "";
    char *query = vg_arena_alloc(arena, quote(NULL, text, prefix));
    if (query)
        quote(query, text, prefix);
    return query;
}

const char *vg_fts_quote(vg_arena *arena, const char *text)
{
    return quoted(arena, text, false);
}

const char *vg_fts_quote_prefix(vg_arena *arena, const char *text)
{
    return quoted(arena, text, true);
}

/* ---- commands: FTS5 takes them as inserts into a column named as the table ---- */

int vg_run_fts(vg_db *db, const char *here, const vg_shape *table, const char *command)
{
    vg_value name = vg_of_ident((vg_ident){vg_table_name(table)});
    /* The rank makes 'integrity-check' look at the content, too; the others ignore it. */
    vg_clause insert = vg_raw_sql("insert into ? (?, rank) values (?, 1)", 3,
                                  (const vg_value[]){name, name, vg_of_text(command)});
    return vg_run_exec(db, here, &insert, 1);
}

/* ---- rendering ---- */

static const vg_shape *table_of(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_ALIAS ? shape->base : shape;
}

static bool is_fts(const vg_shape *shape)
{
    const vg_shape *table = table_of(shape);
    return table->kind == VG_SHAPE_TABLE && table->fts;
}

void vg__render_of_source(vg_render *r, const vg_node *x)
{
    const vg_shape *shape = x->a;
    const vg_scope *scope = vg__render_scope_of(r, shape);
    const char *name =
        x->op == VG_OP_FTS ? vg_table_name(table_of(shape)) : vg__ops[x->op].sql;
    if (!scope) {
        vg__render_fail(r, VG_INVALID,
                        "%s(%s): %s is not in FROM; add FROM(%s) or a join with it",
                        vg__ops[x->op].name, shape->name, shape->name, shape->name);
        return;
    }
    /* The table's own name is a column of it, which needs no more unless it has an alias. */
    bool bare = x->op == VG_OP_FTS ? shape->kind == VG_SHAPE_TABLE
                                   : scope == r->scope && scope->bare;
    if (!bare) {
        vg__render_name(r, vg_table_name(shape));
        vg__render_text(r, ".");
    }
    vg__render_name(r, name);
}

void vg__render_check_match(vg_render *r, const vg_node *x)
{
    const vg_node *left = x->a;
    if (left->op == VG_OP_FTS || (left->op == VG_OP_COLUMN && is_fts(left->a)))
        return;
    vg__render_fail(r, VG_INVALID,
                    "%s takes an FTS_TABLE or a column of one, and no other expression",
                    vg__ops[x->op].name);
}

/* highlight("t", 0, ?, ?), bm25("t", ?, ?): the rowid is no column there. */
void vg__render_fts_call(vg_render *r, const vg_node *x)
{
    const vg_node *of = x->a;
    const vg_value *values = x->b.p;
    if (of->op != VG_OP_FTS && (of->op != VG_OP_COLUMN || !is_fts(of->a) || !of->n)) {
        vg__render_fail(r, VG_INVALID, "%s takes an FTS_COLUMN of an FTS_TABLE",
                        vg__ops[x->op].name);
        return;
    }
    vg__render_text(r, vg__ops[x->op].sql);
    vg__render_text(r, "(");
    vg__render_of_source(r, &(vg_node){.op = VG_OP_FTS, .a = of->a});
    if (of->op == VG_OP_COLUMN) {
        vg__render_text(r, ", ");
        vg__buf_int(r->out, (int64_t)of->n - 1);
    }
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_text(r, ", ");
        vg__render_operand(r, values[i]);
    }
    vg__render_text(r, ")");
}
