/* The constraints and policies of a live table. */
#include "kit/postgres/introspect.h"
#include <string.h>

static const char *action(const char *letter)
{
    switch (*letter) {
    case 'c': return "cascade";
    case 'r': return "restrict";
    case 'n': return "set null";
    case 'd': return "set default";
    default: return "no action";
    }
}

static const char *deferrable(const struct vgk_pg_constraint *k)
{
    return k->deferred ? VGK_DEFERRED : k->deferrable ? VGK_DEFERRABLE : NULL;
}

/* The names behind INCLUDE, out of the constraint's own text. */
static vgk_texts included(const vgk_pg_reading *r, const struct vgk_pg_constraint *k)
{
    vgk_texts out = {0};
    const char *at = k->includes ? strstr(k->definition, " INCLUDE (") : NULL;
    if (!at)
        return out;
    for (at += strlen(" INCLUDE ("); *at && *at != ')';) {
        vg_buf *name = vgk_buf(r->kit);
        bool quoted = *at == '"';
        at += quoted;
        for (; *at; at++) {
            if (quoted && *at == '"' && *++at != '"')
                break;
            if (!quoted && (*at == ',' || *at == ')'))
                break;
            vg__buf_char(name, *at);
        }
        *VGK_ADD(r->kit, &out) = vgk_buf_text(r->kit, name, NULL);
        at += strspn(at, ", ");
    }
    return out;
}

/* ---- keys ---- */

static void primary_key(const vgk_pg_reading *r, const struct vgk_pg_constraint *k,
                        vgk_table *to)
{
    vgk_texts columns = vgk_pg_split(r->kit, k->columns);
    vgk_column *c =
        columns.len == 1 ? vgk_find_column(&to->columns, columns.data[0]) : NULL;
    if (c && !k->deferrable && !k->includes)
        c->primary_key = true;
    else
        *VGK_ADD(r->kit, &to->primary_keys) = (vgk_key){.name = k->name,
                                                        .columns = columns,
                                                        .deferrable = deferrable(k),
                                                        .include = included(r, k)};
}

static void unique(const vgk_pg_reading *r, const struct vgk_pg_constraint *k,
                   vgk_table *to)
{
    *VGK_ADD(r->kit, &to->uniques) = (vgk_key){
        .name = k->name,
        .columns = vgk_pg_split(r->kit, k->columns),
        .nulls_not_distinct = k->nulls_not_distinct,
        .deferrable = deferrable(k),
        .include = included(r, k),
    };
}

static void foreign_key(const vgk_pg_reading *r, const struct vgk_pg_constraint *k,
                        vgk_table *to)
{
    *VGK_ADD(r->kit, &to->foreign_keys) = (vgk_foreign_key){
        .name = k->name,
        .table_from = vgk_base_name(to->name, to->schema),
        .table_to = vgk_qualified(r->kit, k->to_schema, k->to_table),
        .schema_to = vgk_schema_or_null(k->to_schema),
        .columns_from = vgk_pg_split(r->kit, k->columns),
        .columns_to = vgk_pg_split(r->kit, k->to_columns),
        .on_delete = action(k->on_delete),
        .on_update = action(k->on_update),
        .deferrable = deferrable(k),
    };
    if (*k->match == 'f')
        vgk_remark(r->kit, r->out, "table %s: foreign key %s is MATCH FULL", to->name,
                   k->name);
}

/* ---- conditions ---- */

static void check(const vgk_pg_reading *r, const struct vgk_pg_constraint *k,
                  vgk_table *to)
{
    *VGK_ADD(r->kit, &to->checks) = (vgk_check){k->name, k->condition};
    if (k->no_inherit)
        vgk_remark(r->kit, r->out, "table %s: CHECK %s is NO INHERIT", to->name,
                   k->name);
}

static void exclude(const vgk_pg_reading *r, const struct vgk_pg_constraint *k,
                    vgk_table *to)
{
    static const char word[] = "EXCLUDE ";
    const char *text = k->definition;
    if (strncmp(text, word, sizeof word - 1) == 0)
        *VGK_ADD(r->kit, &to->excludes) =
            (vgk_exclude){k->name, text + sizeof word - 1};
}

void vgk_pg_constraints(const vgk_pg_reading *r, int64_t relation, vgk_table *to)
{
    for (size_t i = 0; i < r->catalog->constraints.len; i++) {
        const struct vgk_pg_constraint *k = &r->catalog->constraints.data[i];
        if (k->relation != relation)
            continue;
        switch (*k->kind) {
        case 'p': primary_key(r, k, to); break;
        case 'u': unique(r, k, to); break;
        case 'f': foreign_key(r, k, to); break;
        case 'c': check(r, k, to); break;
        default: exclude(r, k, to);
        }
        if (!k->validated)
            vgk_remark(r->kit, r->out, "table %s: constraint %s is NOT VALID", to->name,
                       k->name);
    }
}

/* ---- policies ---- */

static const char *command(const char *letter)
{
    switch (*letter) {
    case 'r': return "SELECT";
    case 'a': return "INSERT";
    case 'w': return "UPDATE";
    case 'd': return "DELETE";
    default: return "ALL";
    }
}

void vgk_pg_policies(const vgk_pg_reading *r, int64_t relation, vgk_table *to)
{
    for (size_t i = 0; i < r->catalog->policies.len; i++) {
        const struct vgk_pg_policy *p = &r->catalog->policies.data[i];
        if (p->relation == relation)
            *VGK_ADD(r->kit, &to->policies) = (vgk_policy){
                .name = p->name,
                .as = p->permissive ? "PERMISSIVE" : "RESTRICTIVE",
                .command = command(p->command),
                .to = vgk_pg_split(r->kit, p->roles),
                .using_sql = p->condition,
                .with_check = p->check,
            };
    }
}
