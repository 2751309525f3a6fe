/* A program that seeds: the library beside the library.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <virga/seed.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT, NOT_NULL, UNIQUE))
SCHEMA(app, users)

int main(void)
{
    vg_db *db;
    int64_t n = 0;
    int rc = vg_open(&db, ":memory:", NULL);
    if (rc == VG_OK)
        rc = vg_create(db, &app);
    if (rc == VG_OK)
        rc = vg_seed(db, &app, &(vg_seed_options){.count = 20});
    if (rc == VG_OK)
        rc = vg_count(db, &n, FROM(users));
    if (rc != VG_OK)
        fprintf(stderr, "%s\n", vg_errmsg(db));
    vg_close(db);
    printf("%d users\n", (int)n);
    return rc != VG_OK || n != 20;
}
