/* Notifications that libpq has kept. */
#include "core/services.h"
#include "driver/postgres/postgres.h"
#include <virga/notify.h>

static int read_all(vg_db *db, void (*each)(vg_db *db, const vg_notification *n))
{
    PGconn *conn = vg__pg_of(db)->conn;
    PGnotify *n;
    if (!PQconsumeInput(conn))
        return vg__pg_fail(db, NULL, NULL);
    while ((n = PQnotifies(conn))) {
        each(db, &(vg_notification){n->relname, n->extra, n->be_pid});
        PQfreemem(n);
        PQconsumeInput(conn); /* of what the listener has read */
    }
    return VG_OK;
}

const vg_notices vg__pg_notices = {
    .read = read_all,
    .tell = "select pg_notify(?, ?)",
};
