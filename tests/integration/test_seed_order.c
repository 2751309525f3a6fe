/* Seeding and keys that lead in circles, to the table itself, over several columns, or are none to
 * the database. Runs on both databases. */
#include "check.h"
#include <virga/seed.h>

// clang-format off
TABLE_LATER(people)

/* A circle in which one side may be NULL. */
TABLE(teams,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(lead_id, INTEGER, REFERENCES_LATER(people, id)),
    COLUMN(name,    TEXT))
TABLE(people,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(team_id, INTEGER, NOT_NULL, REFERENCES(teams, id)),
    COLUMN(boss_id, INTEGER, NOT_NULL, REFERENCES(people, id)))
SCHEMA(circle, teams, people)

/* One in which none may. */
TABLE_LATER(hens)
TABLE(eggs,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(hen_id, INTEGER, NOT_NULL, REFERENCES_LATER(hens, id)))
TABLE(hens,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(egg_id, INTEGER, NOT_NULL, REFERENCES(eggs, id)))
SCHEMA(farm, eggs, hens)

/* Keys of several columns, of which one is a key to another table. */
TABLE(rooms,
    COLUMN(house, TEXT, NOT_NULL),
    COLUMN(number, INTEGER, NOT_NULL),
    PRIMARY_KEY(house, number))
TABLE(slots,
    COLUMN(house,  TEXT, NOT_NULL),
    COLUMN(number, INTEGER, NOT_NULL),
    COLUMN(hour,   INTEGER, NOT_NULL),
    PRIMARY_KEY(house, number, hour),
    FOREIGN_KEY(COLUMNS(house, number), REFERENCES(rooms, house, number)),
    CHECK(slots_hour, "hour between 0 and 23"))
TABLE(bookings,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(house,  TEXT, NOT_NULL),
    COLUMN(number, INTEGER, NOT_NULL),
    COLUMN(hour,   INTEGER, NOT_NULL),
    UNIQUE(bookings_slot, house, number, hour),
    FOREIGN_KEY(COLUMNS(house, number, hour), REFERENCES(slots, house, number, hour)))
SCHEMA(hotel, bookings, slots, rooms)

/* Relations that the database does not know. */
TABLE(singers,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT))
TABLE(songs,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(singer_id, INTEGER, NOT_NULL),
    ONE(singer, singers, singer_id))
TABLE(plays,
    COLUMN(song_id,   INTEGER, NOT_NULL),
    COLUMN(list_id,   INTEGER, NOT_NULL),
    PRIMARY_KEY(song_id, list_id))
TABLE(lists,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT, NOT_NULL, UNIQUE),
    MANY_THROUGH(songs, songs, plays, list_id, song_id))
/* A key of which another one is a part, and a key to what has another type. */
TABLE(marks,
    COLUMN(singer_id, INTEGER, NOT_NULL, REFERENCES(singers, id)),
    COLUMN(list_id,   INTEGER, NOT_NULL),
    COLUMN(mark,      INTEGER, NOT_NULL),
    PRIMARY_KEY(singer_id, list_id),
    UNIQUE(marks_all, mark, list_id, singer_id))
TABLE(odd,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(singer,  TEXT),
    ONE(who, singers, singer))
// clang-format on
SCHEMA(judges, singers, marks)
SCHEMA(mixed, singers, odd)
SCHEMA(music, plays, songs, singers, lists)

static int setup_circle(void **state)
{
    return fixture_open(state, &circle, NULL);
}

static int setup_farm(void **state)
{
    return fixture_open(state, &farm, NULL);
}

static int setup_hotel(void **state)
{
    return fixture_open(state, &hotel, NULL);
}

static int setup_music(void **state)
{
    return fixture_open(state, &music, NULL);
}

/* Proves: D006. */
static void test_seed_order__a_circle_that_may_be_null(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_seed(f->db, &circle, &(vg_seed_options){.seed = 1, .count = 30}));
    check_rows(f->db, "select count(lead_id), count(distinct lead_id) > 5 from teams",
               on_sqlite() ? "30|1" : "30|t");
    check_rows(f->db,
               "select count(*) from people p join people b on b.id = p.boss_id "
               "where b.id <= p.id",
               "30");
    check_ok(f->db, vg_seed(f->db, &circle, &(vg_seed_options){.reset = true}));
    check_ok(f->db, vg_seed_reset(f->db, &circle));
    check_rows(f->db,
               "select (select count(*) from teams) + (select count(*) from people)",
               "0");
}

/* Proves: D006. */
static void test_seed_order__a_circle_that_may_not(void **state)
{
    fixture *f = *state;
    int rc = vg_seed(f->db, &farm, &(vg_seed_options){.seed = 1, .count = 30});
    if (on_sqlite()) {
        check_ok(f->db, rc);
        check_rows(f->db,
                   "select count(*) from eggs join hens on hens.id = eggs.hen_id",
                   "30");
        return;
    }
    check_fails(
        f->db, rc, VG_INVALID,
        "hens.egg_id: the foreign keys between hens and eggs form a circle; let one "
        "of their columns be NULL, or declare the key DEFERRABLE");
}

/* Proves: D008. */
static void test_seed_order__keys_of_several_columns(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_seed(f->db, &hotel,
                     &(vg_seed_options){
                         .seed = 1,
                         .plan = VG_SEED_PLAN(
                             VG_SEED(rooms.house, vg_gen_texts(("A", "B"))),
                             VG_SEED(rooms.number, vg_gen_int(.min = 1, .max = 3)),
                             VG_SEED_COUNT(rooms, 6), VG_SEED_COUNT(slots, 6 * 24),
                             VG_SEED_COUNT(bookings, 6 * 24))}));
    check_rows(f->db,
               "select (select count(*) from slots), (select count(*) from bookings)",
               "144|144");
    check_fails(
        f->db,
        vg_seed(f->db, &hotel,
                &(vg_seed_options){
                    .plan = VG_SEED_PLAN(
                        VG_SEED(rooms.house, vg_gen_texts(("A", "B"))),
                        VG_SEED(rooms.number, vg_gen_int(.min = 1, .max = 3)))}),
        VG_INVALID, "rooms: 10 different rows wanted of (house, number), 6 exist");
}

/* Proves: D006. */
static void test_seed_order__relations_without_a_key(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_seed(f->db, &music,
                     &(vg_seed_options){
                         .count = 20,
                         .plan = VG_SEED_PLAN(VG_SEED_COUNT(singers, 4),
                                              VG_SEED_WITH(lists, plays.list_id, 5))}));
    check_rows(f->db,
               "select count(*) from songs join singers on singers.id = singer_id",
               "20");
    check_rows(f->db,
               "select count(*) from plays join songs on songs.id = song_id "
               "join lists on lists.id = list_id",
               "100");
}

/* Proves: D008. */
static void test_seed_order__a_key_in_a_key(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_create(f->db, &judges));
    check_ok(
        f->db,
        vg_seed(f->db, &judges,
                &(vg_seed_options){
                    .count = 12,
                    .plan = VG_SEED_PLAN(VG_SEED_COUNT(singers, 3),
                                         VG_SEED(marks.list_id, vg_gen_int(.max = 3)),
                                         VG_SEED(marks.mark, vg_gen_ints((1))))}));
    check_rows(f->db, "select count(*), count(distinct list_id) from marks", "12|4");
    check_fails(
        f->db, vg_seed(f->db, &mixed, NULL), VG_INVALID,
        "column odd.singer: it refers to singers.id, which has another type; say "
        "its values with VG_SEED");
}

int main(void)
{
#define TEST(schema, name)                                                   \
    cmocka_unit_test_setup_teardown(test_seed_order__##name, setup_##schema, \
                                    fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(circle, a_circle_that_may_be_null),
        TEST(farm, a_circle_that_may_not),
        TEST(hotel, keys_of_several_columns),
        TEST(music, relations_without_a_key),
        TEST(music, a_key_in_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
