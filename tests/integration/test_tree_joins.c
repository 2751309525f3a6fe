/* Rows of a relation to one that are read along with the row they belong to: when, and that
 * nothing else follows from it. */
#include "check.h"

TABLE(writers, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL, UNIQUE),
      COLUMN(boss_id, INTEGER), ONE(boss, writers, boss_id),
      MANY(notes, notes, writer_id))
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      COLUMN(writer_id, INTEGER), COLUMN(reader_id, INTEGER), COLUMN(place_id, INTEGER),
      ONE(writer, writers, writer_id), ONE(reader, writers, reader_id),
      ONE(place, places, place_id))
TABLE(places, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      COLUMN(area, REAL), MANY(notes, notes, place_id))
SCHEMA(library, writers, notes, places)

static const char rows[] =
    "insert into writers (id, name, boss_id) values (1, 'Ada', null), (2, 'Bob', 1);"
    "insert into places (id, name, area) values (1, 'Rome', 1.5), (2, 'Oslo', null);"
    "insert into notes (id, name, writer_id, reader_id, place_id) values "
    "(1, 'one', 1, 2, 2), (2, 'two', 2, null, null), (3, 'three', 2, 2, 1), "
    "(4, 'four', 9, 9, 9);";

static int setup(void **state)
{
    return fixture_open(state, &library, rows);
}

/* How many statements the call runs. */
static uint64_t statements(const fixture *f)
{
    vg_stats s = vg_statistics(f->db);
    return s.hits + s.misses;
}

#define check_count(f, count, call)                                   \
    do {                                                              \
        uint64_t before_call = statements(f);                         \
        check_ok_at((f)->db, (call), "the call", __FILE__, __LINE__); \
        uint64_t more = statements(f) - before_call;                  \
        assert_int_equal(more, (count));                              \
    } while (0)

static void test_tree_joins__one_row_and_what_it_refers_to(void **state)
{
    fixture *f = *state;
    struct notes *note, other;
    notes_list list;
    check_count(f, 1,
                vg_one(f->db, &f->arena, &note, SELECT(notes),
                       WHERE(EQ(notes.name, "one")), WITH(notes, writer),
                       WITH(notes, place)));
    assert_string_equal(note->name, "one");
    assert_string_equal(note->writer->name, "Ada");
    assert_string_equal(note->place->name, "Oslo");
    assert_false(note->place->area.has);
    assert_true(VG_LOADED(note, writer) && VG_LOADED(note, place));
    assert_false(VG_LOADED(note, reader));
    assert_false(VG_LOADED(note->writer, boss));
    check_count(f, 1,
                vg_get(f->db, &f->arena, &other, SELECT(notes), WHERE(EQ(notes.id, 2)),
                       WITH(notes, writer), WITH(notes, place)));
    assert_string_equal(other.writer->name, "Bob");
    assert_true(VG_LOADED(&other, place));
    assert_null(other.place);
    check_count(f, 1,
                vg_all(f->db, &f->arena, &list, SELECT(notes),
                       WHERE(AND(EQ(notes.id, 3), GT(notes.writer_id, 0))),
                       WITH(notes, place)));
    assert_int_equal(list.len, 1);
    assert_true(list.data[0].place->area.has && list.data[0].place->area.v == 1.5);
    check_count(f, 1,
                vg_one(f->db, &f->arena, &note, SELECT(notes), WHERE(EQ(notes.id, 4)),
                       WITH(notes, place)));
    assert_null(note->place);
    assert_int_equal(vg_one(f->db, &f->arena, &note, SELECT(notes),
                            WHERE(EQ(notes.id, 5)), WITH(notes, place)),
                     VG_NOT_FOUND);
    assert_null(note);
}

/* The first by its order, and beside it what takes a statement more. */
static void test_tree_joins__stand_beside_others(void **state)
{
    fixture *f = *state;
    struct notes *note;
    struct writers *writer;
    check_count(f, 4,
                vg_one(f->db, &f->arena, &note, SELECT(notes),
                       WHERE(IS_NOT_NULL(notes.reader_id)), ORDER_BY(DESC(notes.id)),
                       OFFSET(1), LIMIT(1), WITH(notes, writer), WITH(notes, reader),
                       WITH(notes, place, WITH(places, notes))));
    assert_int_equal(note->id, 3);
    assert_string_equal(note->writer->name, "Bob");
    assert_string_equal(note->reader->name, "Bob");
    assert_int_equal(note->place->notes.len, 1);
    check_count(f, 2,
                vg_one(f->db, &f->arena, &writer, SELECT(writers),
                       WHERE(EQ(writers.name, "Bob")), WITH(writers, boss)));
    assert_string_equal(writer->boss->name, "Ada");
    check_count(f, 2,
                vg_one(f->db, &f->arena, &writer, SELECT(writers),
                       WHERE(EQ(writers.id, 2)),
                       WITH(writers, notes, ORDER_BY(notes.id), WITH(notes, place))));
    assert_int_equal(writer->notes.len, 2);
    assert_null(writer->notes.data[0].place);
    assert_string_equal(writer->notes.data[1].place->name, "Rome");
}

/* A list reads each row once, whoever refers to it. */
static void test_tree_joins__are_not_for_lists(void **state)
{
    fixture *f = *state;
    notes_list list;
    check_count(f, 2,
                vg_all(f->db, &f->arena, &list, SELECT(notes), ORDER_BY(notes.id),
                       WHERE(EQ(notes.writer_id, 2)), WITH(notes, writer)));
    assert_int_equal(list.len, 2);
    assert_ptr_equal(list.data[0].writer, list.data[1].writer);
}

/* SQL text names columns without their table: "name" must go on to mean the note's. */
static void test_tree_joins__leave_sql_text_alone(void **state)
{
    fixture *f = *state;
    struct notes *note;
    struct writers *writer;
    check_ok(f->db, vg_one(f->db, &f->arena, &note, SELECT(notes),
                           WHERE(SQL(BOOLEAN, "name = ?", "one")),
                           ORDER_BY(SQL(TEXT, "name")), WITH(notes, writer)));
    assert_string_equal(note->writer->name, "Ada");
    check_ok(f->db, vg_one(f->db, &f->arena, &writer, SELECT(writers),
                           WHERE(EQ(writers.id, 2)),
                           WITH(writers, notes, WHERE(SQL(BOOLEAN, "name > ?", "two")),
                                WITH(notes, place))));
    assert_int_equal(writer->notes.len, 0);
    check_ok(
        f->db,
        vg_one(f->db, &f->arena, &writer, SELECT(writers), WHERE(EQ(writers.id, 2)),
               WITH(writers, notes, ORDER_BY(SQL(TEXT, "name")), WITH(notes, place))));
    assert_string_equal(writer->notes.data[0].place->name, "Rome");
    check_ok(f->db, vg_one(f->db, &f->arena, &note, SELECT(notes),
                           WHERE(HAS(notes, place, EQ(places.name, "Rome"))),
                           WITH(notes, place)));
    assert_string_equal(note->place->name, "Rome");
}

static void test_tree_joins__refuse_what_stands_twice(void **state)
{
    fixture *f = *state;
    struct notes *note;
    check_fails(f->db,
                vg_one(f->db, &f->arena, &note, SELECT(notes), WHERE(EQ(notes.id, 1)),
                       WITH(notes, place), WITH(notes, place)),
                VG_INVALID, "WITH(notes, place) stands twice");
    assert_int_equal(vg_one(f->db, NULL, &note, SELECT(notes), WHERE(EQ(notes.id, 1)),
                            WITH(notes, place)),
                     VG_MISUSE);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_tree_joins__##name, setup, fixture_close)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(one_row_and_what_it_refers_to),
        TEST(stand_beside_others),
        TEST(are_not_for_lists),
        TEST(leave_sql_text_alone),
        TEST(refuse_what_stands_twice),
    };
    return run_portable_tests(tests);
}
