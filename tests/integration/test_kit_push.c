/* Push: a schema into a live database, what it would lose, and that it is all or nothing. */
#include "check.h"
#include "kit/diff.h"
#include <virga/kit.h>

// clang-format off
ENUM(shade, VALUE(SHADE_DARK, "dark"), VALUE(SHADE_LIGHT, "it's light"))

TABLE(makers,
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT,    NOT_NULL, UNIQUE))

/* Every type, mode and default. */
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
    COLUMN(t_sql,     TEXT,      DEFAULT_SQL("CURRENT_TIMESTAMP")),
    COLUMN(t_call,    TEXT,      DEFAULT_SQL("lower('A' || 'b')")),
    COLUMN(n,         NUMERIC,   DEFAULT("0.10")),
    COLUMN(n_exact,   NUMERIC(10, 2), DEFAULT("12.00")),
    COLUMN(b,         BOOLEAN,   DEFAULT(true)),
    COLUMN(b_no,      BOOLEAN,   NOT_NULL, DEFAULT(0)),
    COLUMN(bytes,     BLOB,      DEFAULT("ab")),
    COLUMN(j,         JSON,      DEFAULT("{\"a\": 1}")),
    COLUMN(j_blob,    JSON,      MODE(BLOB), DEFAULT("[]")),
    COLUMN(u,         UUID,      DEFAULT("11111111-2222-3333-4444-555555555555")),
    COLUMN(u_bytes,   UUID,      MODE(BINARY), DEFAULT("11111111-2222-3333-4444-555555555555")),
    COLUMN(at,        TIMESTAMP, DEFAULT_NOW),
    COLUMN(at_s,      TIMESTAMP, MODE(SECONDS), DEFAULT_NOW),
    COLUMN(at_ms,     TIMESTAMP, MODE(MILLISECONDS), DEFAULT_NOW),
    COLUMN(at_iso,    TIMESTAMP, MODE(ISO_TEXT), DEFAULT_NOW),
    COLUMN(at_fixed,  TIMESTAMP, DEFAULT("2026-01-01T00:00:00Z")),
    COLUMN(day,       DATE,      DEFAULT_NOW),
    COLUMN(day_s,     DATE,      MODE(SECONDS), DEFAULT_NOW),
    COLUMN(day_fixed, DATE,      DEFAULT("2026-01-01")),
    COLUMN(e,         ENUM_TEXT(shade), DEFAULT(SHADE_LIGHT), CHECKED),
    COLUMN(e_number,  ENUM_INTEGER(shade), DEFAULT(SHADE_LIGHT), CHECKED),
    COLUMN(g,         INTEGER,   GENERATED(STORED, "i * 2")),
    COLUMN(g_virtual, TEXT,      GENERATED(VIRTUAL, "t || 'x'")),
    COLUMN(maker_id,  INTEGER,   REFERENCES(makers, id, ON_DELETE(CASCADE), ON_UPDATE(SET_NULL))),
    UNIQUE(things_t_i, t, i),
    INDEX(things_r, r),
    INDEX_WHERE(things_some, "i > 3 AND t is not null", i),
    UNIQUE_INDEX_ON(things_odd, ON_DESC(r), ON_SQL("lower(t)"), ON_ASC(i), ON_WHERE("r > 0")),
    CHECK(things_sane, "\"things\".\"i\" > -100 and r <> 7"))

TABLE(places,
    STRICT, WITHOUT_ROWID, NAME("all places"),
    COLUMN(x,    INTEGER, NOT_NULL, NAME("x \"pos\"")),
    COLUMN(y,    INTEGER),
    COLUMN(what, TEXT,    DEFAULT("`")),
    PRIMARY_KEY(x, y),
    FOREIGN_KEY(COLUMNS(x, y), REFERENCES(places, x, y), ON_DELETE(RESTRICT)))

FTS_TABLE(things_fts, FTS_COLUMN(t), FTS_COLUMN(t_len, UNINDEXED), CONTENT(things, id), SYNC,
    TOKENIZE("porter"))

VIEW_SQL(busy, "select name, count(*) as n from makers group by name",
    COLUMN(name, TEXT, NOT_NULL), COLUMN(n, INTEGER, NOT_NULL))

TRIGGER(makers_log, AFTER, UPDATE_OF(name), makers, "delete from things where t = old.name")
TRIGGER_WHEN(makers_gone, BEFORE, DELETE, makers, "old.id > 3",
    "delete from things where i = old.id; update things set i = 1")

SCHEMA(everything, makers, things, places, things_fts, busy, makers_log, makers_gone)
// clang-format on

typedef struct pusher {
    fixture f;
    vg_kit *kit;
    vg_kit_push plan;
} pusher;

static int setup(void **state)
{
    static pusher p;
    p = (pusher){0};
    assert_int_equal(vg_open(&p.f.db, ":memory:", NULL), VG_OK);
    assert_int_equal(vg_kit_open(&p.kit, NULL), VG_OK);
    *state = &p;
    return 0;
}

static int teardown(void **state)
{
    pusher *p = *state;
    vg_kit_close(p->kit);
    assert_int_equal(vg_close(p->f.db), VG_OK);
    vg_arena_free(&p->f.arena);
    return 0;
}

#define check_kit(p, call)                                     \
    do {                                                       \
        if ((call) != VG_OK)                                   \
            fail_msg("%s: %s", #call, vg_kit_error((p)->kit)); \
    } while (0)

static void plan(pusher *p, const vg_schema *schema)
{
    check_kit(p, vg_kit_push_plan(p->kit, p->f.db, schema, NULL, &p->plan));
}

static void push(pusher *p, const vg_schema *schema)
{
    plan(p, schema);
    assert_int_equal(p->plan.questions.len, 0);
    check_kit(p, vg_kit_push_apply(p->kit, p->f.db, &p->plan));
}

static void check_nothing_left(pusher *p, const vg_schema *schema)
{
    plan(p, schema);
    for (size_t i = 0; i < p->plan.statements.len; i++)
        print_error("%s\n", p->plan.statements.data[i].sql);
    assert_false(p->plan.changed);
}

/* Proves: K008 K083. */
static void test_push__a_second_push_is_empty(void **state)
{
    pusher *p = *state;
    push(p, &everything);
    assert_true(p->plan.changed);
    check_nothing_left(p, &everything);
}

/* What vg_create made is what push would make. */
/* Proves: K083. */
static void test_push__after_create_is_empty(void **state)
{
    pusher *p = *state;
    check_ok(p->f.db, vg_create(p->f.db, &everything));
    check_nothing_left(p, &everything);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_push__a_second_push_is_empty, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_push__after_create_is_empty, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
