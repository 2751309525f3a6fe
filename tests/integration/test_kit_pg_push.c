/* Push to PostgreSQL: a schema into a live database, twice; what it would lose; and that it is
 * all or nothing. */
#include "check.h"
#include "pg.h"
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
    COLUMN(i8,      BIGINT,      NOT_NULL, IDENTITY(BY_DEFAULT, NAME("Odd seq"), CYCLE, CACHE_SIZE(9))),
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
    INDEX_ON(natives_ops, ON(vc, OPCLASS("text_pattern_ops"), NULLS_FIRST), ON_WITH("fillfactor=70")),
    UNIQUE_INDEX_ON(natives_cover, ON_DESC(i4, NULLS_LAST), INCLUDE(vc, ch)),
    INDEX_ON(natives_part, ON_SQL("(lower(vc) || 'x')"), ON_SQL("(i4 + i2)"), ON_WHERE("i2 > 0 and sh = 'dark'")),
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

SCHEMA(everything, auth, odd_schema, citext, btree_gist, counter, plain_counter, state_type,
    makers, things, natives, sessions, secured, events,
    a_table_with_a_name_that_is_rather_long_indeed, busy, auth_view)
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_push__everything_twice, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
