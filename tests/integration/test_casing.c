/* VG_CASING: names in the database that follow from the names in C. */
#include "check.h"
#include <pthread.h>

// clang-format off
#undef VG_CASING
#define VG_CASING SNAKE_CASE
#undef VG_TABLE_PREFIX
#define VG_TABLE_PREFIX "myApp_"
TABLE(userTeams,
    COLUMN(teamID,   INTEGER, PRIMARY_KEY),
    COLUMN(teamName, TEXT,    NOT_NULL))
#undef VG_TABLE_PREFIX
#define VG_TABLE_PREFIX ""

ENUM(mood, GOOD, BAD)

TABLE(appUsers,
    COLUMN(userID,       INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(fullName,     TEXT,      NOT_NULL, UNIQUE),
    COLUMN(isHTTPServer, BOOLEAN,   NOT_NULL, DEFAULT(0)),
    COLUMN(homeTown,     TEXT,      NAME("Town")),
    COLUMN(lastMood,     ENUM_TEXT(mood), CHECKED),
    COLUMN(teamID,       INTEGER,   REFERENCES(userTeams, teamID)),
    INDEX(userMoods, lastMood, teamID))
PROJECTION(moodCounts,
    FIELD(lastMood, appUsers.lastMood),
    FIELD(howMany,  COUNT(appUsers.userID)))
ALIAS(theCounts, moodCounts)
VIEW(moodView, moodCounts, SELECT(moodCounts), FROM(appUsers), GROUP_BY(appUsers.lastMood))
VIEW_SQL(shortUsers, "select user_id, full_name from app_users",
    COLUMN(userID,   INTEGER, NOT_NULL),
    COLUMN(fullName, TEXT,    NOT_NULL))

#undef VG_CASING
#define VG_CASING VG_CAMEL_CASE
TABLE(blog_posts,
    COLUMN(post_id,    INTEGER, PRIMARY_KEY),
    COLUMN(created_at, INTEGER, NOT_NULL),
    COLUMN(user_id,    INTEGER, REFERENCES(appUsers, userID)))
#undef VG_CASING
#define VG_CASING AS_IN_C
TABLE(plainNames, COLUMN(rowNumber, INTEGER, PRIMARY_KEY))
ALIAS(theBoss, appUsers)
SCHEMA(cased, userTeams, appUsers, moodView, shortUsers, blog_posts, plainNames)
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &cased, NULL);
}

/* Proves: S111 S112. */
static void test_casing__names_what_is_created(void **state)
{
    fixture *f = *state;
    check_rows(
        f->db,
        "select name from sqlite_master where sql is not null and name not like "
        "'sqlite%' order by rowid",
        "myApp_user_teams;app_users;blogPosts;plainNames;app_users_fullName_unique;"
        "userMoods;mood_view;short_users");
    check_rows(f->db, "select sql from sqlite_master where name = 'app_users'",
               "CREATE TABLE `app_users` (\n"
               "\t`user_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n"
               "\t`full_name` text NOT NULL,\n"
               "\t`is_http_server` integer DEFAULT false NOT NULL,\n"
               "\t`Town` text,\n\t`last_mood` text,\n\t`team_id` integer,\n"
               "\tFOREIGN KEY (`team_id`) REFERENCES `myApp_user_teams`(`team_id`) "
               "ON UPDATE no action ON DELETE no action,\n"
               "\tCONSTRAINT \"app_users_last_mood_check\" CHECK(\"last_mood\" in "
               "('GOOD', 'BAD'))\n)");
    check_rows(f->db, "select name from pragma_table_info('blogPosts')",
               "postId;createdAt;userId");
    check_rows(f->db, "select name from pragma_table_info('mood_view')",
               "last_mood;how_many");
    check_rows(f->db, "select name from pragma_index_info('userMoods')",
               "last_mood;team_id");
}

/* Proves: S111 S112. */
static void test_casing__is_in_each_statement(void **state)
{
    (void)state;
    check_sql("select \"user_id\", \"full_name\", \"is_http_server\", \"Town\", "
              "\"last_mood\", \"team_id\" from \"app_users\" where "
              "\"app_users\".\"user_id\" = ?",
              "[1]", SELECT(appUsers), WHERE(EQ(appUsers.userID, 1)));
    check_sql("select \"blogPosts\".\"createdAt\" from \"blogPosts\" inner join "
              "\"app_users\" \"theBoss\" on \"blogPosts\".\"userId\" = "
              "\"theBoss\".\"user_id\"",
              "[]", SELECT_VALUE(blog_posts.created_at), FROM(blog_posts),
              INNER_JOIN(theBoss, EQ(blog_posts.user_id, theBoss.userID)));
    check_sql(
        "insert into \"app_users\" (\"full_name\", \"is_http_server\") values (?, "
        "?) on conflict (\"full_name\") do update set \"full_name\" = "
        "excluded.\"full_name\" returning \"user_id\"",
        "[\"a\",1]", INSERT_INTO(appUsers, SET(fullName, "a"), SET(isHTTPServer, 1)),
        ON_CONFLICT(appUsers, KEY(fullName),
                    SET(fullName, EXCLUDED(appUsers.fullName))),
        RETURNING_VALUE(appUsers.userID));
    check_sql(
        "update \"app_users\" set \"team_id\" = ? where \"app_users\".\"user_id\" "
        "= ?",
        "[2,1]", UPDATE(appUsers, SET(teamID, 2)), WHERE(EQ(appUsers.userID, 1)));
    check_sql("delete from \"blogPosts\" where \"blogPosts\".\"createdAt\" < ?", "[5]",
              DELETE_FROM(blog_posts), WHERE(LT(blog_posts.created_at, 5)));
    check_sql("select \"how_many\" from (select \"last_mood\", count(\"user_id\") as "
              "\"how_many\" from \"app_users\") \"theCounts\"",
              "[]", SELECT_VALUE(theCounts.howMany),
              FROM(SUBQUERY(theCounts, SELECT(moodCounts), FROM(appUsers))));
}

static void test_casing__goes_through_the_database(void **state)
{
    fixture *f = *state;
    struct userTeams_new team = {.teamName = "x"};
    struct appUsers_new users[] = {{.fullName = "Ann Lee", .teamID = VG_SOME(1)},
                                   {.fullName = "Bo", .lastMood = VG_SOME(BAD)}};
    appUsers_list back;
    moodCounts_list counts;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(userTeams, VALUES(&team, 1))));
    check_ok(f->db,
             vg_all(f->db, &f->arena, &back, INSERT_INTO(appUsers, VALUES(users, 2)),
                    RETURNING(appUsers)));
    assert_int_equal(back.len, 2);
    check_text(back.data[1].fullName, "Bo");
    check_ok(f->db, vg_all(f->db, &f->arena, &counts, SELECT(moodView),
                           WHERE(IS_NOT_NULL(moodView.lastMood))));
    assert_int_equal(counts.len, 1);
    assert_int_equal(counts.data[0].howMany, 1);
    assert_int_equal(vg_exec(f->db, INSERT_INTO(appUsers, VALUES(users, 1))),
                     VG_UNIQUE);
    check_text(vg_errinfo(f->db)->table, "app_users");
    check_text(vg_errinfo(f->db)->column, "full_name");
}

static void test_casing__asks_by_the_name_in_c(void **state)
{
    (void)state;
    check_text(vg_table_name(&userTeams.vg_shape), "myApp_user_teams");
    check_text(vg_table_name(&shortUsers.vg_shape), "short_users");
    check_text(vg_table_name(&theBoss.vg_shape), "theBoss");
    const vg_column *c = vg_find_column(&appUsers.vg_shape, "isHTTPServer");
    check_text(vg_column_name(c), "is_http_server");
    check_text(vg_column_name(vg_find_column(&appUsers.vg_shape, "homeTown")), "Town");
    check_text(vg_column_name(plainNames.vg_columns), "rowNumber");
    assert_null(vg_find_column(&appUsers.vg_shape, "is_http_server"));
}

static char room[40];
static const vg_column shared = {
    .name = "isHTTPServer", .casing = VG_CASING_SNAKE, .cased = room};

static void *ask(void *arg)
{
    (void)arg;
    return (void *)vg_column_name(&shared);
}

/* All of them get the one name, complete. */
static void test_casing__threads_may_ask_at_once(void **state)
{
    (void)state;
    pthread_t threads[8];
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask, NULL), 0);
    for (size_t i = 0; i < 8; i++) {
        void *name;
        pthread_join(threads[i], &name);
        check_text(name, "is_http_server");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_casing__names_what_is_created, setup,
                                        fixture_close),
        cmocka_unit_test(test_casing__is_in_each_statement),
        cmocka_unit_test_setup_teardown(test_casing__goes_through_the_database, setup,
                                        fixture_close),
        cmocka_unit_test(test_casing__asks_by_the_name_in_c),
        cmocka_unit_test(test_casing__threads_may_ask_at_once),
    };
    return cmocka_run_group_tests_name("casing", tests, NULL, NULL);
}
