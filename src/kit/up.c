/* Snapshots of older versions, rewritten in place. */
#include "kit/dialect.h"
#include "kit/folder.h"
#include <stdlib.h>
#include <string.h>

static int run(vg_kit *kit, void *args)
{
    vg_kit_texts *out = args;
    vgk_texts names, written = {0};
    int newest = (int)strtol(kit->dialect->snapshot_version, NULL, 10);
    vgk_folder_lock(kit);
    int rc = vgk_folder_snapshots(kit, &names);
    for (size_t i = 0; i < names.len && rc == VG_OK; i++) {
        const char *path = vgk_path(kit, vgk_print(kit, "meta/%s", names.data[i]));
        vgk_file file;
        vgk_snapshot snapshot;
        int version;
        size_t len;
        rc = vgk_read_file(kit, path, &file);
        if (rc == VG_OK && file.text)
            rc = vgk_snapshot_read(kit, file.text, file.len, path, &snapshot, &version);
        if (rc != VG_OK || !file.text || version >= newest)
            continue;
        const char *text = vgk_snapshot_write(kit, &snapshot, &len);
        rc = vgk_write_file(kit, path, text, len);
        if (rc == VG_OK)
            *VGK_ADD(kit, &written) = path;
    }
    *out = (vg_kit_texts){written.data, written.len};
    return rc;
}

int vg_kit_up(vg_kit *kit, vg_kit_texts *written)
{
    *written = (vg_kit_texts){0};
    return vgk_enter(kit, run, written);
}
