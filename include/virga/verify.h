/* Checking registered queries: each one is rendered, prepared and explained on a database
 * that has the schema's tables, no data needed, before one of them runs in earnest.
 *
 *     vg_findings findings;
 *     if (vg_open(&db, ":memory:", NULL) || vg_create(db, &blog) ||
 *         vg_verify(db, &blog, &arena, &findings))
 *         fputs(vg_findings_text(&findings, &arena), stderr);
 *
 * prints a line for each finding,
 *
 *     src/posts.c:12: posts_by_title: reads all of posts (SCAN posts): add an index, or
 *     say ALLOW(FULL_SCAN, posts, "why")
 *     14 queries, 1 finding
 */
#pragma once
#pragma GCC system_header
#include <virga/registry.h>

VG_BEGIN_DECLS

typedef enum vg_finding_kind {
    VG_FOUND_ERROR,       /* it cannot be built or prepared: a table, a column, ... */
    VG_FOUND_TYPE,        /* a field has another type than the column in the database */
    VG_FOUND_NULL,        /* a NULL can reach what cannot hold it */
    VG_FOUND_FULL_SCAN,   /* all of a table or index is read */
    VG_FOUND_TEMP_BTREE,  /* rows are sorted or told apart in a temporary b-tree */
    VG_FOUND_AUTO_INDEX,  /* an index is built each time the query runs */
    VG_FOUND_UNUSED,      /* a parameter or an ALLOW without effect */
    VG_FOUND_SAME_NAME,   /* two queries of one name: the linker drops one of them */
    VG_FOUND_FOREIGN_KEY, /* a foreign key whose columns have no index */
    VG_FOUND_RELATION /* a relation whose rows are found by columns without an index */
} vg_finding_kind;

typedef struct vg_finding {
    vg_finding_kind kind;
    const char *here; /* "file:line"; of a foreign key the schema's name */
    const char *name; /* of the query; of a foreign key "table.column" */
    const char *text; /* what was found and what to do, one line */
} vg_finding;

typedef struct vg_findings {
    vg_finding *data; /* in the order of the queries; then the schema's */
    size_t len;
    size_t query_count; /* checked */
} vg_findings;

/* Check every registered query of the program on `db`, which has the schema's tables (by
 * vg_create, and vg_attach and vg_create_in for those of IN_DATABASE; or a copy of the real
 * database: then its types are compared as well), and, unless `schema` is NULL, that its
 * foreign keys and relations have indexes. Nothing is run or changed. What is found lives in
 * `arena`. Returns VG_OK when nothing was found, VG_INVALID when something was, else what kept
 * it from looking (VG_NO_MEMORY, VG_MISUSE, ...). */
VG_API int vg_verify(vg_db *db, const vg_schema *schema, vg_arena *arena,
                     vg_findings *findings);

/* The findings as text in `arena`: a line for each, "file:line: name: text", then their
 * numbers. NULL when there is no memory.
 *     fputs(vg_findings_text(&findings, &arena), stderr); */
VG_API const char *vg_findings_text(const vg_findings *findings, vg_arena *arena);

/* All of it, as a program's main: the queries of the program against `schema` in memory,
 * those of IN_DATABASE included, what is found on the standard output. Returns 0 when
 * nothing was found, 1 when something was, 2 when it could not look.
 *     int main(void) { return vg_verify_main(&blog); } */
VG_API int vg_verify_main(const vg_schema *schema);

VG_END_DECLS

/* What ALLOW allows. */
typedef enum vg_allowed {
    VG_ALLOWED_FULL_SCAN,
    VG_ALLOWED_TEMP_BTREE,
    VG_ALLOWED_AUTO_INDEX
} vg_allowed;

static inline vg_clause vg_allow(vg_allowed what, const vg_shape *table,
                                 const char *reason)
{
    VG_CLAUSE_(kind = VG_CLAUSE_ALLOW, sub = (uint16_t)what, text = reason, c = table);
}

/* words: begin */

/* A clause that stands in a QUERY, before RETURNING if there is one, and changes nothing in
 * the SQL: vg_verify does not report what it allows. The reason is a string literal.
 *     ALLOW(FULL_SCAN, countries, "all 250 of them are wanted")
 *     ALLOW(TEMP_BTREE, "sorts what the filter leaves, ten rows")
 *     ALLOW(AUTO_INDEX, tags, "the report runs once a day") */
#define VG_ALLOW(what, ...) VG_ALLOW_##what(__VA_ARGS__)

/* At file scope: the foreign key of the table that begins with this column needs no index.
 *     UNINDEXED(posts, editor_id, "users are never deleted") */
#define VG_UNINDEXED(t, column, reason)                                       \
    static const vg_unindexed t##_VG_##column##_vg_unindexed = {              \
        &t.vg_shape, VG_INDEX_OF(t, column), VG_REASON("UNINDEXED", reason)}; \
    VG_REGISTER(t##_VG_##column, NULL, &t##_VG_##column##_vg_unindexed)

/* words: end */

#define VG_ALLOW_FULL_SCAN(t, reason) \
    vg_allow(VG_ALLOWED_FULL_SCAN, &(t).vg_shape, VG_REASON("ALLOW", reason))
#define VG_ALLOW_TEMP_BTREE(reason) \
    vg_allow(VG_ALLOWED_TEMP_BTREE, NULL, VG_REASON("ALLOW", reason))
#define VG_ALLOW_AUTO_INDEX(t, reason) \
    vg_allow(VG_ALLOWED_AUTO_INDEX, &(t).vg_shape, VG_REASON("ALLOW", reason))
#define VG_REASON(word, reason) \
    (&("" reason "")[VG_REQUIRE(sizeof("" reason "") > 1, word ": say the reason")])
