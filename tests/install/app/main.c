/* The outside program: a schema, two inserts and a join against the installed headers and
 * library. Prints OK.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#include <stdio.h>
#include <string.h>

static int run(vg_db *db, vg_arena *arena)
{
    shelf_list list;
    int rc = vg_create(db, &library);
    if (rc == VG_OK)
        rc = vg_exec(db, INSERT_INTO(authors, SET(name, "Anon")));
    if (rc == VG_OK)
        rc = vg_exec(
            db, INSERT_INTO(books, SET(author_id, vg_last_id(db)), SET(title, "Rain")));
    if (rc == VG_OK)
        rc = vg_all(db, arena, &list, SELECT(shelf), FROM(books),
                    INNER_JOIN(authors, EQ(books.author_id, authors.id)));
    if (rc == VG_OK && (list.len != 1 || strcmp(list.data[0].title, "Rain") != 0 ||
                        strcmp(list.data[0].author, "Anon") != 0))
        rc = VG_NOT_FOUND;
    return rc;
}

int main(void)
{
    vg_arena arena = {0};
    vg_db *db;
    int rc = vg_open(&db, ":memory:", NULL);
    if (rc == VG_OK)
        rc = run(db, &arena);
    if (rc == VG_OK)
        printf("OK with Virga %s\n", vg_version());
    else
        fprintf(stderr, "%s: %s\n", vg_code_name(rc), db ? vg_errmsg(db) : "");
    vg_arena_free(&arena);
    vg_close(db);
    return rc != VG_OK;
}
