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

/* The second spelling, for words that another header has taken. */
#define COLUMN 5
#define TEXT   6
VG_TABLE(notes,
    VG_COLUMN(id,      VG_INTEGER,   VG_PRIMARY_KEY, VG_AUTOINCREMENT),
    VG_COLUMN(user_id, VG_INTEGER,   VG_NOT_NULL,
              VG_REFERENCES(users, id, VG_ON_DELETE(VG_CASCADE))),
    VG_COLUMN(body,    VG_TEXT(20),  VG_NOT_NULL, VG_DEFAULT(""), VG_UNIQUE),
    VG_COLUMN(at,      VG_TIMESTAMP, VG_NOT_NULL, VG_DEFAULT_NOW, VG_MODE(VG_SECONDS)),
    VG_INDEX(notes_user_idx, user_id),
    VG_CHECK(notes_body, "body <> ''"))
VG_PROJECTION(note_card, VG_FIELD(body, notes.body), VG_ROW(owner, users))
// clang-format on

int no_words(vg_db *db, vg_arena *arena, users_list *list);

int no_words(vg_db *db, vg_arena *arena, users_list *list)
{
    int rc = vg_exec(db, VG_INSERT_INTO(users, VG_SET(email, "a")));
    rc |= vg_all(db, arena, list, VG_SELECT(users),
                 VG_WHERE(VG_AND(VG_EQ(users.id, 1), VG_LIKE(users.email, "%"))));
    return rc + SELECT + EQ + TABLE
    +AND;
}
