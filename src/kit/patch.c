/* A snapshot by the names that renamed schemas and enums give to what is in it. */
#include "kit/diff.h"
#include <string.h>

typedef struct patch {
    vg_kit *kit;
    const vgk_renames *renames;
} patch;

/* The rename of `name`; NULL: there is none. */
static const vgk_rename *rename_of(const patch *p, vgk_kind kind, const char *name)
{
    for (size_t i = 0; name && i < p->renames->len; i++) {
        const vgk_rename *r = &p->renames->data[i];
        if (r->kind == kind && *r->from && strcmp(r->from, name) == 0)
            return r;
    }
    return NULL;
}

static void move(const patch *p, const char **name, const char **schema)
{
    const vgk_rename *r = rename_of(p, VGK_NAMESPACE, *schema);
    if (!r)
        return;
    *name = vgk_qualified(p->kit, r->to, vgk_base_name(*name, *schema));
    *schema = vgk_schema_or_null(r->to);
}

#define COPY(p, list)                                                                \
    ((list).data = (list).len                                                        \
                       ? memcpy(vgk_list((p)->kit, (list).len, sizeof *(list).data), \
                                (list).data, (list).len * sizeof *(list).data)       \
                       : NULL)

static void column(const patch *p, vgk_column *c)
{
    const vgk_rename *r = rename_of(p, VGK_NAMESPACE, c->type_schema);
    if (r)
        c->type_schema = r->to;
    if (c->identity) {
        vgk_identity *made = vgk_alloc(p->kit, sizeof *made);
        *made = *c->identity;
        r = rename_of(p, VGK_NAMESPACE, made->sequence.schema);
        made->sequence.schema = r ? vgk_schema_or_null(r->to) : made->sequence.schema;
        c->identity = made;
    }
    if (!c->type_schema)
        return;
    r = rename_of(p, VGK_ENUM, vgk_qualified(p->kit, c->type_schema, c->type));
    if (!r)
        return;
    const char *dot = strchr(r->to, '.');
    c->type = dot ? dot + 1 : r->to;
    c->type_schema =
        dot ? vgk_text_len(p->kit, r->to, (size_t)(dot - r->to)) : "public";
}

static void columns(const patch *p, vgk_columns *list)
{
    COPY(p, *list);
    for (size_t i = 0; i < list->len; i++)
        column(p, &list->data[i]);
}

static bool is_needed(const vgk_renames *renames)
{
    for (size_t i = 0; i < renames->len; i++)
        if (renames->data[i].kind == VGK_NAMESPACE || renames->data[i].kind == VGK_ENUM)
            return true;
    return false;
}

const vgk_snapshot *vgk_patched(vg_kit *kit, const vgk_snapshot *from,
                                const vgk_renames *renames)
{
    patch p = {kit, renames};
    if (!is_needed(renames))
        return from;
    vgk_snapshot *s = vgk_alloc(kit, sizeof *s);
    *s = *from;
    COPY(&p, s->tables);
    COPY(&p, s->enums);
    COPY(&p, s->sequences);
    COPY(&p, s->views);
    for (size_t i = 0; i < s->tables.len; i++) {
        move(&p, &s->tables.data[i].name, &s->tables.data[i].schema);
        columns(&p, &s->tables.data[i].columns);
    }
    for (size_t i = 0; i < s->enums.len; i++)
        move(&p, &s->enums.data[i].name, &s->enums.data[i].schema);
    for (size_t i = 0; i < s->sequences.len; i++)
        move(&p, &s->sequences.data[i].name, &s->sequences.data[i].schema);
    for (size_t i = 0; i < s->views.len; i++)
        move(&p, &s->views.data[i].name, &s->views.data[i].schema);
    return s;
}
