/* What a batch sends, phase by phase:
 *
 *     PREPARE   the statements that are new: prepare, describe, sync each
 *     RUN       the parts, and a sync at the end, or after each entry
 *     END       a transaction that had to be its own: commit or roll back
 *
 * What lies between two syncs is one transaction by the protocol itself. Only a WHOLE batch
 * that both reads and writes takes one of its own: a row that cannot be read takes back what
 * was written. */
#include "core/batch.h"

static int post(vg_batch *b, vg_message what, size_t part, const char *sql)
{
    vg_posted *m = vg__batch_grow(b->db, &b->messages, sizeof *m);
    if (!m)
        return VG_NO_MEMORY;
    *m = (vg_posted){what, part, sql};
    return VG_OK;
}

static int post_prepares(vg_batch *b)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < b->parts.count; i++) {
        vg_portion *part = vg__part_at(b, i);
        const void *native = part->stmt->native;
        part->prepares =
            part->owns && (!native || vg__batch_pipeline(b)->stale(part->stmt->native));
        if (!part->prepares)
            continue;
        rc = post(b, VG_MESSAGE_PREPARE, i, NULL);
        if (rc == VG_OK)
            rc = post(b, VG_MESSAGE_DESCRIBE, i, NULL);
        if (rc == VG_OK)
            rc = post(b, VG_MESSAGE_SYNC, i, NULL);
    }
    return rc;
}

/* Whoever watches is told before anything is sent; a fault strikes here. */
static void begin_watching(vg_batch *b)
{
    vg_db *db = b->db;
    for (size_t i = 0; db->watch && i < b->parts.count; i++) {
        vg_portion *part = vg__part_at(b, i);
        vg_entry *e = vg__entry_at(b, part->entry);
        vg__begin(db, e->outcome.here);
        vg_watching *x = vg__arena_alloc(&b->arena, sizeof *x);
        int rc = VG_NO_MEMORY;
        vg__batch_load_params(db, part);
        if (!x)
            vg__fail(db, rc, NULL, "out of memory");
        else
            rc = vg__watch_begin(db, x, part->stmt, part->stmt->sql);
        db->watch->at = NULL;
        if (rc == VG_OK) {
            part->watching = x;
        } else {
            part->skipped = true;
            vg__batch_fail(b, e, rc);
        }
    }
}

/* It reads and writes: see above. */
static bool needs_transaction(const vg_batch *b)
{
    bool reads = false, writes = false;
    if (b->mode != VG_BATCH_WHOLE || b->db->driver->in_transaction(b->db))
        return false;
    for (size_t i = 0; i < b->parts.count; i++) {
        const vg_portion *part = vg__part_at(b, i);
        reads |= vg__entry_at(b, part->entry)->kind != VG_ENTRY_EXEC;
        writes |= part->stmt->writes;
    }
    return reads && writes;
}

static int post_runs(vg_batch *b)
{
    int rc = VG_OK;
    begin_watching(b);
    if (b->code != VG_OK && b->mode == VG_BATCH_WHOLE)
        return b->code;
    b->began = needs_transaction(b);
    if (b->began)
        rc = post(b, VG_MESSAGE_CONTROL, 0, b->db->dialect->begin[VG_TX_DEFAULT]);
    for (size_t i = 0; rc == VG_OK && i < b->entries.count; i++) {
        vg_entry *e = vg__entry_at(b, i);
        e->left = 0;
        for (size_t k = e->first; rc == VG_OK && k < e->first + e->count; k++) {
            if (e->outcome.code != VG_OK || vg__part_at(b, k)->skipped)
                break;
            rc = post(b, VG_MESSAGE_RUN, k, NULL);
            e->left++;
        }
        if (!e->count && e->outcome.code == VG_OK) /* VALUES of no rows */
            vg__batch_give(b, e);
        if (rc == VG_OK && e->left && b->mode == VG_BATCH_EACH)
            rc = post(b, VG_MESSAGE_SYNC, 0, NULL);
    }
    if (rc == VG_OK && b->mode == VG_BATCH_WHOLE)
        rc = post(b, VG_MESSAGE_SYNC, 0, NULL);
    return rc;
}

static int post_end(vg_batch *b)
{
    int rc = b->began ? post(b, VG_MESSAGE_CONTROL, 0, b->code ? "rollback" : "commit")
                      : VG_OK;
    return b->began && rc == VG_OK ? post(b, VG_MESSAGE_SYNC, 0, NULL) : rc;
}

/* The messages of the phase; none: on to the next. False: that was the last. */
bool vg__batch_enter(vg_batch *b, vg_batch_phase phase)
{
    static int (*const posts[])(vg_batch *) = {post_prepares, post_runs, post_end};
    for (; phase <= VG_PHASE_END; phase++) {
        bool failed = b->code != VG_OK && b->mode == VG_BATCH_WHOLE;
        if ((failed || b->stopping) && phase == VG_PHASE_RUN)
            continue;
        b->phase = phase;
        b->messages.count = b->sent = b->received = 0;
        int rc = posts[phase](b);
        if (rc != VG_OK) {
            if (b->code == VG_OK)
                vg__batch_fail(b, NULL, rc);
            b->messages.count = 0; /* nothing of it was sent */
            b->began &= phase == VG_PHASE_END;
            return false;
        }
        if (b->messages.count)
            return true;
    }
    return false;
}
