/* Sentences about a live database. */
#include "kit/remark.h"
#include "base/utf8.h"
#include <stdarg.h>

void vgk_remark(vg_kit *kit, vgk_snapshot *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = vgk_print_args(kit, format, args);
    va_end(args);
    if (!vg__is_utf8(text))
        for (char *at = text; *at; at++)
            *at = (char)(*at & 0x80 ? '?' : *at);
    *VGK_ADD(kit, &out->notes) = text;
}

void vgk_unsaid_of(vg_kit *kit, vgk_snapshot *out, const char *table, const char *what)
{
    *VGK_ADD(kit, &out->unsaid) = (vgk_unsaid){table, what};
}
