/* The indexes of a live table. */
#include "kit/diff.h"
#include "kit/postgres/introspect.h"
#include <stdlib.h>
#include <string.h>

/* A value of WITH by what it looks like. */
static vgk_default setting_value(const char *text)
{
    char *end;
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return (vgk_default){VGK_DEFAULT_BOOL, text};
    (void)strtod(text, &end);
    return (vgk_default){end > text && !*end ? VGK_DEFAULT_NUMBER : VGK_DEFAULT_SQL,
                         text};
}

vgk_settings vgk_pg_settings(vg_kit *kit, const char *options)
{
    vgk_settings out = {0};
    vgk_texts all = vgk_pg_split(kit, options);
    for (size_t i = 0; i < all.len; i++) {
        const char *text = all.data[i], *sign = strchr(text, '=');
        size_t len = sign ? (size_t)(sign - text) : strlen(text);
        *VGK_ADD(kit, &out) = (vgk_setting){vgk_text_len(kit, text, len),
                                            setting_value(sign ? sign + 1 : "true")};
    }
    return out;
}

/* NULLS stand last unless it is DESC; of what has no order that is how it is noted, too. */
static vgk_index_column column(vg_kit *kit, const struct vgk_pg_term *t)
{
    vgk_index_column c = {.text = t->column ? t->column : t->expression,
                          .is_expression = !t->column,
                          .desc = (t->order & 1) != 0,
                          .nulls = t->order & 2 ? "first" : "last",
                          .opclass = t->opclass};
    if (t->collation) {
        c.text = t->column ? vgk_sql(kit, "%q COLLATE %q", c.text, t->collation)
                           : vgk_sql(kit, "%s COLLATE %q", c.text, t->collation);
        c.is_expression = true;
    }
    return c;
}

void vgk_pg_indexes(const vgk_pg_reading *r, int64_t relation, vgk_table *to)
{
    int64_t last = -1;
    for (size_t i = 0; i < r->catalog->terms.len; i++) {
        const struct vgk_pg_term *t = &r->catalog->terms.data[i];
        if (t->relation != relation || t->exclude)
            continue;
        if (t->index != last) {
            *VGK_ADD(r->kit, &to->indexes) = (vgk_index){
                .name = t->name,
                .unique = t->unique,
                .where = t->condition,
                .method = t->method,
                .with = vgk_pg_settings(r->kit, t->options),
                .only = t->only,
                .nulls_not_distinct = t->nulls_not_distinct,
            };
            if (!t->valid && !t->only)
                vgk_remark(r->kit, r->out,
                           "table %s: index %s is not valid: its making was broken off",
                           to->name, t->name);
        }
        last = t->index;
        vgk_index *x = &to->indexes.data[to->indexes.len - 1];
        if (t->key)
            *VGK_ADD(r->kit, &x->columns) = column(r->kit, t);
        else
            *VGK_ADD(r->kit, &x->include) = t->column;
    }
}
