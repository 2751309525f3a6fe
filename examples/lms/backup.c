/* A copy of users.db while it is in use, and the proof that it can be restored: an
 * accident, and the way back.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <inttypes.h>
#include <stdio.h>

int back_up(lms *app, const char *place)
{
    char path[512];
    int64_t before, lost, after;
    snprintf(path, sizeof path, "%s/users-backup.db", place);
    int rc = vg_count(app->users, &before, FROM(users));
    if (!rc)
        rc = vg_backup(app->users, path, NULL);
    if (rc == VG_UNSUPPORTED) {
        heading("Backup");
        line("%s", vg_errmsg(app->users)); /* and what does it instead */
        return VG_OK;
    }
    if (!rc)
        rc = vg_exec(app->users, DELETE_FROM(users), ALL_ROWS); /* the accident */
    if (!rc)
        rc = vg_count(app->users, &lost, FROM(users));
    if (!rc)
        rc = vg_restore(app->users, path, &(vg_backup_options){.check = true});
    if (!rc)
        rc = vg_count(app->users, &after, FROM(users));
    if (rc)
        return rc;
    heading("Backup");
    line("%" PRId64 " users, %" PRId64 " after an accident, %" PRId64 " restored",
         before, lost, after);
    return VG_OK;
}
