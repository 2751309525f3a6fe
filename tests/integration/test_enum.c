/* Enums: C constants in a row and in queries, texts or numbers in the database. */
#include "check.h"

// clang-format off
ENUM(role, VALUE(ROLE_USER, "user"), VALUE(ROLE_ADMIN, "admin"), VALUE(ROLE_OWNER, "it's"))
ENUM(level, LOW, VALUE(MID, "middle", 5), HIGH)

static vg_value next_level(char room[VG_DEFAULT_ROOM]);

TABLE(members,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(role,   ENUM_TEXT(role),     NOT_NULL, DEFAULT(ROLE_USER), CHECKED),
    COLUMN(former, ENUM_TEXT(role)),
    COLUMN(level,  ENUM_INTEGER(level), NOT_NULL, CHECKED),
    COLUMN(best,   ENUM_INTEGER(level), DEFAULT(MID)),
    COLUMN(next,   ENUM_TEXT(level),    NOT_NULL, DEFAULT_FN(next_level)),
    INDEX(members_role_idx, role))
ALIAS(other, members)

PROJECTION(member_card,
    FIELD(role,      members.role),
    FIELD(former,    members.former),
    FIELD_AS(typed,  ENUM_TEXT(role), members.role),
    FIELD_AS(maybe,  ENUM_TEXT(role), members.former),
    FIELD(highest,   MAX(members.level)))
PROJECTION(mixed_up, FIELD_AS(role, ENUM_TEXT(level), members.role))

TABLE(odd_defaults, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(l, ENUM_TEXT(level), DEFAULT(3)))
TABLE(odd_checks, COLUMN(id, INTEGER, PRIMARY_KEY, CHECKED))
ENUM(twins, TWIN_A, VALUE(TWIN_B, "TWIN_A"))
TABLE(odd_twins, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(l, ENUM_TEXT(twins)))
QUERY(join, EXEC, PARAMS(ENUM_TEXT(role, as), OPT_ENUM_TEXT(role, before), ENUM_INTEGER(level, on)),
      INSERT_INTO(members, SET(role, as), SET(former, before), SET(level, on)))
QUERY(of_role, ALL(INTEGER), PARAMS(ENUM_TEXT(role, role), ENUM_INTEGER(level, least)),
      SELECT_VALUE(members.id), FROM(members),
      WHERE(AND(IN(members.role, role), GTE(members.level, least))))
QUERY(leave, EXEC, PARAMS(OPT_ENUM_TEXT(role, role)),
      UPDATE(members, SET(former, NULLABLE(role))), ALL_ROWS)
SCHEMA(club, members)
SCHEMA(club_1, odd_defaults)
SCHEMA(club_2, odd_checks)
SCHEMA(club_3, odd_twins)
// clang-format on

static vg_value next_level(char room[VG_DEFAULT_ROOM])
{
    (void)room;
    return vg_of_int(HIGH);
}

static int setup(void **state)
{
    return fixture_open(state, &club, NULL);
}

/* Proves: S007. */
static void test_enum__is_created_with_its_check(void **state)
{
    fixture *f = *state;
    check_rows(
        f->db, "select sql from sqlite_master where name = 'members'",
        "CREATE TABLE `members` (\n\t`id` integer PRIMARY KEY NOT NULL,\n"
        "\t`role` text DEFAULT 'user' NOT NULL,\n\t`former` text,\n"
        "\t`level` integer NOT NULL,\n\t`best` integer DEFAULT 5,\n"
        "\t`next` text NOT NULL,\n"
        "\tCONSTRAINT \"members_role_check\" CHECK(\"role\" in ('user', 'admin', "
        "'it''s')),\n"
        "\tCONSTRAINT \"members_level_check\" CHECK(\"level\" in (0, 5, 6))\n)");
}

/* Proves: S007 S061. */
static void test_enum__goes_in_and_out(void **state)
{
    fixture *f = *state;
    struct members *m;
    members_list list;
    check_ok(f->db, vg_one(f->db, &f->arena, &m, INSERT_INTO(members, SET(level, LOW)),
                           RETURNING(members)));
    assert_int_equal(m->role, ROLE_USER);
    assert_false(m->former.has);
    assert_int_equal(m->best.v, MID);
    assert_int_equal(m->next, HIGH);
    enum role role = ROLE_OWNER;
    struct members_new rows[] = {
        {.role = VG_SOME(ROLE_ADMIN), .level = HIGH, .former = VG_SOME(ROLE_USER)},
        {.level = MID, .next = VG_SOME(LOW)}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(members, VALUES(rows, 2))));
    check_ok(f->db, vg_exec(f->db, UPDATE(members, SET(role, role), SET(former, NULL)),
                            WHERE(EQ(members.role, ROLE_ADMIN))));
    check_rows(f->db, "select role, former, level, best, next from members",
               "user|null|0|5|HIGH;it's|null|6|5|HIGH;user|null|5|5|LOW");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(other),
                    WHERE(AND(IN(other.role, ROLE_USER, role), NE(other.level, LOW),
                              IN_ARRAY(other.level, ((int[]){LOW, MID}), 2))),
                    ORDER_BY(DESC(other.role))));
    assert_int_equal(list.len, 1);
    assert_int_equal(list.data[0].next, LOW);
    check_ok(f->db,
             vg_exec(f->db,
                     INSERT_INTO(members, SET(id, 1), SET(level, MID), SET(role, role)),
                     ON_CONFLICT(members, KEY(id), SET(role, EXCLUDED(members.role)),
                                 SET(former, members.role))));
    check_rows(f->db, "select role, former from members where id = 1", "it's|user");
}

static void test_enum__in_a_projection(void **state)
{
    fixture *f = *state;
    struct member_card *card;
    int role;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(members, SET(level, MID))));
    check_ok(f->db,
             vg_one(f->db, &f->arena, &card, SELECT(member_card), FROM(members)));
    assert_int_equal(card->role, ROLE_USER);
    assert_int_equal(card->typed, ROLE_USER);
    assert_false(card->former.has || card->maybe.has);
    assert_int_equal(card->highest.v, MID);
    check_ok(f->db, vg_get(f->db, &f->arena, &role, SELECT_VALUE(members.role)));
    assert_int_equal(role, ROLE_USER);
    check_no_sql("mixed_up.role: FIELD_AS says level, the column is of role",
                 SELECT(mixed_up), FROM(members));
}

static void test_enum__refuses_what_it_has_not(void **state)
{
    fixture *f = *state;
    struct members *m;
    struct members_new row = {.level = (enum level)3};
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(members, SET(level, 4))), VG_VALUE,
                "level: 4 is no value of enum level");
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(members, VALUES(&row))), VG_VALUE,
                "level: 3 is no value of enum level");
    check_fails(f->db,
                vg_one(f->db, &f->arena, &m, SELECT(members),
                       WHERE(IN(members.role, ROLE_USER, 77))),
                VG_VALUE, "role: 77 is no value of enum role");
    check_ok(f->db, vg_script(f->db, "pragma ignore_check_constraints = 1;"
                                     "insert into members (level, role, next)"
                                     " values (0, 'boss', 'LOW')"));
    check_fails(
        f->db, vg_one(f->db, &f->arena, &m, SELECT(members)), VG_VALUE,
        "members.role: the database holds something that is no value of the enum");
    check_ok(f->db, vg_script(f->db, "update members set role = 'user', level = 1"));
    check_fails(
        f->db, vg_one(f->db, &f->arena, &m, SELECT(members)), VG_VALUE,
        "members.level: the database holds something that is no value of the enum");
}

static void test_enum__refuses_a_schema_that_makes_no_sense(void **state)
{
    fixture *f = *state;
    check_fails(f->db, vg_create(f->db, &club_1), VG_SCHEMA,
                "odd_defaults.l: DEFAULT(3) is no value of enum level");
    check_fails(f->db, vg_create(f->db, &club_2), VG_SCHEMA,
                "odd_checks.id: CHECKED is for an enum");
    check_fails(f->db, vg_create(f->db, &club_3), VG_SCHEMA,
                "enum twins: two values are \"TWIN_A\" or 1");
}

static void test_enum__has_texts(void **state)
{
    (void)state;
    int64_t value = 9;
    check_text(vg_label_text(&vg_coder_level, MID), "middle");
    assert_null(vg_label_text(&vg_coder_level, 1));
    assert_true(vg_label_value(&vg_coder_level, "HIGH!", 4, &value));
    assert_int_equal(value, HIGH);
    assert_false(vg_label_value(&vg_coder_level, "HIGH", 3, &value));
    assert_false(vg_label_value(&vg_coder_level, "", 0, &value));
}

/* A parameter is stored as its column is, or as its own type says. */
static void test_enum__parameters_of_queries(void **state)
{
    fixture *f = *state;
    vg_int_list ids;
    check_ok(f->db, join(f->db, ROLE_ADMIN, (vg_opt_int){0}, MID));
    check_ok(f->db, join(f->db, ROLE_USER, (vg_opt_int)VG_SOME(ROLE_OWNER), LOW));
    check_rows(f->db, "select role, former, level from members",
               "admin|null|5;user|it's|0");
    check_ok(f->db, of_role(f->db, &f->arena, &ids, ROLE_ADMIN, MID));
    assert_int_equal(ids.len, 1);
    check_ok(f->db, leave(f->db, (vg_opt_int){0}));
    check_rows(f->db, "select former from members", "null;null");
    check_ok(f->db, leave(f->db, (vg_opt_int)VG_SOME(ROLE_OWNER)));
    check_rows(f->db, "select former from members", "it's;it's");
    check_fails(f->db, join(f->db, (enum role)77, (vg_opt_int){0}, MID), VG_VALUE,
                "role: 77 is no value of enum role");
    check_fails(f->db, leave(f->db, (vg_opt_int)VG_SOME(9)), VG_VALUE,
                "role: 9 is no value of enum role");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_enum__is_created_with_its_check),
        TEST(test_enum__goes_in_and_out),
        TEST(test_enum__in_a_projection),
        TEST(test_enum__refuses_what_it_has_not),
        TEST(test_enum__refuses_a_schema_that_makes_no_sense),
        TEST(test_enum__has_texts),
        TEST(test_enum__parameters_of_queries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
