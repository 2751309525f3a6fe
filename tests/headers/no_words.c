/* Without the SQL words: under VG_NO_SQL_WORDS only names that begin with VG_ are macros,
 * and a program may use the words for things of its own. What stands inside TABLE are no
 * macros, so they keep their short names.
 *
 * SPDX-License-Identifier: MIT */
#define VG_NO_SQL_WORDS
#include <virga/virga.h>

/* A macro of that name would break each of these. */
#define SELECT 1
#define EQ     2
#define TABLE  3
#define AND    4

// clang-format off
VG_TABLE(users,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(email, TEXT,    NOT_NULL))
// clang-format on

int no_words(vg_db *db, vg_arena *arena, users_list *list);

int no_words(vg_db *db, vg_arena *arena, users_list *list)
{
    int rc = vg_exec(db, VG_INSERT_INTO(users, VG_SET(email, "a")));
    rc |= vg_all(db, arena, list, VG_SELECT(users),
                 VG_WHERE(VG_AND(VG_EQ(users.id, 1), VG_LIKE(users.email, "%"))));
    return rc + SELECT + EQ + TABLE + AND;
}
