/* Advisory locks: names that only one connection to a PostgreSQL database has at a time, for
 * work that two programs must not do at once. They lock no row and no table. SQLite has none:
 * VG_UNSUPPORTED.
 *
 *     int64_t key = vg_lock_key("send the mails");
 *     if (vg_lock(db, key, 0, 0) == VG_OK) {
 *         ... nobody else is here ...
 *         vg_unlock(db, key, 0);
 *     } */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

/* How; bits. */
typedef enum vg_lock_how {
    VG_LOCK_SHARED = 1, /* together with others who want it so */
    VG_LOCK_TRANSACTION =
        2 /* until the end of the transaction that is open, which alone ends
                               it; without one VG_MISUSE */
} vg_lock_how;

/* Take the lock, which the connection then has until vg_unlock, as often as it was taken, or its
 * end. `timeout_ms` 0: only if it is free; below 0: wait however long; above: that long.
 * VG_BUSY: others have it. One that was only tried leaves the transaction around it as it is;
 * after a wait in vain it has failed, as by any statement (and is run again as a whole, if
 * `retries` allow). VG_INTERRUPTED by vg_interrupt and vg_deadline.
 * A connection of a pool must give back what it has taken before it is released. */
VG_API int vg_lock(vg_db *db, int64_t key, unsigned how, int timeout_ms);

/* Give it back, `how` as it was taken. VG_MISUSE: the connection does not have it so. */
VG_API int vg_unlock(vg_db *db, int64_t key, unsigned how);

/* A key for a name: FNV-1a of its bytes in 64 bits (offset 14695981039346656037, prime
 * 1099511628211), as a signed number; in any version and on any machine. Two names of a
 * million share a key with a chance of one in 30 million. */
VG_API int64_t vg_lock_key(const char *name);

VG_END_DECLS
