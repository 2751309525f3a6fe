/* Push to PostgreSQL: a schema into a live database, twice; what it would lose; and that it is
 * all or nothing. */
#include "check.h"
#include "pg.h"
#include <unistd.h>
#include <virga/kit.h>

// clang-format off
NAMESPACE(auth)
NAMESPACE(odd_schema, NAME("Odd \"Schema\""))
EXTENSION(citext)
EXTENSION(btree_gist)
SEQUENCE(counter, INCREMENT_BY(2), MINVALUE(5), MAXVALUE(1000), START_WITH(7), CACHE_SIZE(3),
    CYCLE)
SEQUENCE(plain_counter, IN_SCHEMA("auth"))
ENUM(shade, VALUE(SHADE_DARK, "dark"), VALUE(SHADE_LIGHT, "it's light"))
ENUM(state, VALUE(STATE_ON, "on"), VALUE(STATE_OFF, "off"))
ENUM_TYPE(state_type, state, NAME("State Of"), IN_SCHEMA("auth"))

TABLE(makers,
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT,    NOT_NULL, UNIQUE))

/* Every portable type, mode and default. */
TABLE(things,
    COLUMN(id,        INTEGER,   PRIMARY_KEY),
    COLUMN(i,         INTEGER,   DEFAULT(-42)),
    COLUMN(i_sql,     INTEGER,   DEFAULT_SQL("1 + 2")),
    COLUMN(big,       INTEGER,   DEFAULT(9223372036854775807)),
    COLUMN(r,         REAL,      DEFAULT(1.5)),
    COLUMN(r_whole,   REAL,      DEFAULT(2.0)),
    COLUMN(r_small,   REAL,      DEFAULT(1e-9)),
    COLUMN(t,         TEXT,      DEFAULT("it's")),
    COLUMN(t_empty,   TEXT,      NOT_NULL, DEFAULT("")),
    COLUMN(t_len,     TEXT(255), DEFAULT("x")),
    COLUMN(t_number,  TEXT,      DEFAULT("5")),
    COLUMN(t_sql,     TEXT,      DEFAULT_SQL("CURRENT_USER")),
    COLUMN(t_call,    TEXT,      DEFAULT_SQL("lower('A' || 'b')")),
    COLUMN(n,         NUMERIC,   DEFAULT("0.10")),
    COLUMN(n_exact,   NUMERIC(10, 2), DEFAULT("12.00")),
    COLUMN(b,         BOOLEAN,   DEFAULT(true)),
    COLUMN(b_no,      BOOLEAN,   NOT_NULL, DEFAULT(0)),
    COLUMN(bytes,     BLOB,      DEFAULT("ab")),
    COLUMN(j,         JSON,      DEFAULT("{\"a\":   1, \"b\": \"x'y\"}")),
    COLUMN(j_blob,    JSON,      MODE(BLOB), DEFAULT("[]")),
    COLUMN(u,         UUID,      DEFAULT("11111111-2222-3333-4444-555555555555")),
    COLUMN(u_bytes,   UUID,      MODE(BINARY), DEFAULT("11111111-2222-3333-4444-555555555555")),
    COLUMN(u_random,  UUID,      DEFAULT_RANDOM),
    COLUMN(at,        TIMESTAMP, DEFAULT_NOW),
    COLUMN(at_s,      TIMESTAMP, MODE(SECONDS), DEFAULT_NOW),
    COLUMN(at_iso,    TIMESTAMP, MODE(ISO_TEXT), DEFAULT_NOW),
    COLUMN(at_fixed,  TIMESTAMP, DEFAULT("2026-01-01T00:00:00Z")),
    COLUMN(day,       DATE,      DEFAULT_NOW),
    COLUMN(day_fixed, DATE,      DEFAULT("2026-01-01")),
    COLUMN(e,         ENUM_TEXT(shade), DEFAULT(SHADE_LIGHT), CHECKED),
    COLUMN(e_number,  ENUM_INTEGER(shade), DEFAULT(SHADE_LIGHT), CHECKED),
    COLUMN(g,         INTEGER,   GENERATED(STORED, "i * 2")),
    COLUMN(maker_id,  INTEGER,   REFERENCES(makers, id, ON_DELETE(CASCADE), ON_UPDATE(SET_NULL))),
    UNIQUE(things_t_i, t, i),
    INDEX(things_r, r),
    INDEX_ON(things_down, ON_DESC(i, NULLS_FIRST), ON_DESC(t)),
    INDEX_WHERE(things_some, "i > 3 AND t is not null", i),
    UNIQUE_INDEX_ON(things_odd, ON_DESC(r), ON_SQL("lower(t)"), ON_ASC(i), ON_WHERE("r > 0")),
    CHECK(things_sane, "\"things\".\"i\" > -100 and r <> 7"),
    CHECK(things_in, "t_len in ('a', 'b') or i between 1 and 5"))

/* Every type of PostgreSQL's own. */
TABLE(natives,
    NAME("All Natives"), IN_SCHEMA("Odd \"Schema\""),
    COLUMN(id,      SERIAL,      PRIMARY_KEY),
    COLUMN(s2,      SMALLSERIAL, NOT_NULL),
    COLUMN(s8,      BIGSERIAL,   NOT_NULL),
    COLUMN(i2,      SMALLINT,    DEFAULT(-5)),
    COLUMN(i4,      INT,         NOT_NULL, IDENTITY(ALWAYS, START_WITH(100), INCREMENT_BY(5))),
    COLUMN(i8,      BIGINT,      NOT_NULL,
        IDENTITY(BY_DEFAULT, NAME("Odd seq"), CYCLE, CACHE_SIZE(9))),
    COLUMN(f4,      FLOAT4,      DEFAULT(1.25)),
    COLUMN(f8,      DOUBLE),
    COLUMN(vc,      VARCHAR(20), DEFAULT("x")),
    COLUMN(ch,      CHAR(3),     DEFAULT("abc")),
    COLUMN(ci,      CITEXT),
    COLUMN(jb,      JSONB,       DEFAULT("{}")),
    COLUMN(jt,      JSON_TEXT,   DEFAULT("[1,  2]")),
    COLUMN(ba,      BYTEA),
    COLUMN(tz,      TIMESTAMPTZ(3), DEFAULT_SQL("now()")),
    COLUMN(tl,      TIMESTAMP_LOCAL, DEFAULT_SQL("'2020-01-02T03:04:05.678Z'")),
    COLUMN(tl3,     TIMESTAMP_LOCAL(3)),
    COLUMN(ti,      TIME(2)),
    COLUMN(ttz,     TIMETZ,      DEFAULT_SQL("'10:20+02'")),
    COLUMN(iv,      INTERVAL,    DEFAULT_SQL("'1 day 2 hours'")),
    COLUMN(ivf,     INTERVAL("day to second(3)")),
    COLUMN(pt,      POINT,       DEFAULT_SQL("'(1,2)'")),
    COLUMN(li,      LINE),
    COLUMN(ip,      INET,        DEFAULT_SQL("'127.0.0.1'")),
    COLUMN(ci2,     CIDR),
    COLUMN(ma,      MACADDR),
    COLUMN(ma8,     MACADDR8),
    COLUMN(bi,      BIT(5),      DEFAULT_SQL("B'10101'")),
    COLUMN(vb,      VARBIT(8)),
    COLUMN(mo,      MONEY),
    COLUMN(xm,      XML),
    COLUMN(tv,      TSVECTOR,    GENERATED(STORED, "to_tsvector('english', coalesce(vc, ''))")),
    COLUMN(r4,      INT4RANGE,   DEFAULT_SQL("'[1,5)'")),
    COLUMN(rt,      TSTZRANGE),
    COLUMN(sh,      PG_ENUM(shade), DEFAULT(SHADE_LIGHT)),
    COLUMN(st,      PG_ENUM(state), NOT_NULL, DEFAULT(STATE_OFF)),
    COLUMN(shs,     ARRAY(PG_ENUM(shade)), DEFAULT_SQL("'{dark}'")),
    COLUMN(tags,    ARRAY(TEXT), NOT_NULL, DEFAULT_SQL("'{}'")),
    COLUMN(tags2,   ARRAY(TEXT), DEFAULT_SQL("array['a', 'b']")),
    COLUMN(grid,    ARRAY(INT, 3, 3), DEFAULT_SQL("'{{1,2,3},{4,5,6},{7,8,9}}'")),
    COLUMN(seq,     INT,         DEFAULT_SQL("nextval('counter')")),
    COLUMN(odd,     TEXT,        NAME("Odd \"Column\"")),
    UNIQUE_NULLS_NOT_DISTINCT(natives_nulls, vc, ch),
    INDEX_ON(natives_gin, ON(jb), ON_USING("gin")),
    INDEX_ON(natives_ops, ON(vc, OPCLASS("text_pattern_ops"), NULLS_FIRST),
        ON_WITH("fillfactor=70")),
    UNIQUE_INDEX_ON(natives_cover, ON_DESC(i4, NULLS_LAST), INCLUDE(vc, ch)),
    INDEX_ON(natives_part, ON_SQL("(lower(vc) || 'x')"), ON_SQL("(i4 + i2)"),
        ON_WHERE("i2 > 0 and sh = 'dark'")),
    EXCLUDE(natives_no_overlap, ON(i4, OPERATOR("=")), ON(rt, OPERATOR("&&")), ON_USING("gist"),
        ON_WHERE("i4 > 0")),
    CHECK(natives_odd, "\"Odd \"\"Column\"\"\" <> 'a' AND i2 > 0::smallint"))

TABLE(sessions,
    IN_SCHEMA("auth"),
    COLUMN(a,     INT, NOT_NULL),
    COLUMN(b,     INT),
    COLUMN(owner, INTEGER, REFERENCES(makers, id, INITIALLY_DEFERRED)),
    COLUMN(state, PG_ENUM(state), DEFAULT(STATE_ON)),
    PRIMARY_KEY(a, b),
    FOREIGN_KEY(COLUMNS(b, a), REFERENCES(sessions, a, b), ON_DELETE(RESTRICT)),
    FORCE_RLS,
    POLICY(own, FOR(SELECT), TO("current_user"), USING_SQL("owner = 5 and state = 'on'")),
    POLICY(NAME("strict own"), RESTRICTIVE, FOR(UPDATE), USING_SQL("true"), CHECK_SQL("owner<>7")))

TABLE(secured, COLUMN(id, BIGINT, PRIMARY_KEY), ENABLE_RLS)

TABLE(events,
    COLUMN(id, BIGINT, NOT_NULL),
    COLUMN(at, DATE,   NOT_NULL),
    PRIMARY_KEY(id, at),
    INDEX(events_at, at),
    PARTITIONED_BY("range (at)"))

TABLE(a_table_with_a_name_that_is_rather_long_indeed,
    COLUMN(id, BIGINT, PRIMARY_KEY),
    COLUMN(another_column_with_a_long_name, BIGINT,
        REFERENCES(makers, id)))

VIEW_SQL(busy, "select name, count(*) as n from makers group by name",
    COLUMN(name, TEXT, NOT_NULL), COLUMN(n, INTEGER, NOT_NULL))
VIEW_SQL(auth_view, "select * from \"auth\".\"sessions\" s join public.makers m on m.id = s.owner "
    "where s.state = 'on'",
    IN_SCHEMA("auth"), NAME("Session View"),
    COLUMN(a, INT), COLUMN(b, INT), COLUMN(owner, INTEGER), COLUMN(state, PG_ENUM(state)),
    COLUMN(id, INTEGER), COLUMN(name, TEXT))
VIEW_SQL(careful, "select id, name from makers",
    OPTIONS(IN_SCHEMA("auth"), ON_WITH("security_barrier = true, check_option = local")),
    COLUMN(id, INTEGER), COLUMN(name, TEXT))
VIEW_SQL(kept_rows, "select id, i from things",
    OPTIONS(MATERIALIZED, NAME("Kept Rows"), ON_WITH("fillfactor = 90"), NO_DATA),
    COLUMN(id, INTEGER), COLUMN(i, INTEGER))
MATERIALIZED_VIEW(dark_things, things, SELECT(things), WHERE(GT(things.i, 5)))

SCHEMA(everything, auth, odd_schema, citext, btree_gist, counter, plain_counter, state_type,
    makers, things, natives, sessions, secured, events,
    a_table_with_a_name_that_is_rather_long_indeed, busy, auth_view,
    careful, kept_rows, dark_things)
// clang-format on

typedef struct pusher {
    char url[PG_URL];
    vg_db *db;
    vg_kit *kit;
    vg_kit_push plan;
} pusher;

static int setup(void **state)
{
    static pusher p;
    p = (pusher){0};
    assert_int_equal(vg_open(&p.db, pg_database(p.url), NULL), VG_OK);
    assert_int_equal(vg_kit_open(&p.kit, &(vg_kit_config){.dialect = "postgresql"}),
                     VG_OK);
    *state = &p;
    return 0;
}

static int teardown(void **state)
{
    pusher *p = *state;
    vg_kit_close(p->kit);
    assert_int_equal(vg_close(p->db), VG_OK);
    pg_drop(p->url);
    return 0;
}

#define check_pushed(p, call)                                  \
    do {                                                       \
        if ((call) != VG_OK)                                   \
            fail_msg("%s: %s", #call, vg_kit_error((p)->kit)); \
    } while (0)

static void plan(pusher *p, const vg_schema *schema)
{
    check_pushed(p, vg_kit_push_plan(p->kit, p->db, schema, NULL, &p->plan));
}

static void push(pusher *p, const vg_schema *schema)
{
    plan(p, schema);
    assert_int_equal(p->plan.questions.len, 0);
    check_pushed(p, vg_kit_push_apply(p->kit, p->db, &p->plan));
}

/* Nothing is left to do. */
static void check_done(pusher *p, const vg_schema *schema)
{
    plan(p, schema);
    for (size_t i = 0; i < p->plan.questions.len; i++)
        print_error("question: %s\n", p->plan.questions.data[i].name);
    for (size_t i = 0; i < p->plan.statements.len; i++)
        print_error("%s\n", p->plan.statements.data[i].sql);
    assert_false(p->plan.changed);
}

/* Proves: K061 K062 K063 K064 K068 K083. */
static void test_push__everything_twice(void **state)
{
    pusher *p = *state;
    push(p, &everything);
    assert_true(p->plan.changed);
    check_done(p, &everything);
    push(p, &everything);
    check_done(p, &everything);
}

/* What vg_create makes is what the kit makes. */
static void test_push__nothing_after_create(void **state)
{
    pusher *p = *state;
    check_ok(p->db, vg_create(p->db, &everything));
    check_done(p, &everything);
}

// clang-format off
TABLE(upper_users, NAME("Users"), COLUMN(id, BIGINT, PRIMARY_KEY), COLUMN(upper, INT, NAME("ID")))
TABLE(lower_users, NAME("users"), COLUMN(id, BIGINT, PRIMARY_KEY),
    COLUMN(of, BIGINT, REFERENCES(upper_users, id)), INDEX(by_of, of), INDEX(NAME("BY_OF"), of))
SCHEMA(cases, upper_users, lower_users)
// clang-format on

static void test_push__names_whose_case_counts(void **state)
{
    pusher *p = *state;
    push(p, &cases);
    check_done(p, &cases);
    check_ok(p->db, vg_create(p->db, &cases));
}

/* ---- roles ---- */

/* A kit that looks at roles as `roles` says; what it would do to `schema`. */
static size_t planned(pusher *p, const vg_schema *schema, vg_kit_roles roles)
{
    vg_kit_close(p->kit);
    assert_int_equal(
        vg_kit_open(&p->kit, &(vg_kit_config){.dialect = "postgresql", .roles = roles}),
        VG_OK);
    plan(p, schema);
    return p->plan.statements.len;
}

/* Roles are the server's: those that no schema has are nothing to a push, but for those that
 * the configuration speaks of. The one that is connected stays in any case. */
static void test_push__roles_of_the_configuration(void **state)
{
    pusher *p = *state;
    char name[40], sql[100];
    snprintf(name, sizeof name, "push_role_%d", (int)getpid());
    const char *const both[] = {name, "virga"};
    const vg_kit_texts these = {both, 2};
    push(p, &cases);
    snprintf(sql, sizeof sql, "create role %s", name);
    pg_exec(p->url, sql);
    assert_int_equal(planned(p, &cases, (vg_kit_roles){0}), 0);
    assert_int_equal(
        planned(p, &cases, (vg_kit_roles){.include = these, .exclude = these}), 0);
    assert_int_equal(planned(p, &cases, (vg_kit_roles){.include = these}), 1);
    snprintf(sql, sizeof sql, "DROP ROLE \"%s\";", name);
    assert_string_equal(p->plan.statements.data[0].sql, sql);
    check_pushed(p, vg_kit_push_apply(p->kit, p->db, &p->plan));
    check_done(p, &cases);
}

/* ---- spelling ---- */

// clang-format off
TABLE(spelled,
    COLUMN(id,   SERIAL, PRIMARY_KEY),
    COLUMN(n,    INT,    DEFAULT_SQL("5::int4")),
    COLUMN(t,    TEXT,   DEFAULT_SQL("'a'::varchar")),
    COLUMN(at,   TIMESTAMP, DEFAULT_SQL("current_timestamp")),
    CHECK(spelled_n, "spelled.n in (1,2,3) AND t not like '%x'"),
    INDEX_ON(spelled_i, ON_SQL("lower(t::text)"), ON_WHERE("n > 5 or n is null")))
SCHEMA(spelling, spelled)
// clang-format on

/* The database has it from somebody who writes otherwise; the words of a schema are not its. */
static void test_push__other_spelling(void **state)
{
    pusher *p = *state;
    pg_exec(
        p->url,
        "create table spelled (id serial primary key, n int4 default 5, t text default "
        "'a'::character varying, at timestamptz default now(), "
        "constraint spelled_n check (n = any (array[1, 2, 3]) and t !~~ '%x'));"
        "alter table spelled alter at set default current_timestamp;"
        "create index spelled_i on spelled (lower(t)) where ((n > 5) or n isnull)");
    plan(p, &spelling);
    for (size_t i = 0; i < p->plan.statements.len; i++)
        print_error("%s\n", p->plan.statements.data[i].sql);
    assert_false(p->plan.changed);
}

/* What differs is found: the comparison does not just look away. */
/* Proves: S088 K080. */
static void test_push__finds_each_difference(void **state)
{
    static const char *const changes[] = {
        "alter table spelled alter n set default 6",
        "alter table spelled alter t drop default",
        "alter table spelled alter t type varchar(30)",
        "alter table spelled alter n set not null",
        "alter table spelled drop constraint spelled_n",
        "alter table spelled drop constraint spelled_n, add constraint spelled_n check "
        "(n in "
        "(1, 2))",
        "drop index spelled_i",
        "drop index spelled_i; create index spelled_i on spelled (lower(t)) where n > "
        "5",
        "drop index spelled_i; create index spelled_i on spelled (lower(t) desc) where "
        "n > 5 or "
        "n is null",
        "create index more on spelled (t)",
        "alter table spelled add more int",
        "alter table spelled drop n",
        "alter table spelled enable row level security",
        "create policy more on spelled using (true)",
        "create table more (a int)",
        "create type more as enum ('a')",
        "create view more as select 1 as a",
        "create sequence more",
        "alter table spelled add unique (t)",
        "alter table spelled add foreign key (n) references spelled",
        "alter table spelled drop constraint spelled_pkey",
    };
    pusher *p = *state;
    push(p, &spelling);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        pg_exec(p->url, changes[i]);
        plan(p, &spelling);
        if (!p->plan.changed)
            fail_msg("not found: %s", changes[i]);
        push(p, &spelling);
        check_done(p, &spelling);
    }
}

/* ---- losses ---- */

// clang-format off
TABLE(kept,
    NAME("items"), IN_SCHEMA("auth"),
    COLUMN(id,   BIGINT, PRIMARY_KEY),
    COLUMN(n,    BIGINT),
    COLUMN(must, TEXT,   NOT_NULL))
SCHEMA(smaller, auth, kept)
// clang-format on

static bool loses(const pusher *p, const char *text)
{
    for (size_t i = 0; i < p->plan.losses.len; i++)
        if (strcmp(p->plan.losses.data[i].text, text) == 0)
            return true;
    for (size_t i = 0; i < p->plan.losses.len; i++)
        print_error("%s\n", p->plan.losses.data[i].text);
    return false;
}

/* Proves: K058 K059 K065 K066 K076 K077 K078. */
static void test_push__tells_what_is_lost(void **state)
{
    pusher *p = *state;
    pg_exec(
        p->url,
        "create schema auth; create table auth.items (id bigint primary key, n int, "
        "gone text); insert into auth.items values (1, 2, 'x'), (2, 3, null);"
        "create table \"Old One\" (a int); insert into \"Old One\" values (1);"
        "create table empty_one (a int);"
        "create materialized view old_view as select id from auth.items;"
        "create sequence old_sequence;"
        "create policy old_policy on auth.items using (true)");
    vg_kit_decision answers[] = {
        {.kind = VG_KIT_COLUMN, .table = "auth.items", .to = "must"}};
    check_pushed(p, vg_kit_push_plan(p->kit, p->db, &smaller,
                                     &(vg_kit_decisions){answers, 1}, &p->plan));
    assert_int_equal(p->plan.questions.len, 0);
    assert_true(loses(p, "table Old One and its 1 row are dropped"));
    assert_true(loses(p, "column auth.items.gone and its 1 value are dropped"));
    assert_true(loses(p, "column auth.items.n changes from integer to bigint and its 2 "
                         "values are converted"));
    assert_true(loses(p,
                      "all 2 rows of table auth.items are deleted: the new column must "
                      "is NOT NULL and has no default"));
    assert_true(loses(p, "materialised view old_view and its 2 rows are dropped"));
    assert_true(
        loses(p, "policy old_policy of auth.items is dropped: the schema has none"));
    check_pushed(p, vg_kit_push_apply(p->kit, p->db, &p->plan));
    check_done(p, &smaller);
    check_pg(p->url, "select count(*) from auth.items", "0");
}

/* ---- all or nothing ---- */

// clang-format off
TABLE(strict_ones, NAME("ones"), COLUMN(a, INT, NOT_NULL), COLUMN(b, INT))
TABLE(further, COLUMN(a, INT))
SCHEMA(stricter, further, strict_ones)
// clang-format on

/* Proves: K077. */
static void test_push__all_or_nothing(void **state)
{
    pusher *p = *state;
    pg_exec(p->url, "create table ones (a int); insert into ones values (1), (null)");
    plan(p, &stricter);
    assert_int_equal(vg_kit_push_apply(p->kit, p->db, &p->plan), VG_NOT_NULL);
    assert_non_null(strstr(vg_kit_error(p->kit), "nothing was changed"));
    check_pg(p->url, "select count(*) from pg_class where relname = 'further'", "0");
}

/* The plan is for the database as it was. */
static void test_push__changed_meanwhile(void **state)
{
    pusher *p = *state;
    plan(p, &stricter);
    pg_exec(p->url, "create sequence another");
    assert_int_equal(vg_kit_push_apply(p->kit, p->db, &p->plan), VG_BUSY);
    push(p, &stricter);
    check_done(p, &stricter);
}

/* ---- enums ---- */

// clang-format off
ENUM(grown, VALUE(GROWN_A, "a"), VALUE(GROWN_NEW, "new"), VALUE(GROWN_B, "b"))
TABLE(growing, COLUMN(id, BIGINT, PRIMARY_KEY),
    COLUMN(g, PG_ENUM(grown), NOT_NULL, DEFAULT(GROWN_NEW)),
    COLUMN(gs, ARRAY(PG_ENUM(grown)), DEFAULT_SQL("'{new}'")))
SCHEMA(grows, growing)
// clang-format on

/* A value is used in the push that adds it; one that is gone has the type made anew. */
/* Proves: K060. */
static void test_push__values_of_enums(void **state)
{
    pusher *p = *state;
    pg_exec(p->url,
            "create type grown as enum ('a', 'b'); create table growing (id bigint "
            "primary key, g grown not null default 'a', gs grown[]);"
            "insert into growing values (1, 'b', '{a,b}')");
    push(p, &grows);
    check_done(p, &grows);
    check_pg(p->url, "insert into growing (id) values (2) returning g, gs",
             "new|{new}");
    pg_exec(p->url, "alter type grown add value 'old'");
    push(p, &grows);
    check_done(p, &grows);
    check_pg(p->url, "select g, gs from growing order by id", "b|{a,b};new|{new}");
}

/* ---- what is not the schema's ---- */

// clang-format off
TABLE(mine, COLUMN(a, INT))
POLICY_ON(reads, ON_SQL("\"other\".\"theirs\""), FOR(SELECT), USING_SQL("a in (1,2)"))
SCHEMA(modest, mine, reads)
// clang-format on

/* Tables of schemas that it does not mention, of extensions, of drizzle; functions; partitions;
 * a policy on a table of others. */
/* Proves: K084. */
static void test_push__leaves_the_rest_alone(void **state)
{
    pusher *p = *state;
    pg_exec(p->url, "create schema other; create table other.theirs (a int); "
                    "create extension hstore; create schema drizzle; "
                    "create table drizzle.__drizzle_migrations (id serial);"
                    "create function f() returns int language sql as 'select 1';"
                    "create table mine (a int)");
    push(p, &modest);
    assert_int_equal(p->plan.losses.len, 0);
    check_done(p, &modest);
    check_pg(p->url, "select polname, pg_get_expr(polqual, polrelid) from pg_policy",
             "reads|(a = ANY (ARRAY[1, 2]))");
    check_pg(p->url,
             "select count(*) from pg_class where relname in ('theirs', "
             "'__drizzle_migrations')",
             "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_push__everything_twice, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__nothing_after_create, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__names_whose_case_counts, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__other_spelling, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__finds_each_difference, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__tells_what_is_lost, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__all_or_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__roles_of_the_configuration, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__changed_meanwhile, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__values_of_enums, setup, teardown),
        cmocka_unit_test_setup_teardown(test_push__leaves_the_rest_alone, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
