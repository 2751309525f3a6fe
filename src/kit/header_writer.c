/* The pieces of a schema header: entries, calls, names. */
#include "kit/header_writer.h"
#include <string.h>

void vgk_header_put(vgk_header_writer *w, const char *text)
{
    vg__buf_text(w->out, text);
}

/* ---- entries ---- */

void vgk_header_begin(vgk_header_writer *w, const char *word, const char *name)
{
    vgk_header_put(w, "\n");
    vgk_header_put(w, word);
    vgk_header_put(w, "(");
    vgk_header_put(w, name);
}

void vgk_header_entry(vgk_header_writer *w, const char *text)
{
    vgk_header_put(w, ",\n    ");
    vgk_header_put(w, text);
}

void vgk_header_end(vgk_header_writer *w)
{
    vgk_header_put(w, ")\n");
}

const char *vgk_header_call(vg_kit *kit, const char *word, const char *first,
                            const vgk_texts *words)
{
    enum { WIDTH = 92 };
    vg_buf *out = vgk_buf(kit);
    size_t column = strlen(word) + 1 + strlen(first);
    vg__buf_text(out, word);
    vg__buf_char(out, '(');
    vg__buf_text(out, first);
    for (size_t i = 0; i < words->len; i++) {
        size_t len = strlen(words->data[i]);
        bool fits = column + 2 + len <= WIDTH;
        if (i || *first)
            vg__buf_text(out, fits ? ", " : ",\n        ");
        vg__buf_text(out, words->data[i]);
        column = (fits ? column + 2 : 4) + len;
    }
    vg__buf_char(out, ')');
    return vgk_buf_text(kit, out, NULL);
}

void vgk_header_name(const vgk_header_writer *w, const char *c_name, const char *name,
                     int indent, vgk_texts *words)
{
    if (strcmp(c_name, name) != 0)
        *VGK_ADD(w->kit, words) =
            vgk_print(w->kit, "NAME(%s)", vgk_c_string(w->kit, name, indent));
}

void vgk_header_db_name(vgk_header_writer *w, const char *c_name, const char *name)
{
    vgk_texts words = {0};
    vgk_header_name(w, c_name, name, 8, &words);
    if (words.len)
        vgk_header_entry(w, words.data[0]);
}

/* ---- columns by their C names ---- */

size_t vgk_header_table_number(const vgk_snapshot *s, const char *name)
{
    size_t i = 0;
    while (i < s->tables.len && strcmp(s->tables.data[i].name, name) != 0)
        i++;
    return i;
}

const char *vgk_header_c_column(const vgk_columns *columns, const vgk_names_of *names,
                                const char *name)
{
    for (size_t i = 0; i < columns->len; i++)
        if (strcmp(columns->data[i].name, name) == 0)
            return names->columns.data[i];
    return NULL;
}

vgk_texts vgk_header_c_columns(const vgk_header_writer *w, size_t t,
                               const vgk_texts *names)
{
    vgk_texts out = {0};
    for (size_t i = 0; i < names->len; i++)
        *VGK_ADD(w->kit, &out) = vgk_header_c_column(
            &w->s->tables.data[t].columns, &w->names.tables[t], names->data[i]);
    return out;
}

bool vgk_header_is_later(const vgk_header_writer *w, size_t from, size_t to)
{
    return w->place[to] > w->place[from];
}
