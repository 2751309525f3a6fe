/* Which migrations of two branches stay, and which move. */
#include "kit/rebase.h"
#include <string.h>

/* ---- files, of one side ---- */

int vgk_rebase_file(vgk_rebase *r, const char *name, vgk_side side, vgk_file *out)
{
    int rc = vgk_read_file(r->kit, vgk_path(r->kit, name), out);
    if (rc == VG_OK && out->text && vgk_conflict_line(out->text, out->len))
        out->text = vgk_side_of(r->kit, out->text, out->len, side, &out->len);
    return rc;
}

/* *there: whether the migration has a snapshot. */
int vgk_rebase_document(vgk_rebase *r, const char *tag, vgk_side side,
                        vgk_document *out, bool *there)
{
    vgk_file file, more;
    int rc = vgk_rebase_file(r, vgk_snapshot_name(r->kit, tag), side, &file);
    *there = rc == VG_OK && file.text;
    if (!*there)
        return rc;
    rc = vgk_rebase_file(r, vgk_companion_name(r->kit, tag), side, &more);
    return rc == VG_OK ? vgk_document_read(r->kit, &file, &more, out) : rc;
}

static void add_moving(vgk_rebase *r, const vgk_entry *entry)
{
    *VGK_ADD(r->kit, &r->moving) = (vgk_moving){.was = *entry};
}

/* ---- which move: git's marks ---- */

static int read_journal_side(vgk_rebase *r, const vgk_file *file, vgk_side side,
                             vgk_journal *out)
{
    size_t len;
    const char *text = vgk_side_of(r->kit, file->text, file->len, side, &len);
    int rc = vgk_journal_read(r->kit, text, len, file->path, out);
    if (rc != VG_OK)
        return vgk_fail(
            r->kit, rc,
            "%s: the %s side of the conflict is no journal by itself; take one "
            "side of the whole file, and add the entries of the other by hand",
            file->path, side == VGK_OURS ? "upper" : "lower");
    return vgk_journal_suits(r->kit, out, file->path);
}

static int split_marked(vgk_rebase *r, const vgk_file *file)
{
    vgk_journal sides[2];
    for (int side = VGK_OURS; side <= VGK_THEIRS; side++)
        if (read_journal_side(r, file, (vgk_side)side, &sides[side]))
            return r->kit->code;
    vgk_side moves = VGK_OURS;
    size_t shared = 0;
    while (shared < sides[0].len && shared < sides[1].len &&
           strcmp(sides[0].data[shared].tag, sides[1].data[shared].tag) == 0 &&
           sides[0].data[shared].when == sides[1].data[shared].when)
        shared++;
    if (r->tag) {
        size_t at = vgk_journal_find(&sides[VGK_THEIRS], r->tag);
        if (at < sides[VGK_THEIRS].len && at >= shared)
            moves = VGK_THEIRS;
        else if (vgk_journal_find(&sides[VGK_OURS], r->tag) == sides[VGK_OURS].len)
            return vgk_fail(r->kit, VG_NOT_FOUND,
                            "%s has no migration %s on either side", file->path,
                            r->tag);
    }
    r->marked = true;
    r->kept_side = moves == VGK_OURS ? VGK_THEIRS : VGK_OURS;
    r->kept = sides[r->kept_side];
    r->shared = shared;
    for (size_t i = shared; i < sides[moves].len; i++)
        add_moving(r, &sides[moves].data[i]);
    return VG_OK;
}

/* ---- which move: two snapshots of one parent ---- */

typedef struct link {
    vgk_document document;
    bool drawn;
} link;

/* Mark `i` and what follows it. */
static void follow(const vgk_journal *journal, const link *links, size_t i,
                   bool *members)
{
    members[i] = true;
    for (size_t k = i + 1; k < journal->len; k++) {
        if (!links[k].drawn)
            members[k] = members[k - 1];
        for (size_t m = i; m < k && links[k].drawn && !members[k]; m++)
            members[k] = members[m] && links[m].drawn &&
                         strcmp(links[m].document.snapshot.id,
                                links[k].document.snapshot.prev_id) == 0;
    }
}

static bool collide(const link *a, const link *b)
{
    return a->drawn && b->drawn &&
           strcmp(a->document.snapshot.prev_id, b->document.snapshot.prev_id) == 0;
}

static int split_links(vgk_rebase *r, const vgk_journal *journal, const link *links,
                       size_t i, size_t k)
{
    vg_kit *kit = r->kit;
    bool *members = vgk_alloc(kit, journal->len * sizeof *members);
    size_t tag = r->tag ? vgk_journal_find(journal, r->tag) : k;
    if (tag == journal->len)
        return vgk_fail(kit, VG_NOT_FOUND, "there is no migration %s in %s", r->tag,
                        kit->config.out);
    follow(journal, links, k, members);
    if (!members[tag]) {
        memset(members, 0, journal->len * sizeof *members);
        follow(journal, links, i, members);
        members[k] = false;
    }
    if (!members[tag])
        return vgk_fail(kit, VG_INVALID,
                        "%s is of neither branch; those begin with %s and %s", r->tag,
                        journal->data[i].tag, journal->data[k].tag);
    r->kept = (vgk_journal){.version = journal->version, .dialect = journal->dialect};
    r->shared = i;
    for (size_t n = 0; n < journal->len; n++) {
        if (members[n])
            add_moving(r, &journal->data[n]);
        else
            *VGK_ADD(kit, &r->kept) = journal->data[n];
    }
    return VG_OK;
}

static int refuse_lost(vgk_rebase *r, const vgk_entry *a, const vgk_entry *b)
{
    return vgk_fail(
        r->kit, VG_INVALID,
        "%s and %s share %s, so the snapshot of one is lost: bring it back from "
        "its branch with another number, and give that number to its entry and "
        "files",
        a->tag, b->tag, vgk_snapshot_name(r->kit, a->tag));
}

/* How many snapshots follow one that is there. */
static int read_links_of(vgk_rebase *r, const vgk_journal *journal, vgk_side side,
                         link *links, size_t *score)
{
    int rc = VG_OK;
    *score = 0;
    for (size_t i = 0; rc == VG_OK && i < journal->len; i++) {
        rc = vgk_rebase_document(r, journal->data[i].tag, side, &links[i].document,
                                 &links[i].drawn);
        for (size_t k = 0; rc == VG_OK && k < i && links[i].drawn; k++)
            *score += links[k].drawn && strcmp(links[k].document.snapshot.id,
                                               links[i].document.snapshot.prev_id) == 0;
    }
    return rc;
}

/* A move that was interrupted after its journal leaves marks in snapshots that stay: there the
 * side counts which the chain goes through. */
static int read_links(vgk_rebase *r, const vgk_journal *journal, link **out)
{
    link *theirs = vgk_alloc(r->kit, journal->len * sizeof *theirs);
    link *ours = vgk_alloc(r->kit, journal->len * sizeof *ours);
    size_t score, other;
    int rc = read_links_of(r, journal, VGK_THEIRS, theirs, &score);
    if (rc == VG_OK)
        rc = read_links_of(r, journal, VGK_OURS, ours, &other);
    r->kept_side = rc == VG_OK && other > score ? VGK_OURS : VGK_THEIRS;
    *out = r->kept_side == VGK_OURS ? ours : theirs;
    return rc;
}

static int split_chain(vgk_rebase *r, const vgk_file *file)
{
    vg_kit *kit = r->kit;
    vgk_journal journal;
    int rc = vgk_journal_read(kit, file->text, file->len, file->path, &journal);
    if (rc == VG_OK)
        rc = vgk_journal_suits(kit, &journal, file->path);
    if (rc != VG_OK)
        return rc;
    link *links;
    rc = read_links(r, &journal, &links);
    if (rc != VG_OK)
        return rc;
    for (size_t k = 1; k < journal.len; k++)
        for (size_t i = 0; i < k; i++) {
            if (!collide(&links[i], &links[k]))
                continue;
            if (strcmp(vgk_snapshot_name(kit, journal.data[i].tag),
                       vgk_snapshot_name(kit, journal.data[k].tag)) == 0)
                return refuse_lost(r, &journal.data[i], &journal.data[k]);
            return split_links(r, &journal, links, i, k);
        }
    r->kept = journal;
    r->shared = journal.len;
    return VG_OK;
}

int vgk_rebase_split(vgk_rebase *r, const vgk_file *journal)
{
    r->kept_side = VGK_THEIRS;
    return vgk_conflict_line(journal->text, journal->len) ? split_marked(r, journal)
                                                          : split_chain(r, journal);
}
