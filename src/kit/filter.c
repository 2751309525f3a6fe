/* Which tables are looked at. */
#include "kit/filter.h"
#include <string.h>

/* * is any text, ? any character, [a-z] one of these. */
static bool glob(const char *pattern, const char *text)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == '*') {
            while (pattern[1] == '*')
                pattern++;
            for (;; text++) {
                if (glob(pattern + 1, text))
                    return true;
                if (!*text)
                    return false;
            }
        }
        if (!*text)
            return false;
        if (*pattern == '[' && strchr(pattern, ']')) {
            bool found = false, not = *++pattern == '!';
            for (pattern += not ; *pattern && *pattern != ']'; pattern++) {
                char from = *pattern, to = from;
                if (pattern[1] == '-' && pattern[2] && pattern[2] != ']')
                    to = *(pattern += 2);
                found = found || (*text >= from && *text <= to);
            }
            if (found == not )
                return false;
        } else if (*pattern != '?' && *pattern != *text) {
            return false;
        }
    }
    return !*text;
}

bool vgk_passes_filter(const vg_kit_texts *filter, const char *name)
{
    bool any = false, wanted = false;
    for (size_t i = 0; i < filter->len; i++) {
        const char *pattern = filter->data[i];
        if (*pattern == '!' && glob(pattern + 1, name))
            return false;
        any = any || *pattern != '!';
        wanted = wanted || (*pattern != '!' && glob(pattern, name));
    }
    return wanted || !any;
}

bool vgk_passes(const vg_kit *kit, const char *name)
{
    return vgk_passes_filter(&kit->config.tables_filter, name);
}

/* Whether a thing called so, in that schema (NULL: public), is looked at. */
static bool passes(const vg_kit *kit, const char *name, const char *schema)
{
    return vgk_passes(kit, vgk_base_name(name, schema)) &&
           vgk_passes_filter(&kit->config.schema_filter, schema ? schema : "public");
}

static void filter_objects(const vg_kit *kit, vgk_objects *all, bool by_table)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->len; i++)
        if (vgk_passes(kit, by_table ? all->data[i].table : all->data[i].name))
            all->data[kept++] = all->data[i];
    all->len = kept;
}

void vgk_filter(const vg_kit *kit, vgk_snapshot *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->tables.len; i++)
        if (passes(kit, s->tables.data[i].name, s->tables.data[i].schema))
            s->tables.data[kept++] = s->tables.data[i];
    s->tables.len = kept;
    kept = 0;
    for (size_t i = 0; i < s->views.len; i++)
        if (passes(kit, s->views.data[i].name, s->views.data[i].schema))
            s->views.data[kept++] = s->views.data[i];
    s->views.len = kept;
    filter_objects(kit, &s->virtual_tables, false);
    filter_objects(kit, &s->triggers, true);
}
