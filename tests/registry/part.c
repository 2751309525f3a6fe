/* The object of an archive; nobody calls its last query. */
#include "schema.h"

// clang-format off
QUERY(thing_in_part, GET(INTEGER), PARAMS(TEXT(name)),
      SELECT_VALUE(things.id), FROM(things), WHERE(EQ(things.name, name)))
QUERY(thing_uncalled, EXEC, PARAMS(INTEGER(id)), DELETE_FROM(things), WHERE(EQ(things.id, id)),
      ALLOW(FULL_SCAN, things, "the foreign key is looked for, see UNINDEXED"))
UNINDEXED(things, owner, "things are never deleted")
// clang-format on

int use_part(vg_db *db)
{
    int64_t id;
    return thing_in_part(db, NULL, &id, "second") ? -1 : (int)id;
}
