/* What is done to a database as a whole, and to calls that take too long. */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

/* Stop what the connection is doing: the statement that runs, or its wait for a lock,
 * returns VG_INTERRUPTED. Nothing happens when nothing runs. A statement that was writing
 * inside of a transaction takes the whole transaction down with it. From any thread, as
 * long as the connection is not being closed. */
VG_API void vg_interrupt(vg_db *db);

/* All calls from here on must be done within `ms` milliseconds: the one that is running
 * then, its waits for locks included, and those that come later return VG_INTERRUPTED.
 * What takes back (a rollback) is always let finish. 0: no deadline any more. There is
 * options.query_timeout_ms for a limit to every single call; the earlier one counts.
 *     vg_deadline(db, 200);
 *     ... the calls of one request ...
 *     vg_deadline(db, 0); */
VG_API void vg_deadline(vg_db *db, int ms);

VG_END_DECLS
