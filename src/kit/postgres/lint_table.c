/* ALTER TABLE of a table in use: what rewrites it, reads all of it or keeps others waiting. */
#ifdef VIRGA_PG_QUERY
#    include "kit/postgres/lint_tree.h"

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

void vgk_pg_lint_alter_table(vgk_lint_run *l, const json_t *node)
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
#endif
