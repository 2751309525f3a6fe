/* `lms --check`: every query of queries.h against empty databases in memory, before one of
 * them meets a user. No table is read whole, nothing is sorted that an index could give in
 * order, no NULL reaches a field that cannot hold it.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <stdio.h>

int check_queries(void)
{
    vg_db *db;
    vg_arena arena = {0};
    vg_findings found = {0};
    int rc = vg_open(&db, ":memory:", NULL);
    if (!rc)
        rc = vg_create(db, &platform);
    if (!rc)
        rc = vg_attach(db, ":memory:", "content", false);
    if (!rc)
        rc = vg_create_in(db, &platform, "content");
    if (!rc)
        rc = vg_verify(db, &platform, &arena, &found);
    if (rc == VG_OK || rc == VG_INVALID)
        fputs(vg_findings_text(&found, &arena), stdout);
    if (rc && db && vg_errmsg(db)[0])
        fprintf(stderr, "lms: %s\n", vg_errmsg(db));
    vg_arena_free(&arena);
    vg_close(db);
    return rc;
}
