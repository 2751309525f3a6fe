/* The folder as what vg_migrate takes. */
#include "kit/folder.h"
#include <sha2.h>
#include <string.h>

static const char *hash_of(vg_kit *kit, const vgk_file *file)
{
    char *hex = vgk_alloc(kit, SHA256_DIGEST_STRING_LENGTH);
    return SHA256Data((const uint8_t *)file->text, file->len, hex);
}

static int load(vg_kit *kit, const vgk_entry *entry, vg_migration *out)
{
    vgk_file sql, down;
    int rc = vgk_read_file(kit, vgk_path(kit, vgk_sql_name(kit, entry->tag)), &sql);
    if (rc == VG_OK)
        rc = vgk_read_file(kit, vgk_path(kit, vgk_down_name(kit, entry->tag)), &down);
    if (rc != VG_OK)
        return rc;
    if (!sql.text)
        return vgk_fail(kit, VG_NOT_FOUND,
                        "%s: there is no such file, but the journal lists it; bring it "
                        "back, or drop the entry",
                        sql.path);
    if (strlen(sql.text) != sql.len)
        return vgk_fail(kit, VG_INVALID, "%s: it has a NUL in it; SQL is text", sql.path);
    *out = (vg_migration){.tag = entry->tag,
                          .when = entry->when,
                          .sql = sql.text,
                          .sql_len = sql.len,
                          .down = down.text,
                          .hash = hash_of(kit, &sql),
                          .path = sql.path};
    return VG_OK;
}

static int run(vg_kit *kit, void *args)
{
    vg_migrations *out = args;
    vgk_journal journal;
    int rc = vgk_folder_journal(kit, &journal);
    if (rc != VG_OK)
        return rc;
    vg_migration *all = vgk_alloc(kit, journal.len * sizeof *all);
    for (size_t i = 0; rc == VG_OK && i < journal.len; i++)
        rc = load(kit, &journal.data[i], &all[i]);
    if (rc == VG_OK)
        *out = (vg_migrations){all, journal.len};
    return rc;
}

int vg_kit_load(vg_kit *kit, vg_migrations *out)
{
    *out = (vg_migrations){0};
    return vgk_enter(kit, run, out);
}
