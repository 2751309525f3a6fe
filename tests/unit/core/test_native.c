/* What PostgreSQL alone has: how its types are written, and how SQLite refuses them. */
#include "check.h"
#include "core/ddl.h"

// clang-format off
ENUM(mood, MOOD_SAD, MOOD_OK)
TABLE(natives,
    COLUMN(id,     SERIAL, PRIMARY_KEY),
    COLUMN(a,      VARCHAR(20)),       COLUMN(b, CHAR(2)),          COLUMN(c, TIMESTAMPTZ(3)),
    COLUMN(d,      TIMESTAMP_LOCAL(0)), COLUMN(e, TIMESTAMP_LOCAL), COLUMN(f, TIME(2)),
    COLUMN(g,      TIMETZ(6)),         COLUMN(h, INTERVAL),
    COLUMN(i, INTERVAL("day to second")),
    COLUMN(j,      BIT(3)),            COLUMN(k, VARBIT(5)),        COLUMN(l, VECTOR(3)),
    COLUMN(m,      HALFVEC(4)),        COLUMN(n, SPARSEVEC(5)),
    COLUMN(o, GEOMETRY("point, 4326")),
    COLUMN(p,      GEOMETRY),          COLUMN(q, OTHER, SQL_TYPE("pg_lsn")),
    COLUMN(r, PG_ENUM(mood)),
    COLUMN(s,      ARRAY(INTEGER)),    COLUMN(t, ARRAY(NUMERIC(9, 2), 3, 0)),
    COLUMN(u,      ARRAY(TIMESTAMPTZ(3), 0, 0, 0)), COLUMN(v, ARRAY(PG_ENUM(mood))),
    COLUMN(w,      TIMETZ),            COLUMN(x, DOUBLE),           COLUMN(y, MACADDR8))
// clang-format on

static void check_type(const vg_column *column, const char *expected)
{
    vg_buf out;
    vg__buf_init(&out, &(vg_allocator){0}, 1000);
    vg_dialect_postgres.type(&out, column);
    check_text(out.text, expected);
    vg__buf_free(&out);
}

/* Proves: S030 S031. */
static void test_native__types_are_written_as_drizzle_kit_does(void **state)
{
    static const char *const expected[] = {"serial",
                                           "varchar(20)",
                                           "char(2)",
                                           "timestamp (3) with time zone",
                                           "timestamp (0)",
                                           "timestamp",
                                           "time(2)",
                                           "time(6) with time zone",
                                           "interval",
                                           "interval day to second",
                                           "bit(3)",
                                           "bit varying(5)",
                                           "vector(3)",
                                           "halfvec(4)",
                                           "sparsevec(5)",
                                           "geometry(point, 4326)",
                                           "geometry",
                                           "pg_lsn",
                                           "\"mood\"",
                                           "bigint[]",
                                           "numeric(9, 2)[3][]",
                                           "timestamp (3) with time zone[][][]",
                                           "\"mood\"[]",
                                           "time with time zone",
                                           "double precision",
                                           "macaddr8"};
    (void)state;
    assert_int_equal(natives.vg_shape.column_count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        check_type(&natives.vg_columns[i], expected[i]);
}

// clang-format off
TABLE(t_serial,  COLUMN(id, SERIAL, PRIMARY_KEY))
TABLE(t_array,   COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(tags, ARRAY(TEXT)))
TABLE(t_enum,    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(mood, PG_ENUM(mood)))
TABLE(t_inet,    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(ip, INET))
TABLE(t_count,   COLUMN(id, INTEGER, PRIMARY_KEY, IDENTITY(ALWAYS)))
TABLE(t_nulls,   COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, UNIQUE_NULLS_NOT_DISTINCT))
TABLE(t_defer,   COLUMN(id, INTEGER, PRIMARY_KEY, REFERENCES(t_serial, id, DEFERRABLE)))
TABLE(t_policy,  COLUMN(id, INTEGER, PRIMARY_KEY), POLICY(p))
TABLE(t_force,   COLUMN(id, INTEGER, PRIMARY_KEY), FORCE_RLS)
TABLE(t_exclude, COLUMN(id, INTEGER, PRIMARY_KEY), EXCLUDE(e, ON(id, OPERATOR("="))))
TABLE(t_gin,     COLUMN(id, INTEGER, PRIMARY_KEY), INDEX_ON(i, ON(id), ON_USING("gin")))
TABLE(t_last,    COLUMN(id, INTEGER, PRIMARY_KEY), INDEX_ON(i2, ON(id, NULLS_LAST)))
TABLE(t_parts,   COLUMN(id, INTEGER, PRIMARY_KEY), PARTITIONED_BY("range (id)"))
TABLE(t_plain,   COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(key, UUID, DEFAULT_RANDOM))
MATERIALIZED_VIEW(v_kept, t_plain, SELECT(t_plain))
VIEW(v_option, OPTIONS(ON_WITH("security_invoker = true")), t_plain, SELECT(t_plain))
SEQUENCE(counter)
NAMESPACE(space)
ROLE(reader)
EXTENSION(citext)
ENUM_TYPE(mood_type, mood)
POLICY_ON(policy, ON_SQL("x"))
SCHEMA(s_serial, t_serial) SCHEMA(s_array, t_array) SCHEMA(s_enum, t_enum) SCHEMA(s_inet, t_inet)
SCHEMA(s_count, t_count)
SCHEMA(s_nulls, t_nulls)
SCHEMA(s_policy, t_policy)
SCHEMA(s_force, t_force)
SCHEMA(s_exclude, t_exclude) SCHEMA(s_gin, t_gin) SCHEMA(s_last, t_last) SCHEMA(s_parts, t_parts)
SCHEMA(s_plain, t_plain) SCHEMA(s_kept, t_plain, v_kept) SCHEMA(s_option, t_plain, v_option)
SCHEMA(s_counter, counter) SCHEMA(s_space, space) SCHEMA(s_reader, reader) SCHEMA(s_citext, citext)
SCHEMA(s_mood, mood_type) SCHEMA(s_on, policy)
// clang-format on

static void test_native__sqlite_refuses_each_by_name(void **state)
{
#define IS_PG " is PostgreSQL's; this is sqlite"
    (void)state;
    check_schema_problem(&s_serial, "table t_serial, column id: SERIAL" IS_PG
                                    ": use INTEGER, PRIMARY_KEY, AUTOINCREMENT");
    check_schema_problem(&s_array,
                         "table t_array, column tags: ARRAY" IS_PG ": use JSON");
    check_schema_problem(&s_enum, "table t_enum, column mood: PG_ENUM" IS_PG
                                  ": use ENUM_TEXT, CHECKED");
    check_schema_problem(&s_inet, "table t_inet, column ip: INET" IS_PG);
    check_schema_problem(&s_count, "table t_count, column id: IDENTITY" IS_PG
                                   ": use PRIMARY_KEY, AUTOINCREMENT");
    check_schema_problem(&s_nulls,
                         "table t_nulls, column a: UNIQUE_NULLS_NOT_DISTINCT" IS_PG);
    check_schema_problem(&s_policy, "table t_policy: row level security" IS_PG);
    check_schema_problem(&s_force, "table t_force: FORCE_RLS" IS_PG);
    check_schema_problem(&s_exclude, "table t_exclude: EXCLUDE" IS_PG);
    check_schema_problem(&s_gin, "table t_gin: ON_USING" IS_PG);
    check_schema_problem(&s_last,
                         "table t_last: NULLS_FIRST, NULLS_LAST or OPCLASS" IS_PG);
    check_schema_problem(&s_parts, "table t_parts: PARTITIONED_BY" IS_PG);
    check_schema_problem(&s_kept, "v_kept: MATERIALIZED_VIEW" IS_PG);
    check_schema_problem(&s_option, "v_option: an option of a view" IS_PG);
    check_schema_problem(&s_counter, "counter: SEQUENCE" IS_PG);
    check_schema_problem(&s_space, "space: NAMESPACE" IS_PG);
    check_schema_problem(&s_reader, "reader: ROLE" IS_PG);
    check_schema_problem(&s_citext, "citext: EXTENSION" IS_PG);
    check_schema_problem(&s_mood, "mood_type: ENUM_TYPE" IS_PG);
    check_schema_problem(&s_on, "policy: POLICY_ON" IS_PG);
    check_schema_problem(&s_plain, NULL);
}

/* Proves: S022. */
static void test_native__a_random_uuid_is_portable(void **state)
{
    vg_db *db;
    vg_arena arena = {0};
    t_plain_list list;
    (void)state;
    assert_int_equal(vg_open(&db, ":memory:", NULL), VG_OK);
    check_ok(db, vg_create(db, &s_plain));
    for (int i = 0; i < 50; i++)
        check_ok(db, vg_exec(db, INSERT_INTO(t_plain, DEFAULT_VALUES)));
    check_ok(db, vg_all(db, &arena, &list, SELECT(t_plain)));
    for (size_t i = 0; i < list.len; i++) {
        assert_true(list.data[i].key.has);
        assert_int_equal(list.data[i].key.v.bytes[6] >> 4, 4);
        assert_int_equal(list.data[i].key.v.bytes[8] >> 6, 2);
        assert_true(!i ||
                    memcmp(&list.data[i].key.v, &list.data[i - 1].key.v, 16) != 0);
    }
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_native__types_are_written_as_drizzle_kit_does),
        cmocka_unit_test(test_native__sqlite_refuses_each_by_name),
        cmocka_unit_test(test_native__a_random_uuid_is_portable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
