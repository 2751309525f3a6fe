/* Relations: which columns of which tables are equal. */
#pragma once
#include <virga/schema.h>

enum { VG_MAX_KEY = 8 };

/* Columns of one side of a relation, as indexes. */
typedef struct vg_key {
    const vg_shape *shape;
    uint16_t columns[VG_MAX_KEY];
    size_t count; /* 0: it cannot be told, see vg__relation_keys */
} vg_key;

/* The keys of a relation; of THROUGH all four. */
typedef struct vg_relation_keys {
    vg_key own, other, junction_own, junction_other;
} vg_relation_keys;

/* The shape that has the columns, and relations, of this one: that of a table, a view of
 * declared columns, or a projection. */
const vg_shape *vg__rows_of(const vg_shape *shape);

/* Resolve what a relation of `shape` (a table, view or alias) says. False: it is not valid,
 * and why in `message`. */
bool vg__relation_keys(const vg_shape *shape, const vg_relation *relation,
                       vg_relation_keys *out, char *message, size_t room);

/* What is wrong with the condition of a relation of `shape`: false, nothing, or it has none.
 * See relation_where.c. */
bool vg__relation_where_problem(const vg_shape *shape, const vg_relation *relation,
                                char *message, size_t room);

/* What is wrong with the relations of a schema. */
bool vg__relations_problem(const vg_schema *schema, char *message, size_t room);
