/* CREATE statements from descriptors, in drizzle-kit's spelling. */
#pragma once
#include "core/dialect.h"
#include <string.h>

/* What is wrong with the schema on any database such as this one, in `message`; false if it
 * is sound. */
VG_API bool vg__schema_problem(const vg_schema *schema, const vg_dialect *dialect,
                               char *message, size_t room);

/* The same for one database: what it does not have, by name. */
VG_API bool vg__dialect_problem(const vg_schema *schema, const vg_dialect *dialect,
                                char *message, size_t room);

void vg__ddl_table(vg_buf *out, const vg_dialect *dialect, const vg_shape *table,
                   bool if_not_exists);

/* Pieces of it, for the kit: what stands after a column's DEFAULT, its type, the condition of a
 * CHECKED enum, and an action of a foreign key. */
VG_API void vg__ddl_default(vg_buf *out, const vg_dialect *dialect,
                            const vg_column *column);
VG_API void vg__ddl_type(vg_buf *out, const vg_dialect *dialect,
                         const vg_column *column, bool strict);
VG_API void vg__ddl_enum_check(vg_buf *out, const vg_column *column);
VG_API const char *vg__ddl_action(vg_action action);

/* Whether the database counts the column up where it has IDENTITY: IDENTITY, AUTOINCREMENT,
 * and an INTEGER, PRIMARY_KEY that nobody else fills in. */
VG_API bool vg__ddl_counts(const vg_column *column);

/* Whether two shapes' databases are one; NULL: the main one. */
static inline bool vg__same_database(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether two names are one to the database: to some the case of ASCII letters does not
 * count. */
bool vg__same_name(const vg_dialect *dialect, const char *a, const char *b);

/* Two tables of one name, or two indexes, or an index that is named like a table. */
bool vg__names_problem(const vg_schema *schema, const vg_dialect *dialect,
                       char *message, size_t room);

/* The name of a UNIQUE column's index: its own, or one made in `room`. */
const char *vg__ddl_unique_name(char *room, size_t size, const vg_shape *table,
                                const vg_column *column);

/* One CREATE INDEX for each unique, unique column and index; `each` gets the text. */
int vg__ddl_indexes(vg_buf *out, const vg_dialect *dialect, const vg_shape *table,
                    bool if_not_exists, vg_ddl_fn each, void *ctx);
