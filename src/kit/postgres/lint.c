/* What a migration that somebody wrote may do to a PostgreSQL that is in use: which statements
 * lose rows, rewrite or read a whole table, keep others waiting, or break programs that run,
 * and what is the safer way. libpg_query, which is PostgreSQL's own parser, says what stands
 * there; nothing is looked up in a database. What PostgreSQL 11 and later do at no cost is not
 * spoken of. */
#ifdef VIRGA_PG_QUERY
#    include "kit/postgres/lint_tree.h"
#    include <pg_query.h>
#    include <stdio.h>

static void create_table(vgk_lint_run *l, const json_t *node)
{
    const json_t *rel = get(node, "relation");
    *VGK_ADD(l->kit, &l->made) = relation(l, rel ? rel : get(node, "into.rel"));
}

static void create_index(vgk_lint_run *l, const json_t *node)
{
    const char *table = l->found.table = relation(l, get(node, "relation"));
    const char *unique = yes(node, "unique") ? "UNIQUE " : "";
    if (is_new(l, table))
        return;
    if (!yes(node, "concurrent"))
        say(l, VGK_LOCKS | VGK_REWRITES | (*unique ? VGK_MAY_FAIL : 0u),
            "nobody can write to table %s while the index is built: CREATE %sINDEX "
            "CONCURRENTLY",
            table, unique);
    else if (*unique)
        say(l, VGK_MAY_FAIL, "fails if two rows of table %s are the same for index %s",
            table, text(node, "idxname"));
}

static void drop(vgk_lint_run *l, const json_t *node)
{
    const json_t *objects = get(node, "objects");
    bool cascade = is(node, "behavior", "DROP_CASCADE");
    for (size_t i = 0; i < json_array_size(objects); i++) {
        const char *name = object_name(l, json_array_get(objects, i));
        l->found.table = name;
        if (is(node, "removeType", "OBJECT_TABLE") && !is_new(l, name))
            say(l, VGK_LOSES | VGK_BREAKS,
                "drops table %s and its rows%s; programs that still use it fail", name,
                cascade ? ", and what depends on it" : "");
        else if (is(node, "removeType", "OBJECT_INDEX") && !yes(node, "concurrent"))
            say(l, VGK_LOCKS,
                "waits until nobody uses the table of index %s, and all others wait "
                "behind it: DROP INDEX CONCURRENTLY",
                name);
        else if (is(node, "removeType", "OBJECT_SCHEMA") && cascade)
            say(l, VGK_LOSES | VGK_BREAKS, "drops all that is in schema %s", name);
        else if (is(node, "removeType", "OBJECT_TYPE") && cascade)
            say(l, VGK_LOSES | VGK_BREAKS,
                "drops the columns of type %s, too, and their values", name);
        else if (is(node, "removeType", "OBJECT_EXTENSION") && cascade)
            say(l, VGK_LOSES | VGK_BREAKS, "drops all that depends on extension %s",
                name);
    }
}

static void rename_it(vgk_lint_run *l, const json_t *node)
{
    const char *table = l->found.table = relation(l, get(node, "relation"));
    const char *to = text(node, "newname"), *what = text(node, "renameType");
    if (is_new(l, table))
        return;
    if (strcmp(what, "OBJECT_COLUMN") == 0)
        say(l, VGK_BREAKS,
            "programs that run know column %s of %s by its old name, and fail. Add %s "
            "beside it, keep both alike, and drop the old one when nobody uses it",
            text(node, "subname"), table, to);
    else if (strcmp(what, "OBJECT_TABLE") == 0 || strcmp(what, "OBJECT_VIEW") == 0)
        say(l, VGK_BREAKS,
            "programs that run know %s by its old name, and fail. Make a view of that "
            "name in the same migration",
            table);
}

static void truncate(vgk_lint_run *l, const json_t *node)
{
    const json_t *list = get(node, "relations");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *table = l->found.table =
            relation(l, get(json_array_get(list, i), "RangeVar"));
        if (!is_new(l, table))
            say(l, VGK_LOSES | VGK_LOCKS, "deletes all rows of %s%s", table,
                is(node, "behavior", "DROP_CASCADE")
                    ? ", and of the tables that refer to it"
                    : "");
    }
}

static void lock(vgk_lint_run *l, const json_t *node)
{
    const json_t *list = get(node, "relations");
    const char *table = l->found.table =
        relation(l, get(json_array_get(list, 0), "RangeVar"));
    say(l, VGK_LOCKS, "keeps table %s locked until the migration is done", table);
}

static bool has_option(const json_t *list, const char *name)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (is(json_array_get(list, i), "DefElem.defname", name))
            return true;
    return false;
}

static void vacuum(vgk_lint_run *l, const json_t *node)
{
    const json_t *rel =
        get(json_array_get(get(node, "rels"), 0), "VacuumRelation.relation");
    const char *table = l->found.table = rel ? relation(l, rel) : "";
    if (yes(node, "is_vacuumcmd") && has_option(get(node, "options"), "full"))
        say(l, VGK_LOCKS | VGK_REWRITES,
            "rewrites %s while nobody can read it; VACUUM alone lets others work",
            *table ? table : "all tables");
}

static void cluster(vgk_lint_run *l, const json_t *node)
{
    const char *table = l->found.table = relation(l, get(node, "relation"));
    say(l, VGK_LOCKS | VGK_REWRITES, "rewrites %s while nobody can read it",
        *table ? table : "tables");
}

static void reindex(vgk_lint_run *l, const json_t *node)
{
    const char *name = l->found.table = relation(l, get(node, "relation"));
    if (!has_option(get(node, "params"), "concurrently"))
        say(l, VGK_LOCKS | VGK_REWRITES,
            "nobody can write to the table meanwhile, nor read by the index: REINDEX "
            "... CONCURRENTLY %s",
            *name ? name : text(node, "name"));
}

static void refresh(vgk_lint_run *l, const json_t *node)
{
    const char *name = l->found.table = relation(l, get(node, "relation"));
    if (!yes(node, "concurrent") && !yes(node, "skipData"))
        say(l, VGK_LOCKS | VGK_REWRITES,
            "nobody can read %s meanwhile: REFRESH MATERIALIZED VIEW CONCURRENTLY, "
            "which "
            "needs a unique index on it",
            name);
}

static void change_rows(vgk_lint_run *l, const json_t *node, const char *verb)
{
    const char *table = l->found.table = relation(l, get(node, "relation"));
    bool all = !get(node, "whereClause"), deletes = strcmp(verb, "deletes") == 0;
    if (is_new(l, table) || (!all && !deletes))
        return;
    say(l, VGK_LOSES | (all && !deletes ? VGK_REWRITES | VGK_LOCKS : 0u),
        "%s %s of %s%s", verb, all ? "all rows" : "rows", table,
        all ? ": it has no WHERE" : "");
}

static void update(vgk_lint_run *l, const json_t *node)
{
    change_rows(l, node, "changes");
}

static void delete_rows(vgk_lint_run *l, const json_t *node)
{
    change_rows(l, node, "deletes");
}

static void insert(vgk_lint_run *l, const json_t *node)
{
    const char *table = l->found.table = relation(l, get(node, "relation"));
    if (!is_new(l, table) && get(node, "selectStmt.SelectStmt.fromClause"))
        say(l, VGK_REWRITES, "copies rows into %s", table);
}

static void alter_enum(vgk_lint_run *l, const json_t *node)
{
    const char *type = l->found.table = last_name(get(node, "typeName"));
    const char *value = text(node, "newVal");
    if (*text(node, "oldVal"))
        say(l, VGK_BREAKS, "programs that run know the value by its old name, %s",
            text(node, "oldVal"));
    else if (vgk_lint_later(l, value))
        say(l, VGK_MAY_FAIL,
            "value '%s' of %s can be used when it is committed, not before: virga "
            "migrate commits here; drizzle-kit does not, and fails",
            value, type);
}

static void transaction(vgk_lint_run *l, const json_t *node)
{
    static const char *const kinds[] = {"TRANS_STMT_BEGIN", "TRANS_STMT_START",
                                        "TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK",
                                        "TRANS_STMT_PREPARE"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is(node, "kind", kinds[i]))
            say(l, VGK_MAY_FAIL, "a migration runs in a transaction already");
}

static void copy(vgk_lint_run *l, const json_t *node)
{
    l->found.table = relation(l, get(node, "relation"));
    if (!*text(node, "filename"))
        say(l, VGK_MAY_FAIL,
            "COPY from or to the one who runs it: a migration has nobody for that");
}

static const struct {
    const char *node;
    void (*look)(vgk_lint_run *l, const json_t *node);
} statements[] = {
    {"AlterTableStmt", vgk_pg_lint_alter_table},
    {"CreateStmt", create_table},
    {"CreateTableAsStmt", create_table},
    {"IndexStmt", create_index},
    {"DropStmt", drop},
    {"RenameStmt", rename_it},
    {"TruncateStmt", truncate},
    {"LockStmt", lock},
    {"VacuumStmt", vacuum},
    {"ClusterStmt", cluster},
    {"ReindexStmt", reindex},
    {"RefreshMatViewStmt", refresh},
    {"UpdateStmt", update},
    {"DeleteStmt", delete_rows},
    {"InsertStmt", insert},
    {"AlterEnumStmt", alter_enum},
    {"TransactionStmt", transaction},
    {"CopyStmt", copy},
};

static void look_at(vgk_lint_run *l, const json_t *tree)
{
    const json_t *all = get(tree, "stmts");
    const json_t *node = get(json_array_get(all, 0), "stmt");
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        const json_t *found = json_object_get(node, statements[i].node);
        if (found)
            statements[i].look(l, found);
    }
}

static void free_tree(void *tree)
{
    json_decref(tree);
}

void vgk_postgres_lint(vgk_lint_run *l, const char *sql)
{
    PgQueryParseResult parsed = pg_query_parse(sql);
    json_t *tree = NULL;
    char why[200] = "";
    if (parsed.error)
        snprintf(why, sizeof why, "%s", parsed.error->message);
    else
        tree = json_loads(parsed.parse_tree, 0, NULL);
    pg_query_free_parse_result(parsed);
    if (*why)
        say(l, VGK_MAY_FAIL, "%s (as PostgreSQL " PG_MAJORVERSION " reads it)", why);
    if (!tree)
        return;
    vgk_own(l->kit, tree, free_tree);
    look_at(l, tree);
    l->found.table = vgk_text(l->kit, l->found.table); /* it may be the tree's */
    vgk_release(l->kit, tree);
}
#endif
