/* The catalog, by queries of Virga's own. */
#include "kit/postgres/catalog.h"
#include <string.h>

const char vgk_pg_ours[] = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

/* Whether a row of `class` belongs to no extension. */
#define OWN(class, oid)                                                   \
    "not exists (select 1 from pg_catalog.pg_depend x where x.classid = " \
    "'pg_catalog." class "'::regclass and x.objid = " oid " and x.deptype = 'e')"

#define NAMES(numbers, relation)                                                \
    "(select string_agg(a.attname, E'\\x1f' order by u.n) from unnest(" numbers \
    ") with ordinality u(num, n) join pg_attribute a on a.attrelid = " relation \
    " and a.attnum = u.num)"

#define OWN_TYPE     OWN("pg_type", "coalesce(e.oid, t.oid)")
#define KEY_NAMES    NAMES("k.conkey", "k.conrelid")
#define TARGET_NAMES NAMES("k.confkey", "k.confrelid")

/* @ours stands for the condition on the namespace n. */
static const char relations_sql[] =
    "select c.oid::int8, n.nspname::text, c.relname::text, c.relkind::text, "
    "c.relrowsecurity, c.relforcerowsecurity, h.inhparent::regclass::text, "
    "c.relispartition, case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end, "
    "array_to_string(c.reloptions, E'\\x1f'), nullif(am.amname::text, 'heap'), "
    "ts.spcname::text, c.relispopulated, c.relpersistence = 'u', "
    "case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end "
    "from pg_class c join pg_namespace n on n.oid = c.relnamespace "
    "left join pg_am am on am.oid = c.relam "
    "left join pg_tablespace ts on ts.oid = c.reltablespace "
    "left join pg_inherits h on h.inhrelid = c.oid and h.inhseqno = 1 "
    "where c.relkind in ('r', 'p', 'v', 'm', 'f') and @ours and " OWN(
        "pg_class", "c.oid") " order by c.oid";

static const char attributes_sql[] =
    "select a.attrelid::int8, a.attname::text, format_type(coalesce(e.oid, t.oid), "
    "a.atttypmod), coalesce(e.typname, t.typname)::text, coalesce(en.nspname, "
    "tn.nspname)::text, coalesce(e.typtype, t.typtype)::text, not " OWN_TYPE
    ", e.oid is not null, a.attndims::int8, a.attnotnull, pg_get_expr(d.adbin, "
    "d.adrelid), a.attidentity::text, a.attgenerated::text, case when a.attcollation "
    "<> t.typcollation then co.collname::text end, a.attislocal, s.* from "
    "pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on "
    "n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid join pg_namespace "
    "tn on tn.oid = t.typnamespace left join pg_type e on e.oid = t.typelem and "
    "t.typcategory = 'A' left join pg_namespace en on en.oid = e.typnamespace left "
    "join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum left join "
    "pg_collation co on co.oid = a.attcollation left join lateral (select "
    "sn.nspname::text, sc.relname::text, q.seqtypid::regtype::text, q.seqstart, "
    "q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle from pg_depend x "
    "join pg_class sc on sc.oid = x.objid and sc.relkind = 'S' join pg_namespace sn "
    "on sn.oid = sc.relnamespace join pg_sequence q on q.seqrelid = sc.oid where "
    "x.classid = 'pg_class'::regclass and x.refclassid = 'pg_class'::regclass and "
    "x.refobjid = a.attrelid and x.refobjsubid = a.attnum and x.deptype in ('a', "
    "'i') order by x.deptype desc, x.objid limit 1) s on true where c.relkind in "
    "('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped and @ours order by "
    "a.attrelid, a.attnum";

static const char constraints_sql[] =
    "select k.conrelid::int8, k.conname::text, k.contype::text, " KEY_NAMES
    ", fn.nspname::text, fc.relname::text, " TARGET_NAMES
    ", k.confdeltype::text, k.confupdtype::text, k.confmatchtype::text, "
    "k.condeferrable, k.condeferred, k.convalidated, k.connoinherit, k.conislocal, "
    "pg_get_expr(k.conbin, k.conrelid), pg_get_constraintdef(k.oid), "
    "coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false), "
    "coalesce(i.indnatts > i.indnkeyatts, false) from pg_constraint k join pg_class "
    "c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace left join "
    "pg_class fc on fc.oid = k.confrelid left join pg_namespace fn on fn.oid = "
    "fc.relnamespace left join pg_index i on i.indexrelid = k.conindid and k.contype "
    "in ('p', 'u', 'x') where k.contype in ('p', 'u', 'f', 'c', 'x') and @ours order "
    "by k.conrelid, k.oid";

static const char terms_sql[] =
    "select i.indrelid::int8, i.indexrelid::int8, ic.relname::text, i.indisunique, "
    "i.indisvalid, am.amname::text, array_to_string(ic.reloptions, E'\\x1f'), "
    "pg_get_expr(i.indpred, i.indrelid), "
    "coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false), "
    "g.n <= i.indnkeyatts, a.attname::text, case when i.indkey[g.n - 1] = 0 then "
    "pg_get_indexdef(i.indexrelid, g.n, false) end, "
    "coalesce(i.indoption[g.n - 1], 0)::int8, "
    "case when not oc.opcdefault then oc.opcname::text end, "
    "case when i.indcollation[g.n - 1] <> coalesce(a.attcollation, "
    "i.indcollation[g.n - 1]) then co.collname::text end, "
    "c.relkind = 'p' and not i.indisvalid, op.oprname::text "
    "from pg_index i join pg_class ic on ic.oid = i.indexrelid "
    "join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = "
    "c.relnamespace join pg_am am on am.oid = ic.relam "
    "cross join lateral generate_series(1, i.indnatts) g(n) "
    "left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = "
    "i.indkey[g.n - 1] and i.indkey[g.n - 1] <> 0 "
    "left join pg_opclass oc on oc.oid = i.indclass[g.n - 1] "
    "left join pg_collation co on co.oid = i.indcollation[g.n - 1] "
    "left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', "
    "'u', 'x') "
    "left join pg_operator op on op.oid = k.conexclop[g.n] "
    "where not ic.relispartition and (k.oid is null or k.contype = 'x') and @ours "
    "order by i.indrelid, i.indexrelid, g.n";

static const char enums_sql[] =
    "select n.nspname::text, t.typname::text, (select string_agg(l.enumlabel, "
    "E'\\x1f' order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid) "
    "from pg_type t join pg_namespace n on n.oid = t.typnamespace "
    "where t.typtype = 'e' and @ours and " OWN("pg_type", "t.oid") " order by t.oid";

static const char sequences_sql[] =
    "select n.nspname::text, c.relname::text, q.seqtypid::regtype::text, q.seqstart, "
    "q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle from pg_sequence q "
    "join pg_class c on c.oid = q.seqrelid join pg_namespace n on n.oid = "
    "c.relnamespace where @ours and not exists (select 1 from pg_depend x where "
    "x.classid "
    "= 'pg_class'::regclass and x.objid = c.oid and x.deptype in ('a', 'i', 'e')) "
    "order by c.oid";

#define ROLE_NAME "case when u = 0 then 'public' else pg_get_userbyid(u) end"
static const char policies_sql[] =
    "select p.polrelid::int8, p.polname::text, p.polpermissive, p.polcmd::text, "
    "(select string_agg(" ROLE_NAME ", E'\\x1f' order by (" ROLE_NAME
    ")::text collate \"C\") "
    "from unnest(p.polroles) u), pg_get_expr(p.polqual, p.polrelid), "
    "pg_get_expr(p.polwithcheck, p.polrelid) from pg_policy p join pg_class c on "
    "c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where @ours "
    "order by p.polrelid, p.oid";

static const char roles_sql[] =
    "select rolname::text, rolcreatedb, rolcreaterole, rolinherit, rolsuper or "
    "rolname in (current_user, session_user) from pg_roles "
    "where rolname !~ '^pg_' order by oid";

static const char extensions_sql[] =
    "select e.extversion, n.nspname::text, e.extname::text from pg_extension e join "
    "pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql' order by "
    "e.oid";

static const char schemas_sql[] =
    "select 'schema', n.nspname::text, n.nspname::text from pg_namespace n where @ours "
    "and " OWN("pg_namespace", "n.oid") " order by n.oid";

/* What has no word: by name, for a note. */
static const char others_sql[] =
    "select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else "
    "'function' end, n.nspname::text, p.proname || '(' || "
    "pg_get_function_identity_arguments(p.oid) || ')' from pg_proc p "
    "join pg_namespace n on n.oid = p.pronamespace where @ours and " OWN(
        "pg_proc",
        "p.oid") " union all select 'trigger', n.nspname::text, t.tgname || ' of ' || "
                 "c.relname "
                 "from pg_trigger t join pg_class c on c.oid = t.tgrelid join "
                 "pg_namespace n on "
                 "n.oid = c.relnamespace where not t.tgisinternal and @ours and " OWN(
                     "pg_class",
                     "c.oid") " union all select 'rule', n.nspname::text, r.rulename "
                              "|| ' of ' || c.relname "
                              "from pg_rewrite r join pg_class c on c.oid = r.ev_class "
                              "join pg_namespace n on "
                              "n.oid = c.relnamespace where r.rulename <> '_RETURN' "
                              "and @ours and " OWN(
                                  "pg_class",
                                  "c.oid") " union all select case t.typtype when 'd' "
                                           "then 'domain' when 'r' then 'range "
                                           "type' else 'composite type' end, "
                                           "n.nspname::text, t.typname::text from "
                                           "pg_type t "
                                           "join pg_namespace n on n.oid = "
                                           "t.typnamespace left join pg_class c on "
                                           "c.oid = "
                                           "t.typrelid where (t.typtype in ('d', 'r') "
                                           "or c.relkind = 'c') and @ours and " OWN(
                                               "pg_type", "t.oid");

/* `sql` with `ours` in place of each @ours. */
static const char *filled(vg_kit *kit, const char *sql, const char *ours)
{
    vg_buf *out = vgk_buf(kit);
    const char *mark;
    while ((mark = strstr(sql, "@ours"))) {
        vg__buf_bytes(out, sql, (size_t)(mark - sql));
        vg__buf_text(out, ours);
        sql = mark + strlen("@ours");
    }
    vg__buf_text(out, sql);
    return vgk_buf_text(kit, out, NULL);
}

static int failed(vg_kit *kit, vg_db *db, int rc)
{
    return vgk_fail(kit, rc, "%s", vg_errmsg(db));
}

static int rows(vg_kit *kit, vg_db *db, const vg_shape *shape, const char *sql,
                void *out)
{
    const vg_clause query = vg_raw_select(NULL, shape, sql, 0, NULL);
    int rc = vg_run_all(db, &kit->arena, out, VG_HERE, &query, 1);
    return rc == VG_OK ? rc : failed(kit, db, rc);
}

int vgk_pg_catalog_read(vg_kit *kit, vg_db *db, const char *path, const char *ours,
                        vgk_pg_catalog *out)
{
    const struct {
        const vg_shape *shape;
        const char *sql;
        void *rows;
    } all[] = {
        {&vgk_pg_relation.vg_shape, relations_sql, &out->relations},
        {&vgk_pg_attribute.vg_shape, attributes_sql, &out->attributes},
        {&vgk_pg_constraint.vg_shape, constraints_sql, &out->constraints},
        {&vgk_pg_term.vg_shape, terms_sql, &out->terms},
        {&vgk_pg_enum.vg_shape, enums_sql, &out->enums},
        {&vgk_pg_sequence.vg_shape, sequences_sql, &out->sequences},
        {&vgk_pg_policy.vg_shape, policies_sql, &out->policies},
        {&vgk_pg_role.vg_shape, roles_sql, &out->roles},
        {&vgk_pg_thing.vg_shape, extensions_sql, &out->extensions},
        {&vgk_pg_thing.vg_shape, schemas_sql, &out->schemas},
        {&vgk_pg_thing.vg_shape, others_sql, &out->others},
    };
    *out = (vgk_pg_catalog){0};
    int rc = vg_script(db, vgk_print(kit, "set local search_path to %s", path));
    if (rc != VG_OK)
        return failed(kit, db, rc);
    for (size_t i = 0; rc == VG_OK && i < sizeof all / sizeof *all; i++)
        rc = rows(kit, db, all[i].shape, filled(kit, all[i].sql, ours), all[i].rows);
    return rc;
}

int vgk_pg_schemas(vg_kit *kit, vg_db *db, vgk_pg_thing_list *out)
{
    return rows(
        kit, db, &vgk_pg_thing.vg_shape,
        "select quote_ident(n.nspname) || '.', n.nspname::text, n.nspname::text "
        "from pg_namespace n order by n.oid",
        out);
}

int vgk_pg_count(vg_kit *kit, vg_db *db, const char *sql, int64_t *out)
{
    vgk_pg_number_list list;
    int rc = rows(kit, db, &vgk_pg_number.vg_shape, sql, &list);
    *out = rc == VG_OK && list.len ? list.data[0].n : 0;
    return rc;
}

/* Every change of the catalog writes rows anew, and a row knows by which transaction. */
int vgk_pg_version(vg_kit *kit, vg_db *db, int64_t *out)
{
    static const char *const tables[][2] = {
        {"pg_class", "x.relnamespace"},
        {"pg_type", "x.typnamespace"},
        {"pg_proc", "x.pronamespace"},
        {"pg_constraint", "x.connamespace"},
        {"pg_namespace", "x.oid"},
        {"pg_enum", NULL},
        {"pg_policy", NULL},
        {"pg_extension", NULL},
        {"pg_trigger", NULL},
        {"pg_attrdef", NULL},
        {"pg_rewrite", NULL},
    };
    vg_buf *sql = vgk_buf(kit);
    vg__buf_text(sql, "select ((");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        vg__buf_text(sql, vgk_print(kit,
                                    "%s(select coalesce(sum(hashtextextended(x.oid || "
                                    "' ' || x.xmin, %zu)), 0) from pg_catalog.%s x",
                                    i ? " + " : "", i, tables[i][0]));
        if (tables[i][1])
            vg__buf_text(sql, vgk_print(kit,
                                        " join pg_catalog.pg_namespace n on n.oid = %s "
                                        "where %s",
                                        tables[i][1], vgk_pg_ours));
        vg__buf_text(sql, ")");
    }
    vg__buf_text(sql, " + (select coalesce(sum(hashtextextended(a.attrelid || ' ' || "
                      "a.attnum || ' ' || a.xmin, 99)), 0) from "
                      "pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = "
                      "a.attrelid join pg_catalog.pg_namespace n on n.oid = "
                      "c.relnamespace where ");
    vg__buf_text(sql, vgk_pg_ours);
    vg__buf_text(sql, ")) % 9223372036854775807::numeric)::int8");
    return vgk_pg_count(kit, db, vgk_buf_text(kit, sql, NULL), out);
}

vgk_texts vgk_pg_split(vg_kit *kit, const char *list)
{
    vgk_texts out = {0};
    while (list) {
        const char *end = strchr(list, VGK_PG_SEPARATOR);
        *VGK_ADD(kit, &out) =
            end ? vgk_text_len(kit, list, (size_t)(end - list)) : list;
        list = end ? end + 1 : NULL;
    }
    return out;
}
