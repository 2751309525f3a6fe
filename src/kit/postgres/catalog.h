/* What a live PostgreSQL says of itself: rows of its catalog, in the kit's arena, by a few
 * queries however much there is. What belongs to the system or to an extension is not among
 * them. Lists inside of a row are texts with VGK_PG_SEPARATOR between them. */
#pragma once
#include "kit/snapshot.h"

#define VGK_PG_SEPARATOR '\x1f'

// clang-format off
PROJECTION(vgk_pg_relation, /* in the order in which they were made */
    FIELD(oid,         SQL(INTEGER, "")),
    FIELD(schema,      SQL(TEXT, "")),
    FIELD(name,        SQL(TEXT, "")),
    FIELD(kind,        SQL(TEXT, "")), /* r, p partitioned, v, m materialised, f foreign */
    FIELD(rls,         SQL(BOOLEAN, "")),
    FIELD(force_rls,   SQL(BOOLEAN, "")),
    FIELD(parent,      NULLABLE(SQL(TEXT, ""))), /* what it inherits from */
    FIELD(partition,   SQL(BOOLEAN, "")),
    FIELD(partition_by,NULLABLE(SQL(TEXT, ""))), /* "RANGE (at)" */
    FIELD(options,     NULLABLE(SQL(TEXT, ""))), /* "fillfactor=70", separated */
    FIELD(method,      NULLABLE(SQL(TEXT, ""))), /* but heap */
    FIELD(tablespace,  NULLABLE(SQL(TEXT, ""))),
    FIELD(populated,   SQL(BOOLEAN, "")),
    FIELD(unlogged,    SQL(BOOLEAN, "")),
    FIELD(definition,  NULLABLE(SQL(TEXT, ""))))

PROJECTION(vgk_pg_attribute,
    FIELD(relation,    SQL(INTEGER, "")),
    FIELD(name,        SQL(TEXT, "")),
    FIELD(type,        SQL(TEXT, "")), /* as format_type has it, dimensions aside */
    FIELD(base,        SQL(TEXT, "")), /* the name of the type, or of its elements' */
    FIELD(base_schema, SQL(TEXT, "")), /* its schema */
    FIELD(base_kind,   SQL(TEXT, "")), /* e enum, d domain, c composite, b base, ... */
    FIELD(foreign_,    SQL(BOOLEAN, "")), /* of an extension */
    FIELD(array,       SQL(BOOLEAN, "")),
    FIELD(dimensions,  SQL(INTEGER, "")),
    FIELD(not_null,    SQL(BOOLEAN, "")),
    FIELD(value,       NULLABLE(SQL(TEXT, ""))), /* DEFAULT, or what it is generated as */
    FIELD(identity,    SQL(TEXT, "")),           /* a always, d by default, "" no */
    FIELD(generated,   SQL(TEXT, "")),           /* s stored, v virtual, "" no */
    FIELD(collation,   NULLABLE(SQL(TEXT, ""))), /* but the type's own */
    FIELD(local,       SQL(BOOLEAN, "")),        /* not of a parent alone */
    FIELD(seq_schema,  NULLABLE(SQL(TEXT, ""))), /* the sequence that it owns */
    FIELD(seq_name,    NULLABLE(SQL(TEXT, ""))),
    FIELD(seq_type,    NULLABLE(SQL(TEXT, ""))),
    FIELD(seq_start,   NULLABLE(SQL(INTEGER, ""))),
    FIELD(seq_step,    NULLABLE(SQL(INTEGER, ""))),
    FIELD(seq_min,     NULLABLE(SQL(INTEGER, ""))),
    FIELD(seq_max,     NULLABLE(SQL(INTEGER, ""))),
    FIELD(seq_cache,   NULLABLE(SQL(INTEGER, ""))),
    FIELD(seq_cycle,   NULLABLE(SQL(BOOLEAN, ""))))

PROJECTION(vgk_pg_constraint,
    FIELD(relation,    SQL(INTEGER, "")),
    FIELD(name,        SQL(TEXT, "")),
    FIELD(kind,        SQL(TEXT, "")), /* p, u, f, c, x */
    FIELD(columns,     NULLABLE(SQL(TEXT, ""))),
    FIELD(to_schema,   NULLABLE(SQL(TEXT, ""))),
    FIELD(to_table,    NULLABLE(SQL(TEXT, ""))),
    FIELD(to_columns,  NULLABLE(SQL(TEXT, ""))),
    FIELD(on_delete,   SQL(TEXT, "")),
    FIELD(on_update,   SQL(TEXT, "")),
    FIELD(match,       SQL(TEXT, "")),
    FIELD(deferrable,  SQL(BOOLEAN, "")),
    FIELD(deferred,    SQL(BOOLEAN, "")),
    FIELD(validated,   SQL(BOOLEAN, "")),
    FIELD(no_inherit,  SQL(BOOLEAN, "")),
    FIELD(local,       SQL(BOOLEAN, "")),
    FIELD(condition,   NULLABLE(SQL(TEXT, ""))),
    FIELD(definition,  SQL(TEXT, "")),
    FIELD(nulls_not_distinct, SQL(BOOLEAN, "")),
    FIELD(includes,    SQL(BOOLEAN, ""))) /* INCLUDE of a key */

PROJECTION(vgk_pg_term, /* a column of an index, and the index */
    FIELD(relation,    SQL(INTEGER, "")),
    FIELD(index,       SQL(INTEGER, "")),
    FIELD(name,        SQL(TEXT, "")),
    FIELD(unique,      SQL(BOOLEAN, "")),
    FIELD(valid,       SQL(BOOLEAN, "")),
    FIELD(method,      SQL(TEXT, "")),
    FIELD(options,     NULLABLE(SQL(TEXT, ""))),
    FIELD(condition,   NULLABLE(SQL(TEXT, ""))),
    FIELD(nulls_not_distinct, SQL(BOOLEAN, "")),
    FIELD(key,         SQL(BOOLEAN, "")), /* else INCLUDE */
    FIELD(column,      NULLABLE(SQL(TEXT, ""))),
    FIELD(expression,  NULLABLE(SQL(TEXT, ""))),
    FIELD(order,       SQL(INTEGER, "")), /* 1: DESC, 2: NULLS FIRST */
    FIELD(opclass,     NULLABLE(SQL(TEXT, ""))), /* but the type's own */
    FIELD(collation,   NULLABLE(SQL(TEXT, ""))), /* but the column's own */
    FIELD(only,        SQL(BOOLEAN, "")), /* of a partitioned table, and none of a partition */
    FIELD(exclude,     NULLABLE(SQL(TEXT, "")))) /* of an EXCLUDE: its operator */

PROJECTION(vgk_pg_enum,
    FIELD(schema,      SQL(TEXT, "")),
    FIELD(name,        SQL(TEXT, "")),
    FIELD(labels,      NULLABLE(SQL(TEXT, ""))))

PROJECTION(vgk_pg_sequence,
    FIELD(schema,      SQL(TEXT, "")),
    FIELD(name,        SQL(TEXT, "")),
    FIELD(type,        SQL(TEXT, "")),
    FIELD(start,       SQL(INTEGER, "")),
    FIELD(step,        SQL(INTEGER, "")),
    FIELD(min,         SQL(INTEGER, "")),
    FIELD(max,         SQL(INTEGER, "")),
    FIELD(cache,       SQL(INTEGER, "")),
    FIELD(cycle,       SQL(BOOLEAN, "")))

PROJECTION(vgk_pg_policy,
    FIELD(relation,    SQL(INTEGER, "")),
    FIELD(name,        SQL(TEXT, "")),
    FIELD(permissive,  SQL(BOOLEAN, "")),
    FIELD(command,     SQL(TEXT, "")), /* r a w d * */
    FIELD(roles,       NULLABLE(SQL(TEXT, ""))),
    FIELD(condition,   NULLABLE(SQL(TEXT, ""))),
    FIELD(check,       NULLABLE(SQL(TEXT, ""))))

PROJECTION(vgk_pg_role,
    FIELD(name,        SQL(TEXT, "")),
    FIELD(create_db,   SQL(BOOLEAN, "")),
    FIELD(create_role, SQL(BOOLEAN, "")),
    FIELD(inherit,     SQL(BOOLEAN, "")),
    FIELD(kept,        SQL(BOOLEAN, ""))) /* a superuser, or who asks */

PROJECTION(vgk_pg_thing, /* an extension and its version; what a schema cannot say */
    FIELD(kind,        SQL(TEXT, "")),
    FIELD(schema,      SQL(TEXT, "")),
    FIELD(name,        SQL(TEXT, "")))

PROJECTION(vgk_pg_number, FIELD(n, SQL(INTEGER, "")))
// clang-format on

typedef struct vgk_pg_catalog {
    vgk_pg_relation_list relations;
    vgk_pg_attribute_list attributes;   /* by relation */
    vgk_pg_constraint_list constraints; /* by relation */
    vgk_pg_term_list terms;             /* by relation and index; EXCLUDEs too */
    vgk_pg_enum_list enums;
    vgk_pg_sequence_list sequences; /* but those that a column owns */
    vgk_pg_policy_list policies;    /* by relation */
    vgk_pg_role_list roles;         /* of the whole server */
    vgk_pg_thing_list extensions;
    vgk_pg_thing_list schemas;
    vgk_pg_thing_list others; /* what a schema cannot say */
} vgk_pg_catalog;

/* All of it, within the running transaction. `path`: the search path, which says what names
 * in expressions are written without their schema; `ours`: a condition on pg_namespace n. */
int vgk_pg_catalog_read(vg_kit *kit, vg_db *db, const char *path, const char *ours,
                        vgk_pg_catalog *out);

/* All schemas; their kind is the name as SQL has it before another, with its point. */
int vgk_pg_schemas(vg_kit *kit, vg_db *db, vgk_pg_thing_list *out);

/* What is a user's own: for `ours`. */
extern const char vgk_pg_ours[];

/* The number that a query of one row and column yields. */
int vgk_pg_count(vg_kit *kit, vg_db *db, const char *sql, int64_t *out);
/* A number that is another one after each change of the catalog. */
int vgk_pg_version(vg_kit *kit, vg_db *db, int64_t *out);

/* The parts of a list in one text; NULL: none. */
vgk_texts vgk_pg_split(vg_kit *kit, const char *list);
