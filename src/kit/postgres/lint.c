/* What a migration that somebody wrote may do to a PostgreSQL that is in use: which statements
 * lose rows, rewrite or read a whole table, keep others waiting, or break programs that run,
 * and what is the safer way. libpg_query, which is PostgreSQL's own parser, says what stands
 * there; nothing is looked up in a database. What PostgreSQL 11 and later do at no cost is not
 * spoken of. */
#ifdef VIRGA_PG_QUERY
#    include "kit/postgres/lint.h"
#    include <jansson.h>
#    include <pg_query.h>
#    include <stdarg.h>
#    include <string.h>

/* ---- the tree ---- */

static json_t *get(const json_t *node, const char *path)
{
    char key[40];
    json_t *at = (json_t *)node;
    while (at && *path) {
        size_t len = strcspn(path, ".");
        memcpy(key, path, len);
        key[len] = 0;
        at = json_object_get(at, key);
        path += len + (path[len] == '.');
    }
    return at;
}

static const char *text(const json_t *node, const char *path)
{
    const char *value = json_string_value(get(node, path));
    return value ? value : "";
}

static bool is(const json_t *node, const char *path, const char *value)
{
    return strcmp(text(node, path), value) == 0;
}

static bool yes(const json_t *node, const char *path)
{
    return json_is_true(get(node, path));
}

/* A RangeVar as a person writes it: s.t */
static const char *relation(const vgk_lint_run *l, const json_t *node)
{
    const char *schema = text(node, "schemaname");
    return vgk_print(l->kit, "%s%s%s", schema, *schema ? "." : "",
                     text(node, "relname"));
}

/* The last of a list of names. */
static const char *last_name(const json_t *list)
{
    size_t n = json_array_size(list);
    return n ? text(json_array_get(list, n - 1), "String.sval") : "";
}

/* Of a DROP: what stands in its list, in whatever form. */
static const char *object_name(const vgk_lint_run *l, const json_t *object)
{
    const json_t *items = get(object, "List.items");
    const char *name = "";
    if (!items)
        items = get(object, "TypeName.names");
    if (!items)
        return text(object, "String.sval");
    for (size_t i = 0; i < json_array_size(items); i++)
        name = vgk_print(l->kit, "%s%s%s", name, i ? "." : "",
                         text(json_array_get(items, i), "String.sval"));
    return name;
}

/* ---- saying ---- */

static void say(vgk_lint_run *l, unsigned flags, const char *format, ...)
    VG_PRINTF(3, 4);

static void say(vgk_lint_run *l, unsigned flags, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vgk_note(l->kit, &l->found, flags, vgk_print_args(l->kit, format, args));
    va_end(args);
}

/* Made in this text: nobody uses it, and it has no rows. */
static bool is_new(const vgk_lint_run *l, const char *table)
{
    return vgk_has_text(&l->made, table);
}

/* ---- expressions ---- */

/* Functions that give each row the same value, or whose value follows from their arguments:
 * those that stand in defaults. All others may not. */
static const char *const steady[] = {"now",
                                     "transaction_timestamp",
                                     "statement_timestamp",
                                     "current_setting",
                                     "lower",
                                     "upper",
                                     "to_char",
                                     "to_date",
                                     "to_timestamp",
                                     "date_trunc",
                                     "timezone",
                                     "concat",
                                     "md5",
                                     "sha256",
                                     "encode",
                                     "decode",
                                     "length",
                                     "round",
                                     "abs",
                                     "floor",
                                     "ceil",
                                     "make_interval",
                                     "make_date",
                                     "make_timestamptz",
                                     "jsonb_build_object",
                                     "json_build_object",
                                     "jsonb_build_array",
                                     "json_build_array",
                                     "to_jsonb",
                                     "to_json",
                                     "array_fill",
                                     "string_to_array",
                                     "substring",
                                     "substr",
                                     "replace",
                                     "trim",
                                     "btrim",
                                     "date_part",
                                     "extract",
                                     "int4range",
                                     "int8range",
                                     "numrange",
                                     "tstzrange",
                                     "daterange",
                                     "point",
                                     "to_tsvector",
                                     NULL};

static bool is_steady(const char *name)
{
    for (size_t i = 0; steady[i]; i++)
        if (strcmp(steady[i], name) == 0)
            return true;
    return false;
}

/* A function somewhere in it that may give each row another value; NULL: none. */
static const char *unsteady(const json_t *node)
{
    const char *key, *found = NULL;
    json_t *value;
    size_t i;
    if (json_is_object(node)) {
        json_object_foreach((json_t *)node, key, value)
        {
            if (strcmp(key, "FuncCall") == 0) {
                const char *name = last_name(get(value, "funcname"));
                if (!is_steady(name))
                    return name;
            }
            if ((found = unsteady(value)))
                return found;
        }
    }
    json_array_foreach(node, i, value)
    {
        if ((found = unsteady(value)))
            return found;
    }
    return NULL;
}

/* ---- ALTER TABLE ... ADD COLUMN ---- */

static bool is_serial(const json_t *column)
{
    const char *type = last_name(get(column, "typeName.names"));
    return strstr(type, "serial") != NULL;
}

static void add_default(vgk_lint_run *l, const char *table, const char *name,
                        const json_t *constraint)
{
    const char *function = unsteady(get(constraint, "raw_expr"));
    static const char *const always[] = {
        "random", "gen_random_uuid", "clock_timestamp", "nextval", "timeofday", NULL};
    if (!function)
        return;
    bool sure = strncmp(function, "uuid_generate", 13) == 0;
    for (size_t i = 0; always[i]; i++)
        sure |= strcmp(always[i], function) == 0;
    say(l, VGK_REWRITES | VGK_LOCKS,
        "rewrites table %s while nobody can read it%s %s() gives each row a value of "
        "its "
        "own. Add the column without DEFAULT, then ALTER COLUMN %s SET DEFAULT, then "
        "fill the old rows in portions",
        table,
        sure ? ":" : ", unless the function is declared STABLE or IMMUTABLE:", function,
        name);
}

/* What a constraint of a new column means for the rows that are there. */
static void add_constraint_of_column(vgk_lint_run *l, const char *table,
                                     const char *name, const json_t *c,
                                     bool has_default)
{
    const char *type = text(c, "contype");
    if (strcmp(type, "CONSTR_DEFAULT") == 0)
        add_default(l, table, name, c);
    else if (strcmp(type, "CONSTR_IDENTITY") == 0)
        say(l, VGK_REWRITES | VGK_LOCKS,
            "rewrites table %s while nobody can read it: each row gets a number",
            table);
    else if (strcmp(type, "CONSTR_GENERATED") == 0)
        say(l, VGK_REWRITES | VGK_LOCKS,
            "rewrites table %s while nobody can read it: the value of each row is "
            "computed and stored",
            table);
    else if (strcmp(type, "CONSTR_UNIQUE") == 0 || strcmp(type, "CONSTR_PRIMARY") == 0)
        say(l, VGK_LOCKS | VGK_REWRITES,
            "builds an index over table %s while nobody can read it. Add the column "
            "first, then CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... "
            "USING "
            "INDEX",
            table);
    else if (strcmp(type, "CONSTR_CHECK") == 0)
        say(l, VGK_LOCKS | VGK_REWRITES,
            "reads all of table %s while nobody else can. Add the column first, then "
            "the "
            "CHECK as NOT VALID, then VALIDATE CONSTRAINT",
            table);
    else if (strcmp(type, "CONSTR_FOREIGN") == 0 && has_default)
        say(l, VGK_LOCKS | VGK_REWRITES,
            "looks for the row of %s that each row of table %s refers to while nobody "
            "can read that. Add the column first, then the FOREIGN KEY as NOT VALID, "
            "then VALIDATE CONSTRAINT",
            relation(l, get(c, "pktable")), table);
}

static void add_column(vgk_lint_run *l, const char *table, const json_t *cmd)
{
    const json_t *column = get(cmd, "def.ColumnDef"),
                 *list = get(column, "constraints");
    const char *name = text(column, "colname");
    bool not_null = false, filled = false, has_default = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *c = get(json_array_get(list, i), "Constraint");
        not_null |=
            is(c, "contype", "CONSTR_NOTNULL") || is(c, "contype", "CONSTR_PRIMARY");
        has_default |= is(c, "contype", "CONSTR_DEFAULT");
        filled |=
            is(c, "contype", "CONSTR_IDENTITY") || is(c, "contype", "CONSTR_GENERATED");
    }
    for (size_t i = 0; i < json_array_size(list); i++)
        add_constraint_of_column(
            l, table, name, get(json_array_get(list, i), "Constraint"), has_default);
    if (is_serial(column))
        say(l, VGK_REWRITES | VGK_LOCKS,
            "rewrites table %s while nobody can read it: each row gets a number",
            table);
    else if (not_null && !filled && !has_default)
        say(l, VGK_MAY_FAIL,
            "fails if table %s has rows: %s is NOT NULL and has no DEFAULT. Give it "
            "one, "
            "or add it without NOT NULL and fill it first",
            table, name);
}

/* ---- ALTER TABLE, the rest ---- */

/* PostgreSQL does not read the table for SET NOT NULL when such a CHECK has been proved. */
static bool proves_not_null(const json_t *constraint, const char **column)
{
    const json_t *test = get(constraint, "raw_expr.NullTest");
    if (!test || !is(test, "nulltesttype", "IS_NOT_NULL"))
        return false;
    *column = last_name(get(test, "arg.ColumnRef.fields"));
    return true;
}

static void add_constraint(vgk_lint_run *l, const char *table, const json_t *cmd)
{
    const json_t *c = get(cmd, "def.Constraint");
    const char *type = text(c, "contype"), *name = text(c, "conname"), *column;
    bool key = strcmp(type, "CONSTR_PRIMARY") == 0;
    if (proves_not_null(c, &column))
        *VGK_ADD(l->kit, &l->proved) = vgk_print(l->kit, "%s.%s", table, column);
    if (yes(c, "skip_validation") || *text(c, "indexname"))
        return;
    if (strcmp(type, "CONSTR_CHECK") == 0)
        say(l, VGK_LOCKS | VGK_REWRITES | VGK_MAY_FAIL,
            "reads all of table %s while nobody else can. Add the CHECK as NOT VALID, "
            "then ALTER TABLE ... VALIDATE CONSTRAINT %s, which keeps nobody waiting",
            table, name);
    else if (strcmp(type, "CONSTR_FOREIGN") == 0)
        say(l, VGK_LOCKS | VGK_REWRITES | VGK_MAY_FAIL,
            "looks at each row of table %s while nobody can write to it or to %s. Add "
            "the FOREIGN KEY as NOT VALID, then ALTER TABLE ... VALIDATE CONSTRAINT "
            "%s, "
            "which keeps nobody waiting",
            table, relation(l, get(c, "pktable")), name);
    else if (key || strcmp(type, "CONSTR_UNIQUE") == 0)
        say(l, VGK_LOCKS | VGK_REWRITES | VGK_MAY_FAIL,
            "builds an index over table %s while nobody can read it. CREATE UNIQUE "
            "INDEX "
            "CONCURRENTLY first, then ADD CONSTRAINT ... %s USING INDEX",
            table, key ? "PRIMARY KEY" : "UNIQUE");
    else if (strcmp(type, "CONSTR_EXCLUSION") == 0)
        say(l, VGK_LOCKS | VGK_REWRITES | VGK_MAY_FAIL,
            "builds an index over table %s while nobody can read it", table);
}

static void set_type(vgk_lint_run *l, const char *table, const json_t *cmd)
{
    const json_t *column = get(cmd, "def.ColumnDef"), *type = get(column, "typeName");
    const char *name = text(cmd, "name"), *to = last_name(get(type, "names"));
    bool array = get(type, "arrayBounds") != NULL;
    const char *cheap = NULL;
    if (array || get(column, "raw_default"))
        cheap = NULL;
    else if (strcmp(to, "text") == 0)
        cheap = "varchar";
    else if (strcmp(to, "varchar") == 0)
        cheap =
            get(type, "typmods") ? "a varchar that is not longer" : "varchar or text";
    else if (strcmp(to, "numeric") == 0)
        cheap = get(type, "typmods") ? "a numeric of the same scale that is not longer"
                                     : "numeric";
    else if (strcmp(to, "timestamptz") == 0 || strcmp(to, "timestamp") == 0)
        cheap = "the other kind of timestamp, and the time zone of the session is UTC";
    else if (strcmp(to, "varbit") == 0)
        cheap = "a varbit that is not longer";
    else if (strcmp(to, "inet") == 0)
        cheap = "cidr";
    say(l, VGK_LOCKS | VGK_REWRITES | VGK_MAY_FAIL,
        "rewrites table %s and its indexes while nobody can read it%s%s. Add a new "
        "column, fill it in portions, and let the programs change over",
        table, cheap ? ", unless the column was " : "", cheap ? cheap : "");
    (void)name;
}

static void set_not_null(vgk_lint_run *l, const char *table, const json_t *cmd)
{
    const char *name = text(cmd, "name");
    if (vgk_has_text(&l->proved, vgk_print(l->kit, "%s.%s", table, name)))
        return;
    say(l, VGK_LOCKS | VGK_REWRITES | VGK_MAY_FAIL,
        "reads all of table %s while nobody else can, unless a CHECK (%s IS NOT NULL) "
        "has "
        "been validated before: ADD CONSTRAINT ... CHECK ... NOT VALID, VALIDATE "
        "CONSTRAINT, then this",
        table, name);
}

static void drop_column(vgk_lint_run *l, const char *table, const json_t *cmd)
{
    say(l, VGK_LOSES | VGK_BREAKS,
        "drops column %s of %s and its values; programs that still read or write it "
        "fail",
        text(cmd, "name"), table);
}

static void rewrite_whole(vgk_lint_run *l, const char *table, const json_t *cmd)
{
    (void)cmd;
    say(l, VGK_LOCKS | VGK_REWRITES, "rewrites table %s while nobody can read it",
        table);
}

static void attach(vgk_lint_run *l, const char *table, const json_t *cmd)
{
    say(l, VGK_LOCKS | VGK_REWRITES,
        "reads all of %s while nobody else can, unless it has a CHECK that says the "
        "same "
        "as the bounds: add that first (NOT VALID, then VALIDATE CONSTRAINT)",
        relation(l, get(cmd, "def.PartitionCmd.name")));
    (void)table;
}

static void detach(vgk_lint_run *l, const char *table, const json_t *cmd)
{
    if (!yes(cmd, "def.PartitionCmd.concurrent"))
        say(l, VGK_LOCKS,
            "waits until nobody uses %s, and all others wait behind it: DETACH "
            "PARTITION "
            "... CONCURRENTLY (PostgreSQL 14)",
            table);
}

static const struct {
    const char *subtype;
    void (*look)(vgk_lint_run *l, const char *table, const json_t *cmd);
} alterations[] = {
    {"AT_AddColumn", add_column},          {"AT_AddConstraint", add_constraint},
    {"AT_AlterColumnType", set_type},      {"AT_SetNotNull", set_not_null},
    {"AT_DropColumn", drop_column},        {"AT_SetLogged", rewrite_whole},
    {"AT_SetUnLogged", rewrite_whole},     {"AT_SetTableSpace", rewrite_whole},
    {"AT_SetAccessMethod", rewrite_whole}, {"AT_AttachPartition", attach},
    {"AT_DetachPartition", detach},
};

static void alter_table(vgk_lint_run *l, const json_t *node)
{
    const json_t *cmds = get(node, "cmds");
    const char *table = l->found.table = relation(l, get(node, "relation"));
    if (is_new(l, table) || !is(node, "objtype", "OBJECT_TABLE"))
        return;
    for (size_t i = 0; i < json_array_size(cmds); i++) {
        const json_t *cmd = get(json_array_get(cmds, i), "AlterTableCmd");
        for (size_t j = 0; j < sizeof alterations / sizeof *alterations; j++)
            if (is(cmd, "subtype", alterations[j].subtype))
                alterations[j].look(l, table, cmd);
    }
}

/* ---- other statements ---- */

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
    {"AlterTableStmt", alter_table},
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
