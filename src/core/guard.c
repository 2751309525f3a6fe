/* Who is in a connection. The refused thread may not touch the connection's error, so its
 * own is kept with the thread. */
#include "core/guard.h"
#include "core/watch.h"
#include <stdio.h>

#ifdef VIRGA_DEBUG

static _Thread_local struct {
    uint64_t
        id; /* of the connection that refused, 0: none; its address names the thread */
    vg_error error;
} refusal;

static void refuse(vg_db *db, const char *here)
{
    const char *other = atomic_load(&db->guard.here);
    vg_error *e = &refusal.error;
    here = here ? here : "?";
    other = other ? other : "?";
    *e = (vg_error){.code = VG_MISUSE};
    memcpy(e->sqlstate, vg_code_sqlstate(VG_MISUSE), sizeof e->sqlstate);
    snprintf(e->message, sizeof e->message,
             "two threads use the connection at once: %.200s while %.200s is running",
             here, other);
    refusal.id = db->guard.id;
    vg__warn(db, &(vg_warning){.kind = VG_WARN_MISUSE, .here = here}, "%s", e->message);
}

void vg__guard_open(vg_db *db)
{
    static _Atomic(uint64_t) last;
    db->guard.id = atomic_fetch_add(&last, 1) + 1;
}

vg_db *vg__guard_enter(vg_db *db, const char *here)
{
    uintptr_t me = (uintptr_t)&refusal, nobody = 0;
    if (atomic_load(&db->guard.owner) != me) {
        if (!atomic_compare_exchange_strong(&db->guard.owner, &nobody, me)) {
            refuse(db, here);
            return NULL;
        }
        atomic_store(&db->guard.here, here);
    }
    db->guard.depth++;
    if (refusal.id == db->guard.id)
        refusal.id = 0;
    return db;
}

void vg__guard_leave(vg_db *const *guarded)
{
    vg_db *db = *guarded;
    if (db && --db->guard.depth == 0)
        atomic_store(&db->guard.owner, 0);
}

const vg_error *vg__guard_error(const vg_db *db)
{
    return refusal.id && refusal.id == db->guard.id ? &refusal.error : NULL;
}

#endif
