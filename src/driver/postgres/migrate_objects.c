/* The schema as texts that are equal for equal objects: what the catalog writes out itself. */
#include "driver/postgres/migrate.h"

// clang-format off
/* A name, with its schema unless that is public. */
#define NAME(relation, namespace)                                               \
    "case " namespace ".nspname when 'public' then " relation " else "          \
    namespace ".nspname || '.' || " relation " end"

/* Not PostgreSQL's own, not temporary, not an extension's. */
#define OURS(catalog, oid, namespace)                                           \
    namespace ".nspname not in ('pg_catalog', 'information_schema') and "       \
    namespace ".nspname !~ '^pg_(toast|temp)' and not exists (select 1 from "   \
    "pg_catalog.pg_depend d where d.classid = 'pg_catalog." catalog             \
    "'::regclass and d.objid = " oid " and d.deptype = 'e')"

#define FROM_CLASS                                                              \
    " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = "    \
    "c.relnamespace "
// clang-format on

static const char columns[] =
    "(select string_agg(quote_ident(a.attname) || ' ' || "
    "format_type(a.atttypid, a.atttypmod) || case when a.attcollation <> 0 and "
    "a.attcollation <> t.typcollation then ' collate ' || (select "
    "quote_ident(collname) "
    "from pg_catalog.pg_collation where oid = a.attcollation) else '' end || case "
    "a.attgenerated when '' then coalesce(' default ' || pg_get_expr(e.adbin, "
    "e.adrelid), '') else ' as ' || pg_get_expr(e.adbin, e.adrelid) end || "
    "a.attidentity::text || case when a.attnotnull then ' not null' else '' end, ', ' "
    "order "
    "by "
    "a.attnum) from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = "
    "a.atttypid left join pg_catalog.pg_attrdef e on e.adrelid = a.attrelid and "
    "e.adnum "
    "= a.attnum where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)";

static const char *const queries[] = {
    "select 'table', " NAME("c.relname", "n") ", " NAME("c.relname", "n") ", ",
    columns,
    " || coalesce(' partition by ' || pg_get_partkeydef(c.oid), '') || coalesce(' ' || "
    "pg_get_expr(c.relpartbound, c.oid), '') || case when c.relrowsecurity then ' row "
    "security' else '' end || case when c.relforcerowsecurity then ' forced' else '' "
    "end" FROM_CLASS
    "where c.relkind in ('r', 'p', 'f') and " OURS("pg_class", "c.oid", "n"),
    " union all select 'view', " NAME("c.relname", "n") ", " NAME(
        "c.relname", "n") ", "
                          "pg_get_viewdef(c.oid) || coalesce(' ' || "
                          "c.reloptions::text, '')" FROM_CLASS
                          "where c.relkind in ('v', 'm') and " OURS("pg_class", "c.oid",
                                                                    "n"),
    " union all select 'constraint', k.conname, " NAME(
        "c.relname", "n") ", "
                          "pg_get_constraintdef(k.oid)" FROM_CLASS
                          "join pg_catalog.pg_constraint k on "
                          "k.conrelid = c.oid where k.contype <> 't' and k.coninhcount "
                          "= 0 and " OURS("pg_class", "c.oid", "n"),
    " union all select 'index', " NAME("x.relname", "n") ", " NAME(
        "c.relname",
        "n") ", "
             "pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' "
             "invalid' "
             "end" FROM_CLASS "join pg_catalog.pg_index i on i.indrelid = c.oid join "
             "pg_catalog.pg_class x on x.oid = i.indexrelid where c.relkind in ('r', "
             "'p', 'm') and "
             "not exists (select 1 from pg_catalog.pg_constraint k where k.conindid = "
             "i.indexrelid and k.contype in ('p', 'u', 'x')) and " OURS("pg_class",
                                                                        "c.oid", "n"),
    " union all select 'trigger', t.tgname, " NAME(
        "c.relname", "n") ", "
                          "pg_get_triggerdef(t.oid) || t.tgenabled::text" FROM_CLASS
                          "join pg_catalog.pg_trigger t on "
                          "t.tgrelid = c.oid where not t.tgisinternal and " OURS(
                              "pg_class", "c.oid", "n"),
    " union all select 'rule', r.rulename, " NAME(
        "c.relname", "n") ", "
                          "pg_get_ruledef(r.oid)" FROM_CLASS
                          "join pg_catalog.pg_rewrite r on r.ev_class = "
                          "c.oid where r.rulename <> '_RETURN' and " OURS("pg_class",
                                                                          "c.oid", "n"),
    " union all select 'policy', p.polname, " NAME(
        "c.relname",
        "n") ", concat_ws(' ', "
             "p.polcmd, p.polpermissive, (select string_agg(case r.oid when 0 then "
             "'public' else "
             "pg_get_userbyid(r.oid) end, ',' order by 1) from unnest(p.polroles) "
             "r(oid)), "
             "'using', pg_get_expr(p.polqual, p.polrelid), 'check', "
             "pg_get_expr(p.polwithcheck, "
             "p.polrelid))" FROM_CLASS
             "join pg_catalog.pg_policy p on p.polrelid = c.oid where " OURS(
                 "pg_class", "c.oid", "n"),
    " union all select 'sequence', " NAME("c.relname", "n") ", " NAME(
        "c.relname", "n") ", concat_ws(' ', format_type(s.seqtypid, null), s.seqstart, "
                          "s.seqincrement, "
                          "s.seqmin, s.seqmax, s.seqcache, s.seqcycle)" FROM_CLASS
                          "join "
                          "pg_catalog.pg_sequence s on s.seqrelid = c.oid where not "
                          "exists (select 1 from "
                          "pg_catalog.pg_depend o where o.classid = "
                          "'pg_catalog.pg_class'::regclass and "
                          "o.objid = c.oid and o.deptype in ('a', 'i')) and " OURS(
                              "pg_class", "c.oid", "n"),
    " union all select 'type', " NAME("t.typname", "n") ", " NAME(
        "t.typname",
        "n") ", "
             "case t.typtype when 'e' then (select "
             "string_agg(quote_literal(v.enumlabel), ', ' "
             "order by v.enumsortorder) from pg_catalog.pg_enum v where v.enumtypid = "
             "t.oid) when "
             "'d' then concat_ws(' ', format_type(t.typbasetype, t.typtypmod), case "
             "when "
             "t.typnotnull then 'not null' end, 'default ' || t.typdefault, (select "
             "string_agg(pg_get_constraintdef(k.oid), ' ' order by k.conname) from "
             "pg_catalog.pg_constraint k where k.contypid = t.oid)) when 'c' then "
             "(select "
             "string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, "
             "a.atttypmod), "
             "', ' order by a.attnum) from pg_catalog.pg_attribute a where a.attrelid "
             "= "
             "t.typrelid and a.attnum > 0 and not a.attisdropped) else (select "
             "format_type(r.rngsubtype, null) from pg_catalog.pg_range r where "
             "r.rngtypid = "
             "t.oid) end from pg_catalog.pg_type t join pg_catalog.pg_namespace n on "
             "n.oid = "
             "t.typnamespace where (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' "
             "and exists "
             "(select 1 from pg_catalog.pg_class c where c.oid = t.typrelid and "
             "c.relkind = 'c')) "
             "and " OURS("pg_type", "t.oid", "n"),
    " union all select 'function', " NAME(
        "p.proname",
        "n") " || '(' || "
             "pg_get_function_identity_arguments(p.oid) || ')', '', case p.prokind "
             "when 'a' then "
             "'aggregate' else pg_get_functiondef(p.oid) end from pg_catalog.pg_proc p "
             "join "
             "pg_catalog.pg_namespace n on n.oid = p.pronamespace where " OURS(
                 "pg_proc", "p.oid", "n"),
    " union all select 'extension', x.extname, '', '' from pg_catalog.pg_extension x "
    "where x.extname <> 'plpgsql' order by 1, 2, 3, 4",
};

/* Names in what the catalog writes are full when nothing is in the path. */
static void put_path(vg_buf *sql, vg_db *db, const char *path)
{
    vg__buf_text(sql, "select set_config('search_path', ");
    vg__buf_literal(sql, path, strlen(path));
    vg__buf_text(sql, db->driver->in_transaction(db) ? ", true)" : ", false)");
}

/* Both texts are there before anything is set: what was set must be set back. */
static PGresult *ask_in_path(vg_db *db, vg_buf *query, vg_buf *back)
{
    vg_buf there = vg__pg_buf(db);
    put_path(&there, db, "pg_catalog");
    PGresult *set = vg__pg_ask_buf(db, &there);
    if (!set)
        return NULL;
    PQclear(set);
    PGresult *result = vg__pg_ask(db, query->text);
    vg_error error = db->error;
    set = vg__pg_ask(db, back->text);
    if (!set) {
        PQclear(result);
        return NULL;
    }
    PQclear(set);
    if (!result)
        db->error = error;
    return result;
}

static PGresult *ask(vg_db *db)
{
    PGresult *path = vg__pg_ask(db, "show search_path"), *result = NULL;
    if (!path)
        return NULL;
    vg_buf query = vg__pg_buf(db), back = vg__pg_buf(db);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        vg__buf_text(&query, queries[i]);
    put_path(&back, db, PQgetvalue(path, 0, 0));
    PQclear(path);
    if (query.failed || back.failed)
        vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    else
        result = ask_in_path(db, &query, &back);
    vg__buf_free(&query);
    vg__buf_free(&back);
    return result;
}

int vg__pg_objects(vg_db *db,
                   int (*each)(void *ctx, const char *type, const char *name,
                               const char *table, const char *sql),
                   void *ctx)
{
    PGresult *result = ask(db);
    int rc = result ? VG_OK : db->error.code;
    for (int i = 0; rc == VG_OK && i < PQntuples(result); i++)
        rc = each(ctx, PQgetvalue(result, i, 0), PQgetvalue(result, i, 1),
                  PQgetvalue(result, i, 2), PQgetvalue(result, i, 3));
    PQclear(result);
    return rc;
}
