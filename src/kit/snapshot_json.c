/* Snapshots as JSON: what is the same in the formats of all databases. */
#include "kit/dialect.h"
#include "kit/format.h"
#include <stdlib.h>
#include <string.h>

/* Keys of a snapshot beside the fields of `top`. */
static bool is_top_key(const vgk_format *format, const char *name)
{
    static const char *const names[] = {"version", "dialect", "_meta", "internal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    for (const vgk_field *f = format->top->fields; f->kind; f++)
        if (strcmp(f->key, name) == 0)
            return true;
    return false;
}

/* ---- reading ---- */

/* "6" of "version"; 0 if it is none. */
static int version_of(const json_t *json)
{
    const json_t *version = json_object_get(json, "version");
    const char *text = json_is_string(version) ? json_string_value(version) : "";
    size_t len = strlen(text);
    return len > 0 && len < 4 && strspn(text, "0123456789") == len
               ? (int)strtol(text, NULL, 10)
               : 0;
}

static int check_head(vg_kit *kit, const json_t *json, const char *path, int *version)
{
    int newest = (int)strtol(kit->dialect->snapshot_version, NULL, 10);
    const vgk_format *format = kit->dialect->format;
    const json_t *dialect = json_object_get(json, "dialect");
    const char *named = json_is_string(dialect) ? json_string_value(dialect) : NULL;
    if (!json_is_object(json))
        return vgk_fail(kit, VG_INVALID, "%s: malformed: a snapshot is an object",
                        path);
    *version = version_of(json);
    if (named && strcmp(named, kit->dialect->name) != 0 &&
        (!format->old_name || strcmp(named, format->old_name) != 0))
        return vgk_fail(kit, VG_INVALID,
                        "%s: it is a snapshot for %s, not for %s; set \"dialect\"",
                        path, named, kit->dialect->name);
    if (*version > newest)
        return vgk_fail(kit, VG_UNSUPPORTED,
                        "%s: version %d is newer than this virga (%d); use a newer one",
                        path, *version, newest);
    if (*version < format->oldest)
        return vgk_fail(kit, VG_INVALID, "%s: malformed: no version that is known",
                        path);
    return VG_OK;
}

/* What may be left out has a meaning of its own. */
static void fill_in(vgk_snapshot *s)
{
    for (size_t t = 0; t < s->tables.len; t++) {
        vgk_foreign_keys *keys = &s->tables.data[t].foreign_keys;
        for (size_t i = 0; i < keys->len; i++) {
            vgk_foreign_key *k = &keys->data[i];
            k->on_delete = k->on_delete ? k->on_delete : "no action";
            k->on_update = k->on_update ? k->on_update : "no action";
        }
        vgk_keys *primary = &s->tables.data[t].primary_keys;
        for (size_t i = 0; i < primary->len; i++)
            primary->data[i].name = primary->data[i].name ? primary->data[i].name : "";
    }
}

int vgk_snapshot_read(vg_kit *kit, const char *text, size_t len, const char *path,
                      vgk_snapshot *out, int *version)
{
    const vgk_format *format = kit->dialect->format;
    int found = 0;
    *out = (vgk_snapshot){.id = "", .prev_id = ""};
    json_t *json = vgk_json_read(kit, text, len, path);
    if (!json)
        return kit->code;
    int rc = check_head(kit, json, path, &found);
    if (version)
        *version = found;
    for (void *it = json_object_iter(json); rc == VG_OK && format->strict && it;
         it = json_object_iter_next(json, it))
        if (!is_top_key(format, json_object_iter_key(it)))
            rc = vgk_fail(kit, VG_INVALID,
                          "%s: malformed: it has a key \"%s\" that no snapshot has",
                          path, json_object_iter_key(it));
    if (rc == VG_OK && !json_object_get(json, "_meta"))
        rc = vgk_fail(kit, VG_INVALID, "%s: malformed: it has no \"_meta\"", path);
    if (rc == VG_OK && format->upgrade)
        format->upgrade(kit, json, found);
    if (rc == VG_OK)
        rc = vgk_record_read(kit, format->top, json, path, "snapshot", out);
    if (rc == VG_OK)
        rc = vgk_record_read(kit, format->meta, json_object_get(json, "_meta"), path,
                             "_meta", out);
    if (rc == VG_OK) {
        fill_in(out);
        if (format->read)
            format->read(kit, json, out);
    }
    vgk_release(kit, json);
    return rc;
}

/* ---- writing ---- */

const char *vgk_snapshot_write(vg_kit *kit, const vgk_snapshot *snapshot, size_t *len)
{
    const vgk_format *format = kit->dialect->format;
    json_t *json = vgk_json_object(kit);
    if (format->ids_first) {
        vgk_json_put(kit, json, "id", json_string_nocheck(snapshot->id));
        vgk_json_put(kit, json, "prevId", json_string_nocheck(snapshot->prev_id));
    }
    vgk_json_put(kit, json, "version", json_string(kit->dialect->snapshot_version));
    vgk_json_put(kit, json, "dialect", json_string(kit->dialect->name));
    vgk_record_write(kit, format->top, snapshot, json);
    json_t *meta = json_object();
    vgk_json_put(kit, json, "_meta", meta);
    vgk_record_write(kit, format->meta, snapshot, meta);
    if (format->write)
        format->write(kit, snapshot, json);
    const char *text = vgk_json_write(kit, json, len);
    vgk_release(kit, json);
    return text;
}
