/* Out of memory: for every scenario the n-th allocation fails, for every n until it
 * succeeds; once alone and once with all that follow it. First Virga's own memory
 * (options.allocator), then SQLite's (SQLITE_CONFIG_MALLOC). Each time:
 *
 *     the call says VG_NO_MEMORY       nothing is leaked (the heap counts, ASan looks)
 *     nothing is half done             the connection works afterwards
 *
 * SQLite can do without some of its allocations; then the scenario must be whole. */
#include "check.h"
#include "rt_bank.h"
#include "rt_heap.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_FAILURES = 1500 };

/* Of SQLite's allocations every one fails, or, where a run is slow (valgrind), every n-th of
 * them by VIRGA_MEMORY_STRIDE. */
static size_t stride_of(const rt_heap *failing)
{
    const char *stride = getenv("VIRGA_MEMORY_STRIDE");
    return failing && stride ? strtoul(stride, NULL, 10) : 1;
}

// clang-format off
PROJECTION(statement,
    FIELD(name,  owners.name),
    FIELD(label, NULLABLE(accounts.label)),
    OPT_ROW(account, accounts))

PROJECTION(owner_id_of, FIELD(id, accounts.owner_id))
ALIAS(wealthy, owner_id_of)

/* The bank's tables as trees. */
TABLE(holders, NAME("owners"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    MANY(moneys, moneys, owner_id),
    MANY(named,  moneys, owner_id))

TABLE(moneys, NAME("accounts"),
    COLUMN(id,       INTEGER, PRIMARY_KEY),
    COLUMN(owner_id, INTEGER, NOT_NULL),
    COLUMN(label,    TEXT,    NOT_NULL),
    ONE(holder, holders, owner_id),
    ONE(by_name, holders, label, name))

RELATION_WHERE(holders, named, AND(NE(moneys.label, "none"), IN(moneys.id, 1, 2, 3)))

QUERY(holders_from, ALL(holders), PARAMS(INTEGER(first), TEXT(label)),
      SELECT(holders), WHERE(AND(GTE(holders.id, first), NE(COUNT_RELATED(holders, named), 77))),
      WITH(holders, named, WHERE(NE(moneys.label, label)), WITH(moneys, holder)))
// clang-format on

/* ---- SQLite's memory ---- */

static sqlite3_mem_methods real_memory;
static rt_heap sqlite_heap; /* only counts; the memory is SQLite's */

static bool sqlite_fails(void)
{
    rt_heap *heap = &sqlite_heap;
    heap->calls++;
    if (!heap->fail_at || heap->calls < heap->fail_at ||
        (heap->calls > heap->fail_at && !heap->keep_failing))
        return false;
    heap->failed = true;
    return true;
}

static void *sqlite_malloc(int size)
{
    return sqlite_fails() ? NULL : real_memory.xMalloc(size);
}

static void *sqlite_realloc(void *ptr, int size)
{
    return sqlite_fails() ? NULL : real_memory.xRealloc(ptr, size);
}

/* Before SQLite is initialized. */
static int hook_sqlite(void)
{
    int rc = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
    sqlite3_mem_methods hooked = real_memory;
    hooked.xMalloc = sqlite_malloc;
    hooked.xRealloc = sqlite_realloc;
    return rc == SQLITE_OK ? sqlite3_config(SQLITE_CONFIG_MALLOC, &hooked) : rc;
}

/* ---- scenarios: each returns what went wrong first, and checks what it got ---- */

static int scenario_all(vg_db *db, vg_arena *arena)
{
    statement_list list;
    int rc = vg_all(db, arena, &list, SELECT(statement), FROM(owners),
                    LEFT_JOIN(accounts, EQ(accounts.owner_id, owners.id)),
                    WHERE(AND(LIKE(owners.name, "%"), IN(owners.id, 1, 2, 3))),
                    ORDER_BY(owners.name, accounts.label), LIMIT(10));
    assert_int_equal(list.len, rc == VG_OK ? 4 : 0);
    if (rc == VG_OK) {
        check_text(list.data[1].account->label, "savings");
        assert_null(list.data[3].account);
    }
    return rc;
}

/* Rows that outgrow the first buffers of the connection and of the arena. */
static int scenario_all_long(vg_db *db, vg_arena *arena)
{
    vg_text_list list;
    int rc = vg_all(db, arena, &list,
                    SELECT_VALUE(SQL(TEXT, "? || '-' || ? || '-' || ?", owners.name,
                                     accounts.label, SQL(TEXT, "hex(zeroblob(2000))"))),
                    FROM(owners), CROSS_JOIN(accounts));
    assert_int_equal(list.len, rc == VG_OK ? 9 : 0);
    return rc;
}

static int scenario_many_parameters(vg_db *db, vg_arena *arena)
{
    (void)arena;
    int64_t n = 0, ids[300];
    for (int i = 0; i < 300; i++)
        ids[i] = i;
    int rc = vg_count(db, &n, FROM(owners), WHERE(IN_ARRAY(owners.id, ids, 300)));
    assert_int_equal(n, rc == VG_OK ? 3 : 0);
    return rc;
}

static int scenario_one(vg_db *db, vg_arena *arena)
{
    struct owners *row = (struct owners *)1;
    int rc = vg_one(db, arena, &row, SELECT(owners), WHERE(EQ(owners.id, 1)));
    if (rc == VG_OK)
        check_text(row->email, "ada@example.org");
    else
        assert_null(row);
    return rc;
}

static int scenario_get(vg_db *db, vg_arena *arena)
{
    const char *name = NULL;
    int rc = vg_get(db, arena, &name, SELECT_VALUE(owners.name), FROM(owners),
                    WHERE(EQ(owners.id, 2)));
    if (rc == VG_OK)
        check_text(name, "Bob");
    return rc;
}

static int scenario_exec(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_exec(db, UPDATE(accounts, SET(balance, ADD(accounts.balance, 1))),
                   ALL_ROWS);
}

static int scenario_insert_sets(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_exec(db, INSERT_INTO(owners, SET(name, "Eve"), SET(email, "eve@x.org")));
}

/* Three rows that give different columns: three statements around which it is all or
 * nothing. */
static int scenario_insert_structs(vg_db *db, vg_arena *arena)
{
    (void)arena;
    struct owners_new rows[] = {{.name = "Eve", .email = "eve@x.org"},
                                {.name = "Fay", .level = {true, 7}},
                                {.name = "Gil", .id = {true, 70}}};
    return vg_exec(db, INSERT_INTO(owners, VALUES(rows, 3)));
}

static int scenario_upsert(vg_db *db, vg_arena *arena)
{
    struct owners *row = NULL;
    int rc = vg_one(db, arena, &row,
                    INSERT_INTO(owners, SET(name, "Ada"), SET(email, "new@x.org")),
                    ON_CONFLICT(owners, KEY(name), SET(email, EXCLUDED(owners.email))),
                    RETURNING(owners));
    if (rc == VG_OK)
        check_text(row->email, "new@x.org");
    return rc;
}

/* A CTE, set operations and a comment. */
static int scenario_compound(vg_db *db, vg_arena *arena)
{
    vg_int_list ids;
    int rc = vg_all(db, arena, &ids,
                    CTE(wealthy, SELECT(owner_id_of), FROM(accounts),
                        WHERE(GT(accounts.balance, 500))),
                    COMPOUND(SELECT_VALUE(owners.id), LIMIT(2)),
                    UNION_ALL(SELECT_VALUE(wealthy.id), FROM(wealthy)),
                    ORDER_BY(owners.id), COMMENT("a comment of some length"));
    assert_int_equal(ids.len, rc == VG_OK ? 3 : 0);
    return rc;
}

static int scenario_insert_select(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_exec(
        db, INSERT_INTO(accounts, SET(owner_id, owners.id), SET(label, owners.name)),
        FROM(owners), ON_CONFLICT(accounts, DO_NOTHING));
}

static int scenario_update_rows(vg_db *db, vg_arena *arena)
{
    accounts_list list;
    struct accounts rows[] = {{.id = 1, .label = "one", .balance = 1},
                              {.id = 2, .label = "two", .balance = 2}};
    int rc = vg_all(db, arena, &list,
                    UPDATE_ROWS(accounts, rows, 2, KEY(id), SET_EACH(label, balance)),
                    RETURNING(accounts));
    assert_int_equal(list.len, rc == VG_OK ? 2 : 0);
    return rc;
}

static int scenario_cursor(vg_db *db, vg_arena *arena)
{
    (void)arena;
    vg_cursor *cursor;
    struct accounts *row;
    int n = 0;
    int rc = vg_query(db, &cursor, &row, SELECT(accounts), ORDER_BY(accounts.id));
    if (rc != VG_OK) {
        assert_null(cursor);
        return rc;
    }
    while (vg_next(cursor))
        assert_int_equal(row->id, ++n);
    assert_null(row);
    rc = vg_finish(cursor);
    assert_true(rc != VG_OK || n == 3);
    return rc;
}

/* The failure of the inner block is passed on: all or nothing. */
static int scenario_transaction(vg_db *db, vg_arena *arena)
{
    int inner_rc = VG_OK;
    (void)arena;
    VG_TRANSACTION(db, outer) {
        vg_exec(db, INSERT_INTO(owners, SET(id, 9), SET(name, "Eve")));
        VG_TRANSACTION(db, inner) {
            vg_exec(db, INSERT_INTO(accounts, SET(owner_id, 9), SET(label, "x")));
            vg_exec(db, UPDATE(accounts, SET(balance, 5)),
                    WHERE(EQ(accounts.label, "x")));
        }
        inner_rc = vg_result(db);
        if (inner_rc != VG_OK)
            vg_rollback(outer);
        else
            vg_exec(db, DELETE_FROM(accounts), WHERE(EQ(accounts.owner_id, 2)));
    }
    return vg_result(db) == VG_ROLLED_BACK ? inner_rc : vg_result(db);
}

static int scenario_sql(vg_db *db, vg_arena *arena)
{
    (void)db;
    vg_rendered sql;
    int rc = vg_sql(arena, &vg_dialect_sqlite, &sql, SELECT(owners),
                    WHERE(EQ(owners.id, 7)));
    if (rc == VG_OK) {
        assert_int_equal(sql.param_count, 1);
        assert_non_null(strstr(sql.text, "where \"owners\".\"id\" = ?"));
    } else {
        check_text(sql.error, "out of memory");
    }
    return rc;
}

static vg_predicate kept_condition(vg_arena *arena)
{
    return vg_keep(
        arena, AND(EQ(owners.name, "Ada"), OR(SKIP, GT(owners.id, 0)),
                   BETWEEN(ADD(owners.level, 1), 2, 2),
                   EXISTS(SELECT(accounts), WHERE(EQ(accounts.owner_id, owners.id)))));
}

static int scenario_keep(vg_db *db, vg_arena *arena)
{
    int64_t n = 0;
    int rc = vg_count(db, &n, FROM(owners), WHERE(kept_condition(arena)));
    assert_int_equal(n, rc == VG_OK);
    return rc;
}

static int scenario_create(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_create(db, &bank);
}

static char copy_path[64]; /* of a bank as it was filled */

/* A copy that fails leaves nothing behind. */
static int copy_with(int (*make)(vg_db *db, const char *path), vg_db *db)
{
    char path[80];
    snprintf(path, sizeof path, "%s-2", copy_path);
    int rc = make(db, path);
    assert_int_equal(access(path, F_OK), rc == VG_OK ? 0 : -1);
    unlink(path);
    return rc;
}

static int back_up(vg_db *db, const char *path)
{
    return vg_backup(db, path, &(vg_backup_options){.check = true});
}

static int scenario_backup(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return copy_with(back_up, db);
}

static int scenario_vacuum_into(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return copy_with(vg_vacuum_into, db);
}

static int scenario_restore(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_restore(db, copy_path, NULL);
}

static int scenario_integrity(vg_db *db, vg_arena *arena)
{
    vg_defect_list defects;
    int rc = vg_check_integrity(db, arena, VG_INTEGRITY_FULL, &defects);
    assert_int_equal(defects.len, rc == VG_OK ? 1 : 0);
    if (rc == VG_OK)
        check_text(defects.data[0].parent, "owners");
    return rc;
}

static int scenario_tree(vg_db *db, vg_arena *arena)
{
    holders_list list;
    int rc = vg_all(db, arena, &list, SELECT(holders), ORDER_BY(DESC(holders.id)),
                    WITH(holders, moneys, LIMIT(2), ORDER_BY(moneys.id),
                         WITH(moneys, holder), WITH(moneys, by_name)));
    assert_int_equal(list.len, rc == VG_OK ? 3 : 0);
    if (rc == VG_OK)
        check_text(list.data[2].moneys.data[1].holder->name, "Ada");
    return rc;
}

static int scenario_tree_query(vg_db *db, vg_arena *arena)
{
    holders_list list;
    int rc = holders_from(db, arena, &list, 1, "nobody's");
    assert_int_equal(list.len, rc == VG_OK ? 3 : 0);
    if (rc == VG_OK)
        check_text(list.data[0].named.data[0].holder->name, "Ada");
    return rc;
}

static int scenario_tree_cursor(vg_db *db, vg_arena *arena)
{
    (void)arena;
    vg_cursor *cursor;
    struct holders *row;
    size_t n = 0;
    int rc = vg_query(db, &cursor, &row, SELECT(holders), WITH(holders, moneys));
    if (rc != VG_OK)
        return rc;
    while (vg_next(cursor))
        n += row->moneys.len;
    rc = vg_finish(cursor);
    assert_true(rc != VG_OK || n == 3);
    return rc;
}

enum {
    NO_SQLITE = 1, /* it does not use the database, or a lot of its memory */
    NO_VIRGA = 2,  /* it takes SQLite's memory only */
    BROKEN = 4     /* the database is not sound, on purpose */
};

// clang-format off
VIEW(rich, accounts, SELECT(accounts), WHERE(GT(accounts.balance, 100)))
VIEW(richest, accounts, SELECT(accounts),
     WHERE(IN(accounts.id, SCALAR(rich.id, FROM(rich)))), LIMIT(1))
TRIGGER(owner_added, AFTER, INSERT, owners, "update accounts set balance = balance")
FTS_TABLE(owner_names, FTS_COLUMN(name), CONTENT(owners, id), SYNC)
SCHEMA(bank_objects, richest, rich, owner_added, owners, accounts)
SCHEMA(bank_search, owner_names, owners, accounts)
// clang-format on

static int scenario_create_objects(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_create(db, &bank_objects);
}

static int scenario_create_search(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_create(db, &bank_search);
}

// clang-format off
PROJECTION(placed,
    FIELD(name,  owners.name),
    FIELD(kind,  CASE(WHEN(CONTAINS(owners.name, "d"), "with d"), ELSE(LOWER(owners.name)))),
    FIELD(place, OVER(ROW_NUMBER(), PARTITION_BY(owners.level), ORDER_BY(owners.name))),
    FIELD(rest,  OVER_WINDOW(FILTER(COUNT(), GT(owners.id, 1)), w)),
    FIELD(year,  DATE_PART(YEAR, COALESCE(owners.seen, NOW()))),
    FIELD(made,  JSON_OBJECT("name", owners.name, "ids", JSON_ARRAY(owners.id, 7))))
ALIAS(item, vg_json_item)
ENUM(grade, GRADE_LOW, GRADE_HIGH)
TABLE(exams,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(grade, ENUM_TEXT(grade), NOT_NULL))
PROJECTION(label_of, FIELD(label, accounts.label))
ALIAS(labels, label_of)
// clang-format on

static int scenario_expressions(vg_db *db, vg_arena *arena)
{
    placed_list list;
    int rc =
        vg_all(db, arena, &list, SELECT(placed), FROM(owners),
               WHERE(AND(OR(STARTS_WITH(owners.name, "A"), CONTAINS(owners.name, "b"),
                            ENDS_WITH(owners.name, "%d"), GT(owners.id, 0)),
                         ROW_GT((owners.level, owners.name), (0, "")))),
               WINDOW(w, ORDER_BY(owners.id)), ORDER_BY(owners.name));
    assert_int_equal(list.len, rc == VG_OK ? 3 : 0);
    if (rc == VG_OK) {
        check_text(list.data[0].kind, "with d");
        check_text(list.data[2].made, "{\"name\":\"Cyd\",\"ids\":[3,7]}");
        assert_int_equal(list.data[2].place, 3);
        assert_int_equal(list.data[2].rest, 2);
    }
    return rc;
}

static int scenario_cte(vg_db *db, vg_arena *arena)
{
    label_of_list list;
    int rc = vg_all(db, arena, &list,
                    CTE(labels, SELECT_DISTINCT(label_of), FROM(accounts),
                        WHERE(NE(accounts.label, "x"))),
                    SELECT(labels), UNION(SELECT(label_of), FROM(accounts)),
                    ORDER_BY(labels.label), COMMENT_TAGS("route", "a/b"));
    assert_int_equal(list.len, rc == VG_OK ? 2 : 0);
    return rc;
}

static int scenario_json_rows(vg_db *db, vg_arena *arena)
{
    vg_text_list list;
    int rc = vg_all(db, arena, &list, SELECT_VALUE(item.value),
                    FROM(JSON_EACH(item, "[\"a\", \"b\"]")), ORDER_BY(item.id));
    assert_int_equal(list.len, rc == VG_OK ? 2 : 0);
    return rc;
}

static int scenario_enum(vg_db *db, vg_arena *arena)
{
    struct exams *row;
    return vg_one(db, arena, &row, INSERT_INTO(exams, SET(grade, GRADE_HIGH)),
                  RETURNING(exams));
}

static int scenario_keep_forms(vg_db *db, vg_arena *arena)
{
    int64_t n = 0;
    vg_predicate kept = vg_keep(
        arena,
        AND(CONTAINS(owners.name, "d"),
            EQ(CASE(WHEN(GT(owners.id, 0), CAST(owners.id, TEXT)), ELSE("")), "1"),
            EXISTS(CTE(labels, SELECT(label_of), FROM(accounts)), SELECT(labels))));
    int rc = vg_count(db, &n, FROM(owners), WHERE(kept));
    assert_int_equal(n, rc == VG_OK);
    return rc;
}

static int scenario_view_sql(vg_db *db, vg_arena *arena)
{
    (void)db;
    vg_rendered sql;
    int rc = vg_view_sql(arena, &vg_dialect_sqlite, &sql, &richest.vg_shape);
    if (rc == VG_OK)
        rc = vg_fts_quote(arena, "a long line of words") ? VG_OK : VG_NO_MEMORY;
    else
        check_text(sql.error, "out of memory");
    return rc;
}

static const vg_migration migration_list[] = {
    {.tag = "a",
     .when = 1,
     .sql =
         "create table more (id integer primary key, owner_id references owners(id));\n"
         "--> statement-breakpoint\ninsert into more values (1, 1);",
     .down = "drop table more; update accounts set balance = 1"},
    {.tag = "b",
     .when = 2,
     .sql = "pragma foreign_keys = off; create table __new (id integer primary key, "
            "name text); insert into __new select id, name from owners; "
            "drop table owners; alter table __new rename to owners",
     .down = "delete from more"},
};
static const vg_migrations some_migrations = {migration_list, 2};

#define MIGRATED                                                \
    "create table more (x);"                                    \
    "create table __drizzle_migrations (id, hash, created_at);" \
    "insert into __drizzle_migrations values (null, '', 1), (null, '', 2)"

static int scenario_migrate(vg_db *db, vg_arena *arena)
{
    size_t count = 9;
    (void)arena;
    int rc = vg_migrate(db, &some_migrations, &(vg_migrate_options){.count = &count});
    assert_true(rc != VG_OK ? count == 0 : count == 0 || count == 2);
    return rc;
}

static int scenario_migrate_little(vg_db *db, vg_arena *arena)
{
    static const vg_migration one = {
        .tag = "a", .when = 1, .sql = "delete from accounts where id = 3"};
    (void)arena;
    return vg_migrate(db, &(vg_migrations){&one, 1}, NULL);
}

static int scenario_rehearse(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_migrate(db, &some_migrations, &(vg_migrate_options){.rehearse = true});
}

static int scenario_rollback(vg_db *db, vg_arena *arena)
{
    (void)arena;
    return vg_rollback_migrations(db, &some_migrations,
                                  &(vg_migrate_options){.steps = -1});
}

static int scenario_status(vg_db *db, vg_arena *arena)
{
    vg_migration_status_list status;
    char now[VG_FINGERPRINT_ROOM];
    int rc = vg_migration_status(db, arena, &some_migrations, NULL, &status);
    assert_int_equal(status.len, rc == VG_OK ? 2 : 0);
    return rc == VG_OK ? vg_fingerprint(db, NULL, now) : rc;
}

typedef struct scenario {
    const char *name;
    int (*run)(vg_db *db, vg_arena *arena);
    const char *script; /* before it, in the same connection */
    int flags;
} scenario;

#define EXAMS "create table exams (id integer primary key, grade text not null)"
#define BREAK_A_REFERENCE                                                \
    "pragma foreign_keys = off; insert into accounts (owner_id, label) " \
    "values (77, 'lost'); pragma foreign_keys = on"

// clang-format off
static const scenario scenarios[] = {
    {"all",             scenario_all,             NULL, 0},
    {"tree",            scenario_tree,            NULL, 0},
    {"tree query",      scenario_tree_query,      NULL, 0},
    {"tree cursor",     scenario_tree_cursor,     NULL, 0},
    {"all, long",       scenario_all_long,        NULL, 0},
    {"many parameters", scenario_many_parameters, NULL, 0},
    {"one",             scenario_one,             NULL, 0},
    {"get",             scenario_get,             NULL, 0},
    {"exec",            scenario_exec,            NULL, 0},
    {"insert SETs",     scenario_insert_sets,     NULL, 0},
    {"insert structs",  scenario_insert_structs,  NULL, 0},
    {"upsert",          scenario_upsert,          NULL, 0},
    {"compound",        scenario_compound,        NULL, 0},
    {"insert select",   scenario_insert_select,   NULL, 0},
    {"update rows",     scenario_update_rows,     NULL, 0},
    {"cursor",          scenario_cursor,          NULL, 0},
    {"transaction",     scenario_transaction,     NULL, 0},
    {"create",          scenario_create,          "drop table accounts", 0},
    {"vg_sql",          scenario_sql,             NULL, NO_SQLITE},
    {"vg_keep",         scenario_keep,            NULL, 0},
    {"backup",          scenario_backup,          NULL, NO_VIRGA},
    {"vacuum into",     scenario_vacuum_into,     NULL, NO_VIRGA},
    {"restore",         scenario_restore,         "delete from accounts", NO_VIRGA},
    {"integrity",       scenario_integrity,       BREAK_A_REFERENCE, BROKEN},
    {"create objects",  scenario_create_objects,  NULL, 0},
    {"create search",   scenario_create_search,   NULL, NO_SQLITE},
    {"vg_view_sql",     scenario_view_sql,        NULL, NO_SQLITE},
    {"expressions",     scenario_expressions,     NULL, NO_SQLITE},
    {"CTE",             scenario_cte,             NULL, NO_SQLITE},
    {"JSON rows",       scenario_json_rows,       NULL, NO_SQLITE},
    {"enum",            scenario_enum,            EXAMS, NO_SQLITE},
    {"vg_keep, forms",  scenario_keep_forms,      NULL, NO_SQLITE},
    {"migrate",         scenario_migrate,         NULL, NO_SQLITE},
    {"migrate a bit",   scenario_migrate_little,  NULL, 0},
    {"rehearse",        scenario_rehearse,        NULL, NO_SQLITE},
    {"roll back",       scenario_rollback,        MIGRATED, NO_SQLITE},
    {"status",          scenario_status,          MIGRATED, 0},
};
// clang-format on

/* ---- the loop ---- */

/* One run with the n-th allocation failing: opened, checked, closed. True: none failed,
 * and the scenario succeeded. */
static bool run_once(const scenario *s, rt_heap *failing, size_t nth, bool keep_failing,
                     uint64_t done)
{
    rt_heap heap = {0};
    bool own = !failing;
    failing = own ? &heap : failing;
    vg_options options = {.allocator = rt_allocator(&heap)};
    vg_arena arena = {.allocator = rt_allocator(&heap)};
    vg_db *db = rt_bank_open(&options);
    if (s->script)
        check_ok(db, vg_script(db, s->script));
    uint64_t before = rt_fingerprint(db);

    rt_heap_arm(failing, nth, keep_failing);
    int rc = s->run(db, &arena);
    bool failed = failing->failed;
    rt_heap_arm(failing, 0, false);

    if (rc != VG_OK && !(s->flags & NO_SQLITE))
        assert_true(vg_errmsg(db)[0] != '\0');
    /* A rollback for which there was no memory at all is made up for by the next call. */
    assert_true(!own || sqlite3_get_autocommit(vg_raw(db)));
    if (!sqlite3_get_autocommit(vg_raw(db))) {
        assert_true(rc == VG_NO_MEMORY && keep_failing);
        check_ok(db, vg_exec(db, RAW("select 1")));
    }
    uint64_t after = rt_fingerprint(db);
    bool benign = !own && rc == VG_OK && after == done;
    if (!(failed ? (rc == VG_NO_MEMORY && after == before) || benign
                 : rc == VG_OK && after == done)) {
        print_error("%s: allocation %zu%s failed: %s, message \"%s\", %s\n", s->name,
                    nth, keep_failing ? " and all after it" : "", vg_code_name(rc),
                    vg_errmsg(db),
                    after == before ? "nothing done"
                    : after == done ? "all done"
                                    : "half done");
        fail();
    }
    if (!(s->flags & BROKEN))
        rt_check_sound(db);
    if (rc != VG_OK) /* it works now */
        check_ok(db, s->run(db, &arena));
    assert_true(rt_fingerprint(db) == (rc == VG_OK ? after : done));
    if (!(s->flags & BROKEN))
        rt_check_sound(db);
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
    rt_heap_check_empty(&heap);
    return !failed;
}

/* What the database holds when all goes well. */
static uint64_t done_by(const scenario *s)
{
    vg_arena arena = {0};
    vg_db *db = rt_bank_open(NULL);
    if (s->script)
        check_ok(db, vg_script(db, s->script));
    check_ok(db, s->run(db, &arena));
    uint64_t done = rt_fingerprint(db);
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
    return done;
}

static void run_all(rt_heap *failing)
{
    size_t total = 0;
    for (size_t i = 0; i < COUNT_OF_ARRAY(scenarios); i++) {
        const scenario *s = &scenarios[i];
        if (s->flags & (failing ? NO_SQLITE : NO_VIRGA))
            continue;
        uint64_t done = done_by(s);
        for (int keep_failing = 0; keep_failing < 2; keep_failing++) {
            size_t nth = 1, stride = stride_of(failing);
            for (; !run_once(s, failing, nth, keep_failing, done); nth += stride) {
                assert_true(nth < MAX_FAILURES);
                total++;
            }
            if (nth == 1)
                print_error("%s: allocates nothing\n", s->name);
            assert_true(nth > 1);
        }
    }
    print_message("%zu failures\n", total);
}

static void test_memory__of_virga(void **state)
{
    (void)state;
    run_all(NULL);
}

static void test_memory__of_sqlite(void **state)
{
    (void)state;
    run_all(&sqlite_heap);
}

/* ---- opening ---- */

/* Open a file and create the schema in it, with failures; true: there were none. */
static bool open_once(const char *path, rt_heap *heap, rt_heap *failing, size_t nth,
                      bool keep_failing)
{
    vg_options options = {.allocator = rt_allocator(heap)};
    vg_db *db = (vg_db *)1;
    rt_heap_arm(failing, nth, keep_failing);
    int rc = vg_open(&db, path, &options);
    bool opened = rc == VG_OK;
    if (rc == VG_OK)
        rc = vg_create(db, &bank);
    bool failed = failing->failed;
    rt_heap_arm(failing, 0, false);
    if (!(rc == VG_OK ? !failed || failing == &sqlite_heap
                      : failed && rc == VG_NO_MEMORY))
        print_error("allocation %zu failed: %d, %s: %s\n", nth, failed,
                    vg_code_name(rc), db ? vg_errmsg(db) : "no handle");
    assert_true(rc == VG_OK ? !failed || failing == &sqlite_heap
                            : failed && rc == VG_NO_MEMORY);
    if (!opened)
        assert_null(db); /* as vg_open's contract says for VG_NO_MEMORY */
    else if (rc != VG_OK) {
        if (!sqlite3_get_autocommit(vg_raw(db))) /* as in run_once */
            check_ok(db, vg_exec(db, RAW("select 1")));
        check_rows(db, "select count(*) from sqlite_schema", "0");
        check_ok(db, vg_create(db, &bank));
    }
    if (db)
        check_rows(db, "select count(*) from sqlite_schema where type = 'table'", "3");
    assert_int_equal(vg_close(db), VG_OK);
    rt_heap_check_empty(heap);
    return !failed;
}

static void open_all(rt_heap *failing)
{
    rt_heap heap = {0};
    for (int keep_failing = 0; keep_failing < 2; keep_failing++) {
        bool done = false;
        size_t nth = 1;
        for (; !done; nth += stride_of(failing)) {
            char path[64];
            assert_true(nth < MAX_FAILURES);
            done = open_once(temp_file(path), &heap, failing ? failing : &heap, nth,
                             keep_failing);
            temp_file_remove(path);
        }
        assert_true(nth > 3);
    }
}

static void test_memory__of_virga_opening(void **state)
{
    (void)state;
    open_all(NULL);
}

static void test_memory__of_sqlite_opening(void **state)
{
    (void)state;
    open_all(&sqlite_heap);
}

/* ---- a pool ---- */

/* Open one, read, close, with SQLite's memory failing; true: it did not fail. */
static bool pool_once(size_t nth, bool keep_failing)
{
    vg_pool *pool;
    int64_t n = 0;
    rt_heap_arm(&sqlite_heap, nth, keep_failing);
    int rc = vg_pool_open(&pool, copy_path, &(vg_pool_options){.readers = 1});
    if (rc == VG_OK) {
        VG_READ(pool, db) {
            rc = vg_count(db, &n, FROM(owners));
        }
        if (rc == VG_OK)
            rc = vg_pool_result(pool);
        assert_int_equal(vg_pool_close(pool, 0), VG_OK);
    } else {
        assert_null(pool);
    }
    bool failed = sqlite_heap.failed;
    rt_heap_arm(&sqlite_heap, 0, false);
    if (rc == VG_OK)
        assert_int_equal(n, 3);
    else
        assert_true(failed && rc == VG_NO_MEMORY);
    return !failed;
}

static void test_memory__of_sqlite_in_a_pool(void **state)
{
    (void)state;
    for (int keep_failing = 0; keep_failing < 2; keep_failing++) {
        size_t nth = 1;
        for (; !pool_once(nth, keep_failing); nth += stride_of(&sqlite_heap))
            assert_true(nth < MAX_FAILURES);
        assert_true(nth > 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory__of_virga),
        cmocka_unit_test(test_memory__of_virga_opening),
        cmocka_unit_test(test_memory__of_sqlite),
        cmocka_unit_test(test_memory__of_sqlite_opening),
        cmocka_unit_test(test_memory__of_sqlite_in_a_pool),
    };
    if (hook_sqlite() != SQLITE_OK) {
        fprintf(stderr, "SQLite does not take our malloc\n");
        return 1;
    }
    vg_db *db = rt_bank_open(NULL);
    temp_file(copy_path);
    bool copied = vg_backup(db, copy_path, NULL) == VG_OK;
    vg_close(db);
    int failed = copied ? cmocka_run_group_tests_name("memory", tests, NULL, NULL) : 1;
    temp_file_remove(copy_path);
    return failed;
}
