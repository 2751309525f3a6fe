/* Until the stages of the diff are there. */
#include "kit/diff.h"

__attribute__((weak)) int vgk_decide(vg_kit *kit, const vgk_snapshot *from,
                                     const vgk_snapshot *to,
                                     const vgk_renames *decisions, vgk_renames *renames,
                                     vgk_questions *questions)
{
    (void)from, (void)to, (void)decisions, (void)renames, (void)questions;
    return vgk_fail(kit, VG_UNSUPPORTED, "not yet");
}

__attribute__((weak)) int vgk_diff(vg_kit *kit, const vgk_snapshot *from,
                                   const vgk_snapshot *to, const vgk_renames *renames,
                                   vgk_changes *out)
{
    (void)from, (void)to, (void)renames, (void)out;
    return vgk_fail(kit, VG_UNSUPPORTED, "not yet");
}

__attribute__((weak)) const char *
vgk_join(vg_kit *kit, const vgk_statements *statements, bool breakpoints, size_t *len)
{
    (void)kit, (void)statements, (void)breakpoints;
    *len = 0;
    return "";
}

__attribute__((weak)) int vgk_inverse(vg_kit *kit, const vgk_changes *changes,
                                      vgk_statements *out, vgk_texts *losses)
{
    (void)changes, (void)out, (void)losses;
    return vgk_fail(kit, VG_UNSUPPORTED, "not yet");
}
