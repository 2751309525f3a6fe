/* The folder as what vg_migrate takes. */
#include "kit/applied.h"
#include <string.h>

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
        return vgk_fail(kit, VG_INVALID, "%s: it has a NUL in it; SQL is text",
                        sql.path);
    const char *hash = vgk_hash(kit, sql.text, sql.len);
    bool one_line = !memchr(sql.text, '\n', sql.len);
    *out = (vg_migration){.tag = entry->tag,
                          .when = entry->when,
                          .sql = sql.text,
                          .sql_len = sql.len,
                          .down = down.text,
                          .hash = hash,
                          .hash_eol =
                              one_line ? hash : vgk_hash_eol(kit, sql.text, sql.len),
                          .path = sql.path};
    return VG_OK;
}

int vgk_load(vg_kit *kit, const vgk_journal *journal, vg_migrations *out)
{
    int rc = VG_OK;
    vg_migration *all = vgk_alloc(kit, journal->len * sizeof *all);
    for (size_t i = 0; rc == VG_OK && i < journal->len; i++)
        rc = load(kit, &journal->data[i], &all[i]);
    *out = (vg_migrations){all, rc == VG_OK ? journal->len : 0};
    return rc;
}

static int run(vg_kit *kit, void *args)
{
    vgk_journal journal;
    int rc = vgk_folder_journal(kit, &journal);
    return rc == VG_OK ? vgk_load(kit, &journal, args) : rc;
}

int vg_kit_load(vg_kit *kit, vg_migrations *out)
{
    *out = (vg_migrations){0};
    return vgk_enter(kit, run, out);
}
