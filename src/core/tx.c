/* Transactions: the block's state machine, savepoints, and running a block again when the
 * database was busy.
 *
 *     NEW --begin--> OPEN --(body)--> end: commit  --> DONE
 *                      ^                | rollback --> DONE
 *                      '---- busy ------'                                              */
#include "core/dialect.h"
#include "core/guard.h"
#include "core/run.h"
#include <stdio.h>
#include <time.h>

enum { TX_NEW, TX_OPEN, TX_ROLL_BACK, TX_DONE };

/* Statement texts by depth are string literals, so that their address names them. */
#define DEPTHS(X) \
    X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16)
static const char *const savepoint_sql[] = {
#define SQL(n) [n] = "savepoint sp" #n,
    DEPTHS(SQL)
#undef SQL
};
static const char *const release_sql[] = {
#define SQL(n) [n] = "release sp" #n,
    DEPTHS(SQL)
#undef SQL
};
static const char *const rollback_sql[] = {
#define SQL(n) [n] = "rollback to sp" #n,
    DEPTHS(SQL)
#undef SQL
};
enum { MAX_DEPTH = 16 };

static const char *begin_sql(const vg_tx *tx)
{
    const vg_tx_options *o = &tx->options;
    const vg_dialect *d = tx->db->dialect;
    if (o->isolation || o->read_only || o->deferrable)
        return d->tx->begin(o, o->read_only || tx->db->read_only);
    return o->mode == VG_TX_DEFAULT && tx->db->read_only ? d->begin_read
                                                         : d->begin[o->mode];
}

/* A savepoint cannot differ from the transaction that it is in. */
static int check_options(const vg_tx *tx)
{
    const vg_tx_options *o = &tx->options;
    if (o->isolation > VG_SERIALIZABLE || o->mode > VG_TX_EXCLUSIVE)
        return vg__fail(tx->db, VG_MISUSE, NULL,
                        "transactions have no such mode or isolation");
    if (!tx->db->depth || !(o->isolation || o->read_only || o->deferrable))
        return VG_OK;
    return vg__fail(tx->db, VG_MISUSE, NULL,
                    "isolation, read_only and deferrable are for the outermost block; "
                    "this one is a savepoint");
}

/* Where a read-only transaction is a switch of the connection. */
static int narrow(vg_tx *tx)
{
    const char *sql = tx->db->dialect->tx->read_on;
    if (!tx->options.read_only || !sql || tx->db->read_only)
        return VG_OK;
    int rc = vg__control(tx->db, sql);
    tx->narrowed = rc == VG_OK;
    return rc;
}

static void widen(vg_tx *tx)
{
    if (!tx->narrowed)
        return;
    vg_error error = tx->db->error;
    tx->narrowed = false;
    vg__control_undo(tx->db, tx->db->dialect->tx->read_off);
    tx->db->error = error;
}

static int begin(vg_tx *tx)
{
    vg_db *db = tx->db;
    vg__begin(db, tx->here);
    if (!db->depth && vg__start(db, tx->here) != VG_OK)
        return db->error.code;
    if (db->depth == MAX_DEPTH)
        return vg__fail(db, VG_TOO_BIG, NULL, "transactions nest deeper than 16");
    if (db->depth && db->failed[db->depth])
        return vg__fail(db, VG_ROLLED_BACK, NULL,
                        "the transaction around this one failed (%s)",
                        db->first->message);
    int rc = check_options(tx);
    if (rc == VG_OK)
        rc = narrow(tx);
    if (rc == VG_OK)
        rc = vg__control(db, db->depth ? savepoint_sql[db->depth + 1] : begin_sql(tx));
    if (rc != VG_OK)
        widen(tx);
    if (rc == VG_OK) {
        if (!db->depth)
            db->block = tx->here;
        tx->depth = ++db->depth;
        db->failed[db->depth] = false;
        tx->state = TX_OPEN;
    }
    return rc;
}

/* A savepoint went down with more than itself: the block around it has failed too. */
static void lost(vg_db *db, int depth)
{
    if (!db->depth)
        return;
    if (db->failed[depth]) /* db->first says why */
        db->failed[db->depth] = true;
    else
        vg__fail(db, VG_ROLLED_BACK, NULL, "the database rolled the transaction back");
}

/* Undo, whatever it takes; the database may have rolled back by itself (a full disk). */
static void undo(vg_tx *tx)
{
    vg_db *db = tx->db;
    db->depth = tx->depth - 1;
    if (!db->driver->in_transaction(db)) {
        lost(db, tx->depth);
        return;
    }
    vg_error error = db->error;
    int here = db->depth; /* control statements must not fail the transaction around */
    db->depth = 0;
    if (tx->depth == 1) {
        vg__control_undo(db, "rollback");
    } else {
        vg__control_undo(db, rollback_sql[tx->depth]);
        vg__control_undo(db, release_sql[tx->depth]);
    }
    db->depth = here;
    db->error = error;
    if (here && db->failed[0]) { /* the savepoint could not be undone: undo more */
        db->failed[0] = false;
        lost(db, tx->depth);
    }
}

static void pause_before(int attempt)
{
    int64_t ms = INT64_C(1) << (attempt < 8 ? attempt : 8);
    struct timespec wait = {0, (long)(ms * 1000000 % 1000000000)};
    nanosleep(&wait, NULL);
}

static int busy_limit(const vg_tx *tx)
{
    int own = tx->options.retries;
    int retries = own ? own : tx->db->options.busy_retries;
    return retries ? (retries > 0 ? retries : 0) : 5;
}

/* A lock that could not be had inside of a savepoint: waiting longer does not help (the
 * snapshot is too old, or two wait for each other), only the outermost block can be run
 * again. So it counts as a failure of the block around, whose own end decides. */
static void pass_on_busy(vg_db *db, const vg_error *error)
{
    if (db->depth && !db->failed[db->depth]) {
        db->failed[db->depth] = true;
        *db->first = *error;
    }
}

/* The answer to a commit did not arrive: it may have taken effect all the same. */
static int unknown_end(vg_db *db, int code)
{
    char why[300];
    if (code != VG_CONNECT)
        return code;
    snprintf(why, sizeof why, "%.299s", db->error.message);
    return vg__fail(
        db, code, "commit",
        "the connection was lost at the commit: whether the transaction was "
        "committed is not known (%s)",
        why);
}

/* The block has run. True: run it again. */
static bool end(vg_tx *tx)
{
    vg_db *db = tx->db;
    db->here = tx->here;
    int code = db->failed[tx->depth] ? db->first->code : VG_OK;
    if (code != VG_OK)
        db->error = *db->first;
    if (code == VG_OK && tx->state == TX_OPEN) {
        code = vg__control(db, tx->depth == 1 ? "commit" : release_sql[tx->depth]);
        if (code == VG_OK) {
            db->depth = tx->depth - 1;
            tx->state = TX_DONE;
            widen(tx);
            db->result = VG_OK;
            return false;
        }
        if (tx->depth == 1)
            code = unknown_end(db, code);
    }
    undo(tx);
    widen(tx);
    bool busy = code == VG_BUSY && tx->state != TX_ROLL_BACK;
    bool again = busy && tx->depth == 1 && tx->attempts <= busy_limit(tx);
    if (busy && tx->depth > 1)
        pass_on_busy(db, &db->error);
    tx->state = TX_DONE;
    db->result = code == VG_OK ? VG_ROLLED_BACK : code;
    if (!again)
        return false;
    pause_before(tx->attempts++);
    db->result = begin(tx);
    return db->result == VG_OK;
}

bool vg_tx_next(vg_tx *tx)
{
    VG_GUARD(tx->db, tx->here, false);
    if (tx->state == TX_NEW) {
        tx->attempts = 1;
        tx->db->result = begin(tx);
        if (tx->db->result != VG_OK)
            tx->state = TX_DONE;
        return tx->state == TX_OPEN;
    }
    return tx->state != TX_DONE && end(tx);
}

void vg_rollback(vg_tx *tx)
{
    if (tx->state == TX_OPEN)
        tx->state = TX_ROLL_BACK;
}

void vg_tx_leave(vg_tx *tx)
{
    vg_db *db = tx->db;
    if (tx->state != TX_OPEN && tx->state != TX_ROLL_BACK)
        return;
    int code = VG_ROLLED_BACK;
    if (db->failed[tx->depth]) { /* as at the end: the failure says more */
        db->error = *db->first;
        code = db->error.code;
    }
    undo(tx);
    widen(tx);
    if (code == VG_BUSY && tx->depth > 1)
        pass_on_busy(db, &db->error);
    tx->state = TX_DONE;
    db->result = code;
}

int vg_result(const vg_db *db)
{
    return vg__guard_error(db) ? VG_MISUSE : db->result;
}

int vg_transaction_with(vg_db *db, const vg_tx_options *options,
                        int (*body)(vg_db *db, void *ctx), void *ctx)
{
    static const vg_tx_options usual;
    int rc = VG_OK;
    VG_TRANSACTION_OF(db, tx, *(options ? options : &usual))
    {
        rc = body(db, ctx);
        if (rc != VG_OK &&
            !db->failed[tx->depth]) /* else it is: and may be run again */
            vg_rollback(tx);
    }
    return db->result != VG_OK && rc != VG_OK ? rc : db->result;
}

int vg_transaction(vg_db *db, vg_tx_mode mode, int (*body)(vg_db *db, void *ctx),
                   void *ctx)
{
    return vg_transaction_with(db, &(vg_tx_options){.mode = mode}, body, ctx);
}
