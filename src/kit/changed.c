/* Files written and removed by a tool, one by one, and what it has to say. */
#include "kit/adopt.h"
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

static vg_kit_texts public_texts(const vgk_texts *texts)
{
    return (vg_kit_texts){texts->data, texts->len};
}

vg_kit_changed vgk_changed_public(const vgk_changed *changed)
{
    return (vg_kit_changed){.tag = changed->tag,
                            .written = public_texts(&changed->written),
                            .removed = public_texts(&changed->removed),
                            .notes = public_texts(&changed->notes)};
}

void vgk_changed_note(vg_kit *kit, vgk_changed *changed, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *VGK_ADD(kit, &changed->notes) = vgk_print_args(kit, format, args);
    va_end(args);
}

int vgk_put_file(vg_kit *kit, vgk_changed *changed, const char *name, const char *text,
                 size_t len)
{
    const char *path = vgk_path(kit, name);
    int rc = vgk_write_file(kit, path, text, len);
    if (rc == VG_OK)
        *VGK_ADD(kit, &changed->written) = path;
    return rc;
}

int vgk_take_file(vg_kit *kit, vgk_changed *changed, const char *name)
{
    const char *path = vgk_path(kit, name);
    if (access(path, F_OK) != 0)
        return VG_OK;
    int rc = vgk_remove_file(kit, path);
    if (rc == VG_OK)
        *VGK_ADD(kit, &changed->removed) = path;
    return rc;
}

int vgk_remove_migration(vg_kit *kit, vgk_changed *changed, const vgk_journal *journal,
                         const char *tag)
{
    const char *snapshot = vgk_snapshot_name(kit, tag);
    bool shared = false;
    for (size_t i = 0; i < journal->len; i++)
        shared = shared ||
                 strcmp(vgk_snapshot_name(kit, journal->data[i].tag), snapshot) == 0;
    int rc = vgk_take_file(kit, changed, vgk_sql_name(kit, tag));
    if (rc == VG_OK)
        rc = vgk_take_file(kit, changed, vgk_down_name(kit, tag));
    if (rc == VG_OK)
        rc = vgk_take_file(kit, changed, vgk_replaces_name(kit, tag));
    if (rc == VG_OK && !shared)
        rc = vgk_take_file(kit, changed, snapshot);
    if (rc == VG_OK && !shared)
        rc = vgk_take_file(kit, changed, vgk_companion_name(kit, tag));
    return rc;
}
