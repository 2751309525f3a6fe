/* Debug builds (VIRGA_DEBUG): one thread at a time may be in a call of a connection. A
 * second one is refused, with the places of both. Release builds have none of it.
 *
 *     int vg_run_exec(vg_db *db, const char *here, ...)
 *     {
 *         VG_GUARD(db, here, VG_MISUSE);      returns that when another thread is inside
 *         ...                                 left at the end of the function, anyhow */
#pragma once
#include "core/db.h"

#ifdef VIRGA_DEBUG
#    define VG_GUARD(db, here, refused)                                       \
        vg_db *vg_guarded __attribute__((cleanup(vg__guard_leave), unused)) = \
            vg__guard_enter((db), (here));                                    \
        if (!vg_guarded)                                                      \
        return refused

/* The connection, or NULL when another thread is in it. */
vg_db *vg__guard_enter(vg_db *db, const char *here);
void vg__guard_leave(vg_db *const *db);
/* Tell the connection from those that had its address before. */
void vg__guard_open(vg_db *db);
/* The refusal of this thread's last call, if that was it; else NULL. */
const vg_error *vg__guard_error(const vg_db *db);
#else
#    define VG_GUARD(db, here, refused) (void)0
static inline void vg__guard_open(vg_db *db)
{
    (void)db;
}
static inline const vg_error *vg__guard_error(const vg_db *db)
{
    (void)db;
    return NULL;
}
#endif
