/* Lists of statements: put together, joined to a file's text. */
#include "kit/diff.h"
#include <string.h>

static void put(vg_buf *buf, const char *pattern, va_list args)
{
    for (const char *mark; (mark = strchr(pattern, '%')); pattern = mark + 2) {
        vg__buf_bytes(buf, pattern, (size_t)(mark - pattern));
        const char *text = va_arg(args, const char *);
        if (mark[1] == 's')
            vg__buf_text(buf, text);
        else
            vg__buf_name(buf, mark[1] == 'b' ? '`' : '"', text);
    }
    vg__buf_text(buf, pattern);
}

void vgk_put(vg_buf *buf, const char *pattern, ...)
{
    va_list args;
    va_start(args, pattern);
    put(buf, pattern, args);
    va_end(args);
}

const char *vgk_sql(vg_kit *kit, const char *pattern, ...)
{
    vg_buf *buf = vgk_buf(kit);
    va_list args;
    va_start(args, pattern);
    put(buf, pattern, args);
    va_end(args);
    return vgk_buf_text(kit, buf, NULL);
}

vgk_statement *vgk_say(vg_kit *kit, vgk_statements *list, const char *table,
                       const char *sql)
{
    vgk_statement *s = VGK_ADD(kit, list);
    s->sql = sql;
    s->table = table;
    return s;
}

void vgk_note(vg_kit *kit, vgk_statement *statement, unsigned flags, const char *note)
{
    statement->flags |= flags;
    statement->note =
        statement->note ? vgk_sql(kit, "%s; %s", statement->note, note) : note;
}

const char *vgk_join(vg_kit *kit, const vgk_statements *statements, bool breakpoints,
                     size_t *len)
{
    vg_buf *buf = vgk_buf(kit);
    for (size_t i = 0; i < statements->len; i++) {
        if (i)
            vg__buf_text(buf, breakpoints ? "--> statement-breakpoint\n" : "\n");
        vg__buf_text(buf, statements->data[i].sql);
    }
    return vgk_buf_text(kit, buf, len);
}
