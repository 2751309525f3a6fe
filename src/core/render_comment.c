/* Rendering COMMENT: text that can say anything and must not get out of its comment. */
#include "core/render.h"

enum { MAX_PAIRS = 8 };

/* No comment begins or ends inside, and none is read by the database: MySQL runs what
 * begins with "!", and takes hints from "+". */
static void text_comment(vg_render *r, const char *text)
{
    char before = '*'; /* of the opening mark */
    vg__render_text(r, " /*");
    if (*text == '!' || *text == '+' || (text[0] == 'M' && text[1] == '!'))
        vg__buf_char(r->out, ' ');
    for (; *text; before = *text++) {
        if ((before == '*' && *text == '/') || (before == '/' && *text == '*'))
            vg__buf_char(r->out, ' ');
        vg__buf_char(r->out, *text);
    }
    vg__render_text(r, before == '/' ? " */" : "*/");
}

/* RFC 3986: all but the unreserved characters as %XX. */
static void encoded(vg_render *r, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || strchr("-_.~", c);
        if (!plain) {
            vg__buf_char(r->out, '%');
            vg__buf_char(r->out, digits[c >> 4]);
        }
        vg__buf_char(r->out, plain ? (char)c : digits[c & 15]);
    }
}

/* key='value' by key; a pair with a NULL says nothing. */
static void tags(vg_render *r, const char *const *strings, size_t count)
{
    const char *const *sorted[MAX_PAIRS];
    size_t pairs = 0;
    for (size_t i = 0; i + 1 < count && pairs < MAX_PAIRS; i += 2) {
        if (!strings[i] || !strings[i + 1])
            continue;
        size_t at = pairs++;
        for (; at && strcmp(sorted[at - 1][0], strings[i]) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = &strings[i];
    }
    for (size_t i = 0; i < pairs; i++) {
        vg__render_text(r, i ? "," : " /*");
        encoded(r, sorted[i][0]);
        vg__render_text(r, "='");
        encoded(r, sorted[i][1]);
        vg__render_text(r, "'");
    }
    if (pairs)
        vg__render_text(r, "*/");
}

void vg__render_comment(vg_render *r, const vg_clause *q)
{
    if (q && q->sub)
        tags(r, q->b, q->n);
    else if (q && q->text && *q->text)
        text_comment(r, q->text);
}
