/* A copy of users.db while it is in use, and the proof that it can be restored: the copy
 * is opened and asked.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <inttypes.h>
#include <stdio.h>

int back_up(lms *app, const char *folder)
{
    char path[512];
    vg_db *copy;
    int64_t there, copied;
    snprintf(path, sizeof path, "%s/users-backup.db", folder);
    remove(path); /* VACUUM INTO writes no file that is there */
    int rc = vg_exec(app->users, RAW("vacuum into ?", path));
    if (!rc)
        rc = vg_count(app->users, &there, FROM(users));
    if (rc)
        return rc;
    rc = vg_open(&copy, path, &(vg_options){.read_only = true});
    if (!rc)
        rc = vg_count(copy, &copied, FROM(users));
    heading("Backup");
    if (rc)
        line("%s", vg_errmsg(copy));
    else
        line("%" PRId64 " users, %" PRId64 " in the copy", there, copied);
    vg_close(copy);
    return rc;
}
