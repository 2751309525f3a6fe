/* Snapshots from short lines. */
#include "kit_schema.h"
#include <stdlib.h>
#include <string.h>

/* The text up to one of `ends`; *at is then behind that. */
static char *cut(vg_kit *kit, const char **at, const char *ends)
{
    size_t n = strcspn(*at, ends);
    char *text = vgk_text_len(kit, *at, n);
    *at += n + (*at && (*at)[n] != 0);
    return text;
}

static vgk_texts list_of(vg_kit *kit, const char *text)
{
    vgk_texts out = {0};
    while (*text)
        *VGK_ADD(kit, &out) = cut(kit, &text, ",");
    return out;
}

static vgk_default default_of(const char *text)
{
    char *end;
    strtod(text, &end);
    bool is_bool = strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
    if (!*text)
        return (vgk_default){0};
    return (vgk_default){is_bool ? VGK_DEFAULT_BOOL
                         : *end  ? VGK_DEFAULT_SQL
                                 : VGK_DEFAULT_NUMBER,
                         text};
}

static void column(vg_kit *kit, vgk_table *t, char **f)
{
    vgk_column *c = VGK_ADD(kit, &t->columns);
    *c = (vgk_column){.name = f[1],
                      .type = f[2],
                      .primary_key = strstr(f[3], "pk"),
                      .not_null = strstr(f[3], "nn"),
                      .autoincrement = strstr(f[3], "auto"),
                      .value = default_of(f[4])};
    if (*f[5]) {
        c->generated = vgk_alloc(kit, sizeof *c->generated);
        *c->generated = (vgk_generated){f[5], *f[6] ? f[6] : "virtual"};
    }
}

static void index_line(vg_kit *kit, vgk_table *t, char **f)
{
    vgk_index *x = VGK_ADD(kit, &t->indexes);
    *x = (vgk_index){.name = f[1], .unique = *f[2], .where = *f[4] ? f[4] : NULL};
    for (const char *at = f[3]; *at;) {
        char *text = cut(kit, &at, "&");
        size_t n = strlen(text);
        while (n && text[n - 1] == ' ')
            text[--n] = 0;
        text += strspn(text, " ");
        *VGK_ADD(kit, &x->columns) = (vgk_index_column){.text = text + (*text == '='),
                                                        .is_expression = *text == '='};
    }
}

static void foreign_key(vg_kit *kit, vgk_table *t, char **f)
{
    vgk_foreign_key *key = VGK_ADD(kit, &t->foreign_keys);
    *key = (vgk_foreign_key){
        .name = vgk_print(kit, "%s_%s_%s_%s_fk", t->name, f[1], f[2], f[3]),
        .table_from = t->name,
        .table_to = f[2],
        .columns_from = list_of(kit, f[1]),
        .columns_to = list_of(kit, f[3]),
        .on_delete = *f[4] ? f[4] : "no action",
        .on_update = *f[5] ? f[5] : "no action"};
    for (char *c = (char *)(size_t)key->name; *c; c++)
        *c = *c == ',' ? '_' : *c;
}

static void line(vg_kit *kit, vgk_snapshot *out, char **f)
{
    vgk_table *t = out->tables.len ? &out->tables.data[out->tables.len - 1] : NULL;
    if (strcmp(f[0], "table") == 0)
        *VGK_ADD(kit, &out->tables) =
            (vgk_table){.name = f[1],
                        .strict = strstr(f[2], "strict"),
                        .without_rowid = strstr(f[2], "norowid")};
    else if (strcmp(f[0], "col") == 0)
        column(kit, t, f);
    else if (strcmp(f[0], "index") == 0)
        index_line(kit, t, f);
    else if (strcmp(f[0], "fk") == 0)
        foreign_key(kit, t, f);
    else if (strcmp(f[0], "pk") == 0)
        *VGK_ADD(kit, &t->primary_keys) =
            (vgk_key){.name = vgk_print(kit, "%s_%s_pk", t->name, f[1]),
                      .columns = list_of(kit, f[1])};
    else if (strcmp(f[0], "unique") == 0)
        *VGK_ADD(kit, &t->uniques) =
            (vgk_key){.name = f[1], .columns = list_of(kit, f[2])};
    else if (strcmp(f[0], "check") == 0)
        *VGK_ADD(kit, &t->checks) = (vgk_check){f[1], f[2]};
    else if (strcmp(f[0], "view") == 0)
        *VGK_ADD(kit, &out->views) = (vgk_view){
            .name = f[1], .existing = !*f[2], .definition = *f[2] ? f[2] : NULL};
    else if (strcmp(f[0], "trigger") == 0)
        *VGK_ADD(kit, &out->triggers) =
            (vgk_object){.name = f[1], .table = f[2], .sql = f[3]};
    else if (strcmp(f[0], "virtual") == 0)
        *VGK_ADD(kit, &out->virtual_tables) = (vgk_object){
            .name = f[1], .table = "", .sql = f[2], .fill = *f[3] ? f[3] : NULL};
    else
        abort();
}

void schema_of(vg_kit *kit, const char *lines, vgk_snapshot *out)
{
    *out = (vgk_snapshot){.id = "", .prev_id = ""};
    while (*lines) {
        const char *text = cut(kit, &lines, "\n");
        char *fields[8];
        for (size_t i = 0; i < 8; i++)
            fields[i] = cut(kit, &text, "|");
        if (*fields[0])
            line(kit, out, fields);
    }
}

vgk_renames renames_of(vg_kit *kit, const char *lines)
{
    vgk_renames out = {0};
    while (*lines) {
        const char *text = cut(kit, &lines, "\n");
        bool view = strncmp(text, "view ", 5) == 0;
        text += view ? 5 : 0;
        char *from = cut(kit, &text, "="), *to = cut(kit, &text, "=");
        char *dot = strchr(to, '.');
        vgk_rename r = {view ? VGK_VIEW : VGK_TABLE, "", from, to};
        if (dot) {
            *dot = 0;
            r = (vgk_rename){VGK_COLUMN, to, *from ? strchr(from, '.') + 1 : "",
                             dot + 1};
        }
        *VGK_ADD(kit, &out) = r;
    }
    return out;
}
