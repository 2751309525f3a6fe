/* vg_create on PostgreSQL: everything that a schema can say, and once more, when all of it is
 * there already. */
#include "pg.h"

// clang-format off
ENUM(mood, VALUE(MOOD_SAD, "sad"), VALUE(MOOD_OK, "it's ok"), VALUE(MOOD_HAPPY, "happy"))
ENUM(grade, VALUE(GRADE_A, "a"), VALUE(GRADE_B, "b"))

NAMESPACE(auth)
NAMESPACE(existing_space, NAME("public"), EXISTING)
ROLE(virga_reader, CREATE_DB, NO_INHERIT)
ROLE(virga_there, NAME("virga"), EXISTING)
EXTENSION(citext)
SEQUENCE(invoices, START_WITH(1000), INCREMENT_BY(10), MINVALUE(5), MAXVALUE(99999),
         CACHE_SIZE(3), CYCLE)
SEQUENCE(plain_seq, IN_SCHEMA("auth"), NAME("plain"))
ENUM_TYPE(grade_type, grade, NAME("school_grade"), IN_SCHEMA("auth"))

TABLE_LATER(members)

TABLE(clubs,
    COLUMN(id,       INTEGER, PRIMARY_KEY),
    COLUMN(owner_id, INTEGER, REFERENCES_LATER(members, id, ON_DELETE(SET_NULL),
                                               INITIALLY_DEFERRED)),
    COLUMN(name,     TEXT(40), NOT_NULL, UNIQUE),
    COLUMN(rank,     SMALLINT, IDENTITY(BY_DEFAULT, INCREMENT_BY(-2), MAXVALUE(50))),
    COLUMN(code,     CITEXT,  UNIQUE_NULLS_NOT_DISTINCT("clubs_code_key")))

TABLE(members,
    COLUMN(id,      BIGSERIAL, PRIMARY_KEY),
    COLUMN(club_id, INTEGER,  NOT_NULL, REFERENCES(clubs, id, ON_DELETE(CASCADE))),
    COLUMN(number,  INT,      NOT_NULL, IDENTITY(ALWAYS, START_WITH(7), INCREMENT_BY(3),
                                                 NAME("member_numbers"))),
    COLUMN(mood,    PG_ENUM(mood), NOT_NULL, DEFAULT(MOOD_OK)),
    COLUMN(grades,  ARRAY(PG_ENUM(grade), 3, 0)),
    COLUMN(tags,    ARRAY(VARCHAR(20)), NOT_NULL, DEFAULT("{a,\"b c\"}")),
    COLUMN(key,     UUID,     NOT_NULL, DEFAULT_RANDOM),
    COLUMN(data,    JSON,     NOT_NULL, DEFAULT("{\"a\": 1}")),
    COLUMN(joined,  TIMESTAMPTZ(3), NOT_NULL, DEFAULT_NOW),
    COLUMN(span,    INT4RANGE),
    COLUMN(every,   INTERVAL("day to second"), DEFAULT("1 day")),
    COLUMN(twice,   INT,      GENERATED(STORED, "club_id * 2")),
    INDEX_ON(members_ix, ON_DESC(club_id, NULLS_LAST), ON_SQL("lower(tags[1])"),
             ON_USING("btree"), INCLUDE(joined), ON_WITH("fillfactor=70"),
             ON_WHERE("club_id > 0")),
    INDEX_ON(members_tags, ON(tags, OPCLASS("array_ops")), ON_USING("gin")),
    UNIQUE_INDEX(members_key_ix, key),
    UNIQUE(members_two, club_id, number),
    UNIQUE_NULLS_NOT_DISTINCT(members_three, span, every),
    EXCLUDE(members_span, ON(span, OPERATOR("&&")), ON_USING("gist"), INITIALLY_DEFERRED),
    CHECK(members_id, "id > 0"),
    POLICY(members_read, FOR(SELECT), TO("virga_reader", "current_user"), USING_SQL("true")),
    POLICY(members_write, RESTRICTIVE, CHECK_SQL("id < 100")),
    FORCE_RLS)

TABLE(logins,
    COLUMN(member_id, BIGINT, NOT_NULL),
    COLUMN(at,        TIMESTAMP, NOT_NULL),
    PRIMARY_KEY(member_id, at),
    FOREIGN_KEY(COLUMNS(member_id), REFERENCES(members, id), DEFERRABLE),
    IN_SCHEMA("auth"), PARTITIONED_BY("range (at)"), ENABLE_RLS)

VIEW(happy, members, SELECT(members), WHERE(EQ(members.mood, MOOD_HAPPY)))

POLICY_ON(logins_read, ON_SQL("\"auth\".\"logins\""), FOR(SELECT), USING_SQL("true"))

SCHEMA(everything, happy, members, clubs, logins_read, logins, grade_type, plain_seq, invoices,
       citext, virga_there, virga_reader, existing_space, auth)
// clang-format on

static int setup(void **state)
{
    return pg_fixture_open(state, NULL, NULL);
}

/* Proves: S015 S016 S022 S032 S034 S035 S067 S068 S069 S071 S072 S073 S075 S076 S078 S079
 * S080 S081 S083
 * S084 S085 S086 S097 S099 S100 S101 S102 S103 S104 S105. */
static void test_create__makes_all_that_a_schema_says(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_create(f->db, &everything));
    check_ok(f->db, vg_create(f->db, &everything));
    check_pg(f->url,
             "select column_name, data_type, is_nullable, column_default from "
             "information_schema.columns where table_name = 'members' order by "
             "ordinal_position",
             "id|bigint|NO|nextval('members_id_seq'::regclass);"
             "club_id|bigint|NO|null;"
             "number|integer|NO|null;"
             "mood|USER-DEFINED|NO|'it''s ok'::mood;"
             "grades|ARRAY|YES|null;"
             "tags|ARRAY|NO|'{a,\"b c\"}'::character varying[];"
             "key|uuid|NO|gen_random_uuid();"
             "data|jsonb|NO|'{\"a\": 1}'::jsonb;"
             "joined|timestamp with time zone|NO|now();"
             "span|int4range|YES|null;"
             "every|interval|YES|'1 day'::interval day to second;"
             "twice|integer|YES|null");
    check_pg(
        f->url,
        "select conname, pg_get_constraintdef(oid) from pg_constraint where "
        "conrelid in ('members'::regclass, 'clubs'::regclass) order by 1",
        "clubs_code_key|UNIQUE NULLS NOT DISTINCT (code);"
        "clubs_name_unique|UNIQUE (name);"
        "clubs_owner_id_members_id_fk|FOREIGN KEY (owner_id) REFERENCES members(id) ON "
        "DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;"
        "clubs_pkey|PRIMARY KEY (id);"
        "members_club_id_clubs_id_fk|FOREIGN KEY (club_id) REFERENCES clubs(id) ON "
        "DELETE CASCADE;"
        "members_id|CHECK ((id > 0));"
        "members_pkey|PRIMARY KEY (id);"
        "members_span|EXCLUDE USING gist (span WITH &&) DEFERRABLE INITIALLY DEFERRED;"
        "members_three|UNIQUE NULLS NOT DISTINCT (span, every);"
        "members_two|UNIQUE (club_id, number)");
    check_pg(
        f->url,
        "select indexname, indexdef from pg_indexes where tablename = 'members' and "
        "indexname in ('members_ix', 'members_tags', 'members_key_ix') order by 1",
        "members_ix|CREATE INDEX members_ix ON public.members USING btree (club_id "
        "DESC "
        "NULLS LAST, lower((tags[1])::text)) INCLUDE (joined) WITH (fillfactor='70') "
        "WHERE (club_id > 0);"
        "members_key_ix|CREATE UNIQUE INDEX members_key_ix ON public.members USING "
        "btree "
        "(key);"
        "members_tags|CREATE INDEX members_tags ON public.members USING gin (tags)");
    check_pg(f->url,
             "select polname, polrelid::regclass, polpermissive, polcmd from pg_policy "
             "order "
             "by 1",
             "logins_read|auth.logins|t|r;members_read|members|t|r;members_write|"
             "members|f|*");
    check_pg(f->url,
             "select relname, relrowsecurity, relforcerowsecurity, relkind from "
             "pg_class where "
             "relname in ('members', 'logins', 'happy') order by 1",
             "happy|f|f|v;logins|t|f|p;members|t|t|r");
    check_pg(f->url,
             "select schemaname, sequencename, start_value, min_value, max_value, "
             "increment_by, "
             "cycle, cache_size from pg_sequences where sequencename in ('invoices', "
             "'plain', "
             "'member_numbers') order by 2",
             "public|invoices|1000|5|99999|10|t|3;"
             "public|member_numbers|7|1|2147483647|3|f|1;"
             "auth|plain|1|1|9223372036854775807|1|f|1");
    check_pg(f->url,
             "select enum_range(null::mood), enum_range(null::auth.school_grade)",
             "{sad,\"it's ok\",happy}|{a,b}");
    check_pg(
        f->url,
        "select rolcreatedb, rolinherit from pg_roles where rolname = 'virga_reader'",
        "t|f");
    check_pg(f->url, "select extname from pg_extension where extname = 'citext'",
             "citext");
}

// clang-format off
TABLE(watched, COLUMN(id, INTEGER, PRIMARY_KEY))
TRIGGER(watched_log, AFTER, INSERT, watched, "select 1;")
FTS_TABLE(searched, FTS_COLUMN(body))
SCHEMA(with_trigger, watched, watched_log)
SCHEMA(with_fts, searched)
// clang-format off
TABLE(computed,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(twice, INTEGER, GENERATED(VIRTUAL, "id * 2")))
// clang-format on
SCHEMA(with_virtual, computed)
// clang-format on

static void test_create__refuses_what_only_sqlite_has(void **state)
{
    fixture *f = *state;
    check_fails(f->db, vg_create(f->db, &with_trigger), VG_UNSUPPORTED,
                "watched_log: postgresql has no triggers");
    check_fails(f->db, vg_create(f->db, &with_fts), VG_UNSUPPORTED,
                "searched: postgresql has no full text search");
    check_fails(
        f->db, vg_create(f->db, &with_virtual), VG_SCHEMA,
        "table computed, column twice: postgresql has no GENERATED(VIRTUAL, ...); "
        "say STORED");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_create__makes_all_that_a_schema_says,
                                        setup, pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_create__refuses_what_only_sqlite_has,
                                        setup, pg_fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
