/* Notifications: what connections to one PostgreSQL database tell each other, by the names of
 * channels. SQLite has none: VG_UNSUPPORTED (vg_on_change tells of a connection's own changes).
 *
 *     static void on_job(void *ctx, vg_db *db, const vg_notification *n) { ... }
 *
 *     vg_listen(db, "jobs", on_job, ctx);
 *     while (vg_wait_notify(db, -1) == VG_OK) {}      one thread that waits ...
 *     vg_notify(other, "jobs", "17");                 ... another one that tells */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

/* One notification. Strings live until the listener returns. */
typedef struct vg_notification {
    const char *channel;
    const char *payload; /* "" if there was none */
    int process;         /* of the server, whose connection told */
} vg_notification;

/* Told of a notification, on the connection's thread, which it may use; vg_close and
 * vg_wait_notify excepted. */
typedef void (*vg_notify_fn)(void *ctx, vg_db *db, const vg_notification *notification);

/* Tell `fn` of what is told on `channel` (up to 63 bytes, any characters) from now on; it takes
 * the place of an earlier one. What the connection tells itself is told too. Listeners are
 * called by vg_wait_notify, and before each statement outside of transactions with what
 * has come by then. Inside of a transaction this takes effect with its commit. The end of
 * the connection is the end of it; so is giving it back to its pool. */
VG_API int vg_listen(vg_db *db, const char *channel, vg_notify_fn fn, void *ctx);

/* Listen no more; NULL: to no channel. What has come already is not told. */
VG_API int vg_unlisten(vg_db *db, const char *channel);

/* Tell all who listen to `channel`; inside of a transaction, once it has committed. `payload` is
 * up to 7999 bytes (VG_VALUE); NULL is "". Equal ones of one transaction are told once. */
VG_API int vg_notify(vg_db *db, const char *channel, const char *payload);

/* Wait until something was told to a listener, `timeout_ms` at most; below 0: however long; 0:
 * only look. VG_NOT_FOUND: nothing came. VG_INTERRUPTED by vg_interrupt and vg_deadline.
 * In a program with an event loop: call it with 0 whenever vg_fd can be read. Inside of a
 * transaction nothing is told: VG_MISUSE. */
VG_API int vg_wait_notify(vg_db *db, int timeout_ms);

VG_END_DECLS
