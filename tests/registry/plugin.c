/* A shared library with a query of its own, and the one of the header once more. */
#include "schema.h"

// clang-format off
QUERY(thing_in_plugin, ALL(things), PARAMS(), SELECT(things), ORDER_BY(things.id),
      ALLOW(FULL_SCAN, things, "there are two"))
#ifdef MISTAKE
QUERY(thing_slow, ALL(things), PARAMS(INTEGER(by)), SELECT(things), WHERE(EQ(things.owner, by)))
#endif
// clang-format on

int use_plugin(vg_db *db)
{
    vg_arena arena = {0};
    things_list list;
    struct things *one;
    int count = thing_in_plugin(db, &arena, &list) ? -1 : (int)list.len;
    if (thing_in_header(db, &arena, &one, 1))
        count = -1;
    vg_arena_free(&arena);
    return count;
}
