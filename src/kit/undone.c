/* Until what takes a migration back is there. */
#include "kit/diff.h"

__attribute__((weak)) int vgk_inverse(vg_kit *kit, const vgk_changes *changes,
                                      vgk_statements *out, vgk_texts *losses)
{
    (void)changes, (void)out;
    *VGK_ADD(kit, losses) = "this version cannot tell how to take it back";
    return VG_OK;
}
