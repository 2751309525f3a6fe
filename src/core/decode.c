/* What is told of values that do not fit. */
#include "core/decode.h"

int vg__decode_null(vg_db *db, const char *sql, const vg_plan *plan,
                    const vg_slot *slot)
{
    const char *row = plan->shape ? plan->shape->name : NULL;
    if (!row)
        return vg__fail(db, VG_NULL_VALUE, sql,
                        "the value is NULL, but its type cannot hold one; select "
                        "NULLABLE(...) of it");
    return vg__fail_with(db, VG_NULL_VALUE, sql,
                         &(vg_details){.table = row, .column = slot->name},
                         "%s.%s is NULL, but the field cannot hold one; if that is "
                         "right (an outer join), say "
                         "FIELD(%s, NULLABLE(...)) or OPT_ROW",
                         row, slot->name, slot->name);
}

int vg__decode_value(vg_db *db, const char *sql, const vg_plan *plan,
                     const vg_slot *slot, const char *what)
{
    const char *row = plan->shape ? plan->shape->name : NULL;
    if (!row)
        return vg__fail(db, VG_VALUE, sql, "the database holds %s", what);
    return vg__fail_with(db, VG_VALUE, sql,
                         &(vg_details){.table = row, .column = slot->name},
                         "%s.%s: the database holds %s", row, slot->name, what);
}

int vg__decode_memory(vg_db *db, const char *sql)
{
    return vg__fail(db, VG_NO_MEMORY, sql, "out of memory");
}

int vg__decode_arena(vg_db *db, const char *sql, const char *what)
{
    return vg__fail(db, VG_MISUSE, sql, "the row has %s, but the arena is NULL", what);
}
