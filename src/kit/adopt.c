/* Databases that have migrations which were squashed or renumbered since. */
#include "kit/adopt.h"
#include "kit/json.h"
#include "kit/record.h"
#include <string.h>
#include <unistd.h>

enum { DEPTH_MAX = 100, ATTEMPTS = 100 };

/* ---- the file ---- */

static int read_list(vg_kit *kit, const json_t *json, const char *path, int depth,
                     vgk_replaced *out)
{
    const json_t *list = json_object_get(json, "replaces");
    if (depth > DEPTH_MAX)
        return vgk_fail(kit, VG_INVALID, "%s: malformed: too deep", path);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *at = json_array_get(list, i);
        const json_t *tag = json_object_get(at, "tag"),
                     *hash = json_object_get(at, "hash"),
                     *when = json_object_get(at, "when");
        if (!json_is_string(tag) || !json_is_string(hash) || !json_is_integer(when))
            return vgk_fail(
                kit, VG_INVALID,
                "%s: malformed: element %zu needs \"tag\", \"when\" and \"hash\"", path,
                i);
        vgk_replaced *r = VGK_ADD(kit, out);
        r->of = (vgk_record_of){vgk_text(kit, json_string_value(tag)),
                                json_integer_value(when),
                                vgk_text(kit, json_string_value(hash))};
        int rc = read_list(kit, at, path, depth + 1, r);
        if (rc != VG_OK)
            return rc;
    }
    return VG_OK;
}

int vgk_replaced_read(vg_kit *kit, const vgk_record_of *of, vgk_replaced *out)
{
    vgk_file file;
    *out = (vgk_replaced){.of = *of};
    int rc = vgk_read_file(kit, vgk_path(kit, vgk_replaces_name(kit, of->tag)), &file);
    if (rc != VG_OK || !file.text)
        return rc;
    json_t *json = vgk_json_read(kit, file.text, file.len, file.path);
    if (!json)
        return kit->code;
    if (!json_is_array(json_object_get(json, "replaces")))
        return vgk_fail(kit, VG_INVALID, "%s: malformed: it has no list \"replaces\"",
                        file.path);
    rc = read_list(kit, json, file.path, 0, out);
    vgk_release(kit, json);
    return rc;
}

static void write_list(vg_kit *kit, const vgk_replaced *from, json_t *into)
{
    json_t *list = json_array();
    vgk_json_put(kit, into, "replaces", list);
    for (size_t i = 0; i < from->len; i++) {
        const vgk_replaced *r = &from->data[i];
        json_t *at = json_object();
        if (json_array_append_new(list, at))
            vgk_no_memory(kit);
        vgk_json_put(kit, at, "tag", json_string(r->of.tag));
        vgk_json_put(kit, at, "when", json_integer(r->of.when));
        vgk_json_put(kit, at, "hash", json_string(r->of.hash));
        if (r->len)
            write_list(kit, r, at);
    }
}

static void free_json(void *json)
{
    json_decref(json);
}

const char *vgk_replaced_write(vg_kit *kit, const vgk_replaced *replaced, size_t *len)
{
    json_t *json = json_object();
    if (!json)
        vgk_no_memory(kit);
    vgk_own(kit, json, free_json);
    write_list(kit, replaced, json);
    const char *text = vgk_json_write(kit, json, len);
    vgk_release(kit, json);
    return text;
}

static int sweep_list(vg_kit *kit, vgk_changed *changed, const vgk_journal *journal,
                      const vgk_replaced *replaced)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < replaced->len; i++) {
        const char *tag = replaced->data[i].of.tag;
        if (vgk_tag_is_sound(tag) && vgk_journal_find(journal, tag) == journal->len)
            rc = vgk_remove_migration(kit, changed, journal, tag);
        if (rc == VG_OK)
            rc = sweep_list(kit, changed, journal, &replaced->data[i]);
    }
    return rc;
}

int vgk_sweep(vg_kit *kit, vgk_changed *changed, const vgk_journal *journal)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < journal->len; i++) {
        vgk_record_of of = {journal->data[i].tag, journal->data[i].when, ""};
        vgk_replaced replaced;
        rc = vgk_replaced_read(kit, &of, &replaced);
        if (rc == VG_OK)
            rc = sweep_list(kit, changed, journal, &replaced);
    }
    return rc;
}

/* ---- databases ---- */

/* Whether a row stands for the very migration: by its hash, since the time of what was squashed
 * is that of its last. */
static bool has_itself(const vg_applied_list *rows, const vgk_record_of *of)
{
    for (size_t i = 0; i < rows->len; i++)
        if (strcmp(rows->data[i].hash, of->hash) == 0 && rows->data[i].when == of->when)
            return true;
    return false;
}

vgk_share vgk_share_of(vg_kit *kit, const vg_applied_list *rows,
                       const vgk_replaced *replaced, vgk_records_of *gone)
{
    size_t all = 0, some = 0;
    for (size_t i = 0; i < replaced->len; i++) {
        const vgk_replaced *r = &replaced->data[i];
        vgk_share share = VGK_HAS_NONE;
        if (r->len ? has_itself(rows, &r->of) : !!vgk_applied_row(rows, &r->of)) {
            share = VGK_HAS_ALL;
            *VGK_ADD(kit, gone) = r->of;
        } else if (r->len) {
            share = vgk_share_of(kit, rows, r, gone);
        }
        all += share == VGK_HAS_ALL;
        some += share != VGK_HAS_NONE;
    }
    if (!some)
        return VGK_HAS_NONE;
    return all == replaced->len ? VGK_HAS_ALL : VGK_HAS_SOME;
}

static int partly(vg_kit *kit, const vgk_replaced *replaced, const vgk_records_of *gone)
{
    const char *names = "";
    for (size_t i = 0; i < gone->len; i++)
        names = vgk_print(kit, "%s%s%s", names, i ? ", " : "", gone->data[i].tag);
    return vgk_fail(
        kit, VG_INVALID,
        "the database has %s, but not all of what %s stands for; migrate it with "
        "the folder as it was before, then try again",
        names, replaced->of.tag);
}

/* Whether any migration stands for others: mostly none does, and there is nothing to read. */
static bool any_replaces(vg_kit *kit, const vgk_journal *journal)
{
    for (size_t i = 0; i < journal->len; i++)
        if (access(vgk_path(kit, vgk_replaces_name(kit, journal->data[i].tag)), F_OK) ==
            0)
            return true;
    return false;
}

/* One look, and what follows from it. */
static int adopt_all(vg_kit *kit, vg_db *db, const vg_migrations *all, size_t *count,
                     bool *stale)
{
    vg_applied_list rows;
    vgk_records_of gone = {0}, added = {0};
    int rc = vgk_applied(kit, db, &rows);
    for (size_t i = 0; rc == VG_OK && i < all->len; i++) {
        vgk_record_of of = {all->data[i].tag, all->data[i].when, all->data[i].hash};
        vgk_replaced replaced;
        vgk_records_of some = {0};
        rc = vgk_replaced_read(kit, &of, &replaced);
        if (rc != VG_OK || !replaced.len || has_itself(&rows, &of))
            continue;
        vgk_share share = vgk_share_of(kit, &rows, &replaced, &some);
        if (share == VGK_HAS_SOME)
            return partly(kit, &replaced, &some);
        if (share == VGK_HAS_NONE)
            continue;
        for (size_t k = 0; k < some.len; k++)
            *VGK_ADD(kit, &gone) = some.data[k];
        *VGK_ADD(kit, &added) = of;
    }
    *stale = false;
    if (rc == VG_OK && added.len)
        rc = vgk_replace_rows(kit, db, &rows, &gone, &added, stale);
    *count = rc == VG_OK && !*stale ? added.len : 0;
    return rc;
}

int vgk_adopt(vg_kit *kit, vg_db *db, size_t *count)
{
    vgk_journal journal;
    vg_migrations all;
    bool stale = true; /* another program migrates right now */
    vg_applied_list rows;
    *count = 0;
    int rc = vgk_applied(kit, db, &rows);
    if (rc != VG_OK || !rows.len)
        return rc;
    rc = vgk_folder_journal(kit, &journal);
    if (rc != VG_OK || !any_replaces(kit, &journal))
        return rc;
    rc = vgk_load(kit, &journal, &all);
    for (int i = 0; rc == VG_OK && stale && i < ATTEMPTS; i++)
        rc = adopt_all(kit, db, &all, count, &stale);
    if (rc == VG_OK && stale)
        rc = vgk_fail(kit, VG_BUSY, "others keep writing into the table %s; try again",
                      kit->config.table);
    return rc;
}

typedef struct adopt {
    vg_db *db;
    size_t *count;
} adopt;

static int run(vg_kit *kit, void *args)
{
    const adopt *a = args;
    return vgk_adopt(kit, a->db, a->count);
}

int vg_kit_adopt(vg_kit *kit, vg_db *db, size_t *count)
{
    size_t none;
    count = count ? count : &none;
    *count = 0;
    return vgk_enter(kit, run, &(adopt){db, count});
}
