/* A program with one mistake, for run.sh to count the lines of the message. */
#include "virga.h"

// clang-format off
TABLE(notes,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(text, TEXT,    NOT_NULL))
// clang-format on

int mistake(vg_db *db, vg_arena *arena, notes_list *list);

int mistake(vg_db *db, vg_arena *arena, notes_list *list)
{
    return vg_all(db, arena, list, SELECT(notes), WHERE(EQ(notes.text, 5)));
}
