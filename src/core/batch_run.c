/* Running batches. Without a pipeline: one statement after the other. With one: messages are
 * written as long as the database takes them and answers read as they come, so that neither
 * side can wait for the other, and nothing here waits at all. */
#include "core/batch.h"
#include "core/limit.h"

enum { FLUSH_EVERY = 16, AGAIN_NS = 20000000 };

void vg__batch_fail(vg_batch *b, vg_entry *e, int code)
{
    vg_db *db = b->db;
    if (b->code == VG_OK) {
        b->code = code;
        b->error = db->error;
    }
    if (!e || e->outcome.code != VG_OK)
        return;
    e->outcome.code = code;
    vg_error *copy = vg__arena_alloc(&b->arena, sizeof *copy);
    if (copy)
        *copy = db->error;
    e->outcome.error = copy ? copy : &b->error;
}

/* ---- rows ---- */

static void clear_out(const vg_entry *e)
{
    if (e->kind == VG_ENTRY_ALL)
        memset(e->out, 0, 2 * sizeof(void *));
    else if (e->kind == VG_ENTRY_ONE)
        *(void **)e->out = NULL;
}

/* All parts of an entry are answered, without a failure. */
void vg__batch_give(vg_batch *b, vg_entry *e)
{
    int rc = VG_OK;
    e->left = 0;
    e->outcome.rows = (int64_t)e->sink.count;
    if (e->kind == VG_ENTRY_ALL)
        rc = vg__give_list(b->db, &e->sink, e->out, VG_OK);
    else if (e->kind != VG_ENTRY_EXEC && !e->sink.count)
        e->outcome.code = VG_NOT_FOUND;
    else if (e->kind == VG_ENTRY_ONE)
        *(void **)e->out = e->sink.row;
    if (rc != VG_OK)
        vg__batch_fail(b, e, rc);
}

void vg__batch_load_params(vg_db *db, const vg_portion *part)
{
    vg__walk_begin(&db->walk);
    for (size_t i = 0; i < part->param_count; i++)
        vg__walk_plain(&db->walk, part->params[i].value, part->params[i].codec);
}

/* ---- the end ---- */

/* There was a failure: of a WHOLE batch nothing stays; of another what has not run. */
static void undo_outcomes(vg_batch *b)
{
    for (size_t i = 0; i < b->entries.count; i++) {
        vg_entry *e = vg__entry_at(b, i);
        bool answered = b->mode == VG_BATCH_EACH && !e->left;
        if (!answered || e->outcome.code == VG_NOT_FOUND)
            clear_out(e);
        bool fine = e->outcome.code == VG_OK || e->outcome.code == VG_NOT_FOUND;
        if (answered || !fine)
            continue;
        e->outcome.rows = e->outcome.changes = 0;
        e->outcome.code = VG_ROLLED_BACK;
        e->outcome.error = &b->error;
    }
}

static void end_watching(vg_batch *b, vg_portion *part, int64_t rows, int code)
{
    vg_watching *x = part->watching;
    if (!x)
        return;
    part->watching = NULL;
    vg__batch_load_params(b->db, part);
    b->db->here = vg__entry_at(b, part->entry)->outcome.here;
    part->stmt->bulk = true; /* the same one many times is no mistake here */
    vg__watch_end(b->db, x, rows, code);
    part->stmt->bulk = false;
}

static unsigned finish(vg_batch *b)
{
    vg_db *db = b->db;
    for (size_t i = 0; i < b->parts.count; i++)
        end_watching(b, vg__part_at(b, i), 0, VG_ROLLED_BACK);
    if (b->piped) {
        vg__batch_pipeline(b)->end(db);
        b->piped = false;
        db->attend = b->attend;
    }
    if (b->code != VG_OK)
        undo_outcomes(b);
    vg__batch_release(b);
    b->state = VG_BATCH_DONE;
    vg__begin(db, db->here);
    if (b->code != VG_OK)
        db->error = b->error;
    return 0;
}

/* ---- without a pipeline ---- */

static void run_entry(vg_batch *b, vg_entry *e)
{
    vg_db *db = b->db;
    bool several = e->count > 1 && b->mode == VG_BATCH_EACH, nested = false;
    vg__begin(db, e->outcome.here);
    int rc = several ? vg__whole_begin(db, &nested) : VG_OK;
    bool whole = several && rc == VG_OK;
    for (size_t i = e->first; rc == VG_OK && i < e->first + e->count; i++) {
        const vg_portion *part = vg__part_at(b, i);
        vg__batch_load_params(db, part);
        part->stmt->bulk = true;
        rc = vg__run(db, part->stmt, &e->sink);
        part->stmt->bulk = false;
        part->stmt->busy = true; /* the batch's, still */
        if (rc == VG_OK && part->stmt->writes)
            e->outcome.changes += db->driver->changes(db);
    }
    if (whole)
        rc = vg__whole_end(db, nested, rc, &e->sink);
    e->left = 0;
    if (rc == VG_OK)
        vg__batch_give(b, e);
    else
        vg__batch_fail(b, e, rc);
}

static unsigned run_in_turn(vg_batch *b)
{
    vg_db *db = b->db;
    vg_sink none = {VG_SINK_NONE, NULL, NULL, 0, 0, 0};
    bool whole = b->mode == VG_BATCH_WHOLE && !db->depth && b->parts.count > 1;
    bool nested = false;
    int rc = whole ? vg__whole_begin(db, &nested) : VG_OK;
    if (rc != VG_OK)
        vg__batch_fail(b, NULL, rc);
    for (size_t i = 0; rc == VG_OK && i < b->entries.count; i++) {
        run_entry(b, vg__entry_at(b, i));
        if (b->mode == VG_BATCH_WHOLE)
            rc = b->code;
    }
    if (whole && (b->code == VG_OK || rc == b->code)) {
        int end = db->driver->in_transaction(db)
                      ? vg__whole_end(db, nested, b->code, &none)
                      : b->code;
        if (end != VG_OK)
            vg__batch_fail(b, NULL, end);
    }
    return finish(b);
}

/* ---- with one ---- */

static int send_message(vg_batch *b, const vg_posted *m)
{
    const vg_pipeline *p = vg__batch_pipeline(b);
    vg_portion *part = m->part < b->parts.count ? vg__part_at(b, m->part) : NULL;
    vg_db *db = b->db;
    switch (m->what) {
    case VG_MESSAGE_PREPARE: return p->prepare(db, part->stmt->sql, &part->name);
    case VG_MESSAGE_DESCRIBE: return VG_OK; /* goes along */
    case VG_MESSAGE_CONTROL: return p->control(db, m->sql);
    case VG_MESSAGE_SYNC: return p->sync(db);
    default: return p->run(db, part->stmt->native, part->params, part->param_count);
    }
}

/* A part could not even be sent (a value that the parameter's type cannot hold): the rest up
 * to the sync is not sent either, and what was sent before is made to fail. */
static void refuse_part(vg_batch *b, const vg_posted *m, int rc)
{
    vg_posted *all = b->messages.at;
    vg_portion *part = vg__part_at(b, m->part);
    size_t sync = b->sent, first = b->sent;
    vg__batch_fail(b, vg__entry_at(b, part->entry), rc);
    while (all[sync].what != VG_MESSAGE_SYNC)
        sync++;
    while (first && all[first - 1].what != VG_MESSAGE_SYNC)
        first--;
    if (first < b->sent && !b->began && !b->db->depth)
        all[b->sent++] =
            (vg_posted){VG_MESSAGE_CONTROL, 0, "rollback to savepoint vg_refused"};
    memmove(all + b->sent, all + sync, (b->messages.count - sync) * sizeof *all);
    b->messages.count -= sync - b->sent;
}

static void mark_lost(vg_batch *b)
{
    b->lost = true;
    if (b->db->error.code == VG_OK)
        vg__fail(b->db, VG_CONNECT, NULL, "the connection is lost");
    vg__batch_fail(b, NULL, b->db->error.code);
    for (size_t i = 0; i < b->entries.count; i++) {
        vg_entry *e = vg__entry_at(b, i);
        if (e->left)
            vg__batch_fail(b, e, b->error.code);
    }
}

/* Write what can be written; true: there is more. */
static bool send_some(vg_batch *b)
{
    bool all = true;
    while (!b->lost && all && b->sent < b->messages.count) {
        const vg_posted *m = (vg_posted *)b->messages.at + b->sent;
        if (m->what == VG_MESSAGE_RUN || m->what == VG_MESSAGE_PREPARE)
            vg__begin(b->db,
                      vg__entry_at(b, vg__part_at(b, m->part)->entry)->outcome.here);
        int rc = send_message(b, m);
        if (rc != VG_OK && rc != VG_CONNECT && m->what == VG_MESSAGE_RUN) {
            refuse_part(b, m, rc);
            continue;
        }
        b->sent++;
        if (rc != VG_OK || (b->sent % FLUSH_EVERY == 0 &&
                            vg__batch_pipeline(b)->flush(b->db, &all) != VG_OK))
            mark_lost(b);
    }
    if (!b->lost && vg__batch_pipeline(b)->flush(b->db, &all) != VG_OK)
        mark_lost(b);
    return !all;
}

/* The statement has run: its rows. */
static void take_rows(vg_batch *b, vg_portion *part)
{
    vg_db *db = b->db;
    vg_stmt *stmt = part->stmt;
    vg_entry *e = vg__entry_at(b, part->entry);
    int step = VG_STEP_ROW, rc = VG_OK;
    size_t before = e->sink.count;
    bool wants = e->sink.kind != VG_SINK_NONE && stmt->plan.slot_count;
    e->sink.row_size = stmt->plan.row_size;
    if (stmt->writes)
        e->outcome.changes += db->driver->changes(db);
    if (wants && e->sink.kind == VG_SINK_LIST && e->sink.arena &&
        db->driver->fetch_rows)
        rc = vg__take_rows(db, stmt, &e->sink);
    while (wants && rc == VG_OK) {
        step = db->driver->step(db, stmt->native);
        if (step != VG_STEP_ROW) {
            rc = step == VG_STEP_DONE ? VG_OK : step;
            break;
        }
        rc = vg__take_row(db, stmt, &e->sink);
        if (e->sink.kind == VG_SINK_ROW)
            break;
    }
    int end = db->driver->reset(db, stmt->native);
    if (rc == VG_OK)
        rc = end;
    if (rc != VG_OK)
        vg__batch_fail(b, e, rc);
    end_watching(
        b, part,
        stmt->writes ? db->driver->changes(db) : (int64_t)(e->sink.count - before), rc);
    if (--e->left == 0 && e->outcome.code == VG_OK)
        vg__batch_give(b, e);
}

/* What shares a statement that cannot be prepared fails with it. */
static void fail_stmt(vg_batch *b, const vg_stmt *stmt, int code)
{
    for (size_t i = 0; i < b->parts.count; i++) {
        const vg_portion *part = vg__part_at(b, i);
        if (part->stmt == stmt)
            vg__batch_fail(b, vg__entry_at(b, part->entry), code);
    }
}

static void on_reply(vg_batch *b, const vg_posted *m, vg_reply reply)
{
    vg_db *db = b->db;
    vg_portion *part = m->part < b->parts.count ? vg__part_at(b, m->part) : NULL;
    bool prepares = m->what == VG_MESSAGE_PREPARE || m->what == VG_MESSAGE_DESCRIBE;
    if (reply == VG_REPLY_LOST) {
        mark_lost(b);
    } else if (reply == VG_REPLY_END) {
        b->received++;
    } else if (prepares) {
        if (reply == VG_REPLY_RESULT && m->what == VG_MESSAGE_DESCRIBE &&
            vg__stmt_ready(db, part->stmt) != VG_OK)
            reply = VG_REPLY_FAILED;
        if (reply == VG_REPLY_FAILED) {
            if (db->watch)
                vg__watch_unprepared(db, part->stmt->sql, db->error.code);
            fail_stmt(b, part->stmt, db->error.code);
        }
    } else if (m->what == VG_MESSAGE_RUN && reply == VG_REPLY_RESULT) {
        take_rows(b, part);
    } else if (reply == VG_REPLY_FAILED) {
        vg_entry *e = m->what == VG_MESSAGE_RUN ? vg__entry_at(b, part->entry) : NULL;
        vg__batch_fail(b, e, db->error.code);
        if (e) {
            e->left--;
            end_watching(b, part, 0, b->db->error.code);
        }
    }
}

/* Read what has come. True: there was something. */
static bool receive_some(vg_batch *b)
{
    vg_db *db = b->db;
    size_t before = b->received;
    while (!b->lost && b->received < b->sent) {
        const vg_posted *m = (vg_posted *)b->messages.at + b->received;
        vg_portion *part = m->part < b->parts.count ? vg__part_at(b, m->part) : NULL;
        bool of_part =
            part && (m->what == VG_MESSAGE_RUN || m->what == VG_MESSAGE_PREPARE ||
                     m->what == VG_MESSAGE_DESCRIBE);
        vg__begin(db, of_part ? vg__entry_at(b, part->entry)->outcome.here : db->here);
        vg_reply reply = vg__batch_pipeline(b)->receive(
            db, m->what, of_part ? part->stmt->sql : m->sql, of_part ? part->name : 0,
            of_part ? &part->stmt->native : NULL);
        if (reply == VG_REPLY_NONE)
            break;
        on_reply(b, m, reply);
    }
    return b->received > before;
}

/* A limit that is over stops one statement after the other. */
static void keep_to_limit(vg_batch *b)
{
    vg_db *db = b->db;
    bool over = b->stopping || (db->limit.on && vg__limit_over(db));
    if (!over || vg__clock() - b->interrupted_ns < AGAIN_NS)
        return;
    b->interrupted_ns = vg__clock();
    db->driver->interrupt(db);
}

/* Once more from the start? When others were in the way, or statements were stale, and
 * nothing of it has stayed. */
static bool again(vg_batch *b)
{
    vg_db *db = b->db;
    int limit = db->options.busy_retries ? db->options.busy_retries : 5;
    bool may = b->code == VG_BUSY && b->mode == VG_BATCH_WHOLE && !b->lost &&
               !b->stopping && b->attempts < limit && !db->driver->in_transaction(db);
    if (!may)
        return false;
    b->attempts++;
    b->code = VG_OK;
    b->began = false;
    for (size_t i = 0; i < b->entries.count; i++) {
        vg_entry *e = vg__entry_at(b, i);
        e->left = e->count;
        e->sink.count = e->sink.room = 0;
        e->sink.row = e->kind == VG_ENTRY_GET ? e->out : NULL;
        e->outcome = (vg_batch_outcome){.here = e->outcome.here};
        clear_out(e);
    }
    return vg__batch_enter(b, VG_PHASE_PREPARE);
}

unsigned vg__batch_go_on(vg_batch *b)
{
    if (b->lost)
        mark_lost(b);
    else
        keep_to_limit(b);
    while (!b->lost) {
        bool blocked = send_some(b);
        bool moved = receive_some(b);
        if (b->lost)
            break;
        if (b->received == b->messages.count) {
            if (!vg__batch_enter(b, b->phase + 1) && !again(b))
                return finish(b);
        } else if (!moved) {
            return VG_WANT_READ | (blocked ? VG_WANT_WRITE : 0u);
        }
    }
    return finish(b);
}

static int busy_batch(vg_db *db)
{
    bool failed = db->failed[db->depth];
    db->failed[db->depth] = true; /* it is no statement of the transaction */
    vg__fail(db, VG_MISUSE, NULL,
             "a batch is running on the connection; poll it to its end first");
    db->failed[db->depth] = failed;
    return VG_MISUSE;
}

static int may_start(vg_batch *b)
{
    vg_db *db = b->db;
    int rc = vg__start(db, b->entries.count ? vg__entry_at(b, 0)->outcome.here : NULL);
    if (rc == VG_OK && b->mode == VG_BATCH_EACH && db->driver->in_transaction(db))
        rc = vg__fail(db, VG_MISUSE, NULL,
                      "a batch of VG_BATCH_EACH in a transaction, where statements "
                      "stand or fall together. Use VG_BATCH_WHOLE");
    return rc;
}

unsigned vg__batch_start(vg_batch *b, bool inside)
{
    vg_db *db = b->db;
    const vg_pipeline *p = vg__batch_pipeline(b);
    if (b->code != VG_OK) /* an invalid statement was added */
        return finish(b);
    int rc = inside ? VG_OK : may_start(b);
    db->changes = -1;
    b->sent = b->received = b->messages.count = 0;
    b->began = b->lost = b->stopping = false;
    b->attempts = 0;
    b->interrupted_ns = 0;
    if (rc == VG_OK && b->entries.count && !p)
        return run_in_turn(b);
    if (rc == VG_OK && b->entries.count)
        rc = p->begin(db);
    if (rc != VG_OK)
        vg__batch_fail(b, NULL, rc);
    if (rc != VG_OK || !b->entries.count)
        return finish(b);
    b->piped = true;
    b->attend = db->attend;
    db->attend = busy_batch;
    b->state = VG_BATCH_RUNNING;
    return vg__batch_enter(b, VG_PHASE_PREPARE) ? vg__batch_go_on(b) : finish(b);
}
