/* Drift: a database beside the snapshot that it should be like, in sentences. */
#include "kit/align.h"
#include "kit/applied.h"
#include "kit/dialect.h"
#include "kit/filter.h"
#include <string.h>

typedef struct drifting {
    vg_db *db;
    vg_kit_texts *out;
} drifting;

static const char *const missing = "is missing in the database";
static const char *const extra = "is in the database, but not in the migrations";

/* ---- what it should be like ---- */

/* The last entry that the database has, by its time; journal->len if it has none. */
static size_t last_applied(vg_kit *kit, vg_db *db, const vgk_journal *journal, int *rc)
{
    vg_applied_list rows;
    size_t found = journal->len;
    *rc = vgk_applied(kit, db, &rows);
    if (*rc != VG_OK)
        return found;
    for (size_t i = 0; i < journal->len; i++)
        for (size_t k = 0; k < rows.len; k++)
            if (rows.data[k].when == journal->data[i].when)
                found = i;
    return found;
}

/* The snapshot of that entry or, where it has none (SQL written by hand), of one before it. */
static int expected(vg_kit *kit, vg_db *db, vgk_snapshot *out)
{
    vgk_journal journal;
    vgk_texts names;
    int rc = vgk_folder_journal(kit, &journal);
    if (rc == VG_OK)
        rc = vgk_folder_snapshots(kit, &names);
    if (rc != VG_OK)
        return rc;
    size_t last = last_applied(kit, db, &journal, &rc);
    if (rc == VG_OK && last == journal.len && journal.len)
        last = journal.len - 1;
    for (size_t i = last + 1; rc == VG_OK && journal.len && i > 0; i--) {
        const char *name =
            vgk_snapshot_name(kit, journal.data[i - 1].tag) + strlen("meta/");
        for (size_t k = 0; k < names.len; k++)
            if (strcmp(names.data[k], name) == 0)
                return vgk_folder_snapshot(kit, name, out, NULL);
    }
    return rc != VG_OK ? rc
                       : vgk_fail(kit, VG_NOT_FOUND,
                                  "%s: there is no snapshot to compare the database "
                                  "with; generate or pull makes one",
                                  kit->config.out);
}

/* ---- sentences ---- */

typedef struct teller {
    vg_kit *kit;
    vgk_texts *out;
} teller;

static void tell(const teller *t, const char *sentence)
{
    *VGK_ADD(t->kit, t->out) = sentence;
}

/* What is called `name` is in one of the two, or differs. */
static void thing(const teller *t, const char *table, const char *what,
                  const char *name, const vgk_part *part, const char *differs)
{
    const char *verdict = !part->to ? missing : !part->from ? extra : differs;
    tell(t, vgk_print(t->kit, "%s%s%s%s %s %s", *table ? "table " : "", table,
                      *table ? ": " : "", what, name, verdict));
}

static const char *said(const char *text)
{
    return text ? text : "nothing";
}

static bool same_schema(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void column(const teller *t, const char *table, const vgk_part *part)
{
    const vgk_column *a = part->from, *b = part->to;
    if (!a || !b) {
        thing(t, table, "column", a ? a->name : b->name, part, "");
        return;
    }
    const char *head = vgk_print(t->kit, "table %s: column %s", table, a->name);
    if (strcmp(a->type, b->type) != 0 || !same_schema(a->type_schema, b->type_schema))
        tell(t, vgk_print(t->kit, "%s is %s in the database instead of %s", head,
                          b->type, a->type));
    if (a->not_null != b->not_null)
        tell(t, vgk_print(t->kit, "%s %s NULL in the database", head,
                          b->not_null ? "is NOT" : "may be"));
    if (a->primary_key != b->primary_key)
        tell(t, vgk_print(t->kit, "%s %s the primary key in the database", head,
                          b->primary_key ? "is" : "is not"));
    if (a->autoincrement != b->autoincrement)
        tell(t, vgk_print(t->kit, "%s %s AUTOINCREMENT in the database", head,
                          b->autoincrement ? "has" : "has no"));
    if (strcmp(said(a->value.text), said(b->value.text)) != 0)
        tell(t, vgk_print(t->kit, "%s has %s as DEFAULT in the database instead of %s",
                          head, said(b->value.text), said(a->value.text)));
    if (!a->identity != !b->identity)
        tell(t, vgk_print(t->kit, "%s is %s IDENTITY in the database", head,
                          b->identity ? "an" : "no"));
    else if (a->identity && !vgk_same_identity(a->identity, b->identity))
        tell(t, vgk_print(t->kit, "%s is another IDENTITY in the database", head));
    if (!a->generated != !b->generated ||
        (a->generated && (strcmp(a->generated->as, b->generated->as) != 0 ||
                          strcmp(a->generated->type, b->generated->type) != 0)))
        tell(t, vgk_print(t->kit, "%s is generated as %s in the database instead of %s",
                          head, b->generated ? b->generated->as : "nothing",
                          a->generated ? a->generated->as : "nothing"));
}

/* Each of these begins with its name. */
static const char *name_of(const vgk_part *part)
{
    const void *of = part->from ? part->from : part->to;
    return *(const char *const *)of;
}

static void things(const teller *t, const char *table, const char *what,
                   const vgk_parts *parts)
{
    for (size_t i = 0; i < parts->len; i++)
        thing(t, table, what, name_of(&parts->data[i]), &parts->data[i],
              "is not the same in the database");
}

static void table(const teller *t, const vgk_table_change *c)
{
    const char *name = c->from->name;
    for (size_t i = 0; i < c->columns.len; i++)
        column(t, name, &c->columns.data[i]);
    things(t, name, "index", &c->indexes);
    things(t, name, "foreign key", &c->foreign_keys);
    things(t, name, "primary key", &c->primary_keys);
    things(t, name, "UNIQUE constraint", &c->uniques);
    things(t, name, "CHECK", &c->checks);
    things(t, name, "EXCLUDE", &c->excludes);
    things(t, name, "policy", &c->policies);
    if (c->security)
        tell(t,
             vgk_print(t->kit, "table %s: row security is %s%s in the database", name,
                       c->to->row_security || c->to->policies.len ? "on" : "off",
                       c->to->force_row_security ? ", for its owner too" : ""));
    if (c->from->partition_by || c->to->partition_by) {
        if (c->storage)
            tell(t, vgk_print(t->kit, "table %s is partitioned by %s in the database",
                              name, said(c->to->partition_by)));
    } else if (c->storage)
        tell(t, vgk_print(t->kit,
                          "table %s is%s STRICT and%s WITHOUT ROWID in the database",
                          name, c->to->strict ? "" : " not",
                          c->to->without_rowid ? "" : " not"));
}

static int drift(vg_kit *kit, void *args)
{
    const drifting *d = args;
    vgk_snapshot snapshot, live;
    vgk_renames none = {0};
    vgk_changes changes = {0};
    vgk_texts out = {0};
    const teller t = {kit, &out};
    int rc = expected(kit, d->db, &snapshot);
    if (rc == VG_OK)
        vgk_filter(kit, &snapshot);
    if (rc == VG_OK)
        rc = kit->dialect->introspect(kit, d->db, false, &live);
    if (rc != VG_OK)
        return rc;
    if (kit->dialect->hide)
        kit->dialect->hide(kit, &live, &snapshot);
    rc = vgk_align_live(kit, d->db, &live, &snapshot, &none);
    if (rc == VG_OK)
        rc = vgk_diff(kit, &snapshot, &live, &none, &changes);
    if (rc != VG_OK)
        return rc;
    things(&t, "", "table", &changes.tables);
    for (size_t i = 0; i < changes.altered.len; i++)
        table(&t, &changes.altered.data[i]);
    things(&t, "", "schema", &changes.namespaces);
    things(&t, "", "enum", &changes.enums);
    things(&t, "", "sequence", &changes.sequences);
    things(&t, "", "role", &changes.roles);
    things(&t, "", "extension", &changes.extensions);
    things(&t, "", "policy", &changes.policies);
    things(&t, "", "view", &changes.views);
    things(&t, "", "trigger", &changes.triggers);
    things(&t, "", "virtual table", &changes.virtual_tables);
    *d->out = (vg_kit_texts){out.data, out.len};
    return VG_OK;
}

int vg_kit_drift(vg_kit *kit, vg_db *db, vg_kit_texts *out)
{
    *out = (vg_kit_texts){0};
    return vgk_enter(kit, drift, &(drifting){db, out});
}
