/* Advisory locks: one statement each, whose text is the driver's. */
#include "core/guard.h"
#include "core/run.h"
#include "core/services.h"
#include <inttypes.h>
#include <stdio.h>
#include <virga/lock.h>

int64_t vg_lock_key(const char *name)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(1099511628211);
    return (int64_t)hash;
}

static const vg_lock_words *start(vg_db *db, const char *call, unsigned how)
{
    const vg_lock_words *words = vg__services_of(db)->locks;
    vg__begin(db, NULL);
    if (!db->conn)
        vg__fail(db, VG_MISUSE, NULL, "the database is not open");
    else if (!words)
        vg__fail(db, VG_UNSUPPORTED, NULL, "%s: %s has no advisory locks", call,
                 db->dialect->name);
    else if (how > (VG_LOCK_SHARED | VG_LOCK_TRANSACTION))
        vg__fail(db, VG_MISUSE, NULL, "%s: `how` is none of VG_LOCK_", call);
    else if ((how & VG_LOCK_TRANSACTION) && !db->driver->in_transaction(db))
        vg__fail(db, VG_MISUSE, NULL,
                 "%s: VG_LOCK_TRANSACTION, but no transaction is open", call);
    return db->error.code ? NULL : words;
}

/* What a function of the database says; `ms` below 0: it takes the key alone. */
static int ask(vg_db *db, const char *sql, int64_t key, int ms, bool *out)
{
    char text[16] = "";
    vg_node node = {0};
    vg_value room[3];
    vg_value limit = vg_of_text(text);
    const vg_node *call;
    if (ms < 0) {
        call = vg_fragment(&node, room, VG_TYPE_BOOLEAN, sql, 1, vg_of_int(key));
    } else {
        snprintf(text, sizeof text, "%d", ms);
        call = vg_fragment(&node, room, VG_TYPE_BOOLEAN, sql, 2, limit, vg_of_int(key));
    }
    vg_clause select = vg_select_value(NULL, call, VG_K_predicate);
    return vg_run_get(db, NULL, out, NULL, &select, 1);
}

/* A failure that is none of a statement: a transaction goes on. */
static int say(vg_db *db, int code, const char *format, int64_t key)
{
    bool failed = db->failed[db->depth];
    db->failed[db->depth] = true;
    vg__fail(db, code, NULL, format, key);
    db->failed[db->depth] = failed;
    return code;
}

int vg_lock(vg_db *db, int64_t key, unsigned how, int timeout_ms)
{
    bool got = false;
    VG_GUARD(db, NULL, VG_MISUSE);
    const vg_lock_words *words = start(db, "vg_lock", how);
    if (!words)
        return db->error.code;
    int rc = timeout_ms ? ask(db, words->take_within[how], key,
                              timeout_ms > 0 ? timeout_ms : 0, &got)
                        : ask(db, words->take_if_free[how], key, -1, &got);
    if (rc == VG_OK && !got)
        rc = say(db, VG_BUSY, "another connection has the lock %" PRId64, key);
    return rc;
}

int vg_unlock(vg_db *db, int64_t key, unsigned how)
{
    bool had = false;
    VG_GUARD(db, NULL, VG_MISUSE);
    const vg_lock_words *words = start(db, "vg_unlock", how);
    if (!words)
        return db->error.code;
    if (how & VG_LOCK_TRANSACTION)
        return say(db, VG_MISUSE,
                   "vg_unlock: the end of the transaction gives back the lock %" PRId64,
                   key);
    int rc = ask(db, words->give_back[how], key, -1, &had);
    if (rc == VG_OK && !had)
        rc = say(db, VG_MISUSE, "the connection does not have the lock %" PRId64, key);
    return rc;
}
