/* Triggers: made by vg_create, run by the database. */
#include "check.h"

// clang-format off
TABLE(notes,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL),
    COLUMN(body,  TEXT,    NAME("the body")),
    NAME("my notes"))
TABLE(log_lines, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(line, TEXT, NOT_NULL))
VIEW(titles, notes, SELECT(notes))
VIEW_EXISTING(elsewhere, COLUMN(id, INTEGER))

TRIGGER(note_added, AFTER, INSERT, notes,
    "insert into log_lines (line) values ('added ' || new.title)")
TRIGGER(note_going, BEFORE, DELETE, notes,
    "insert into log_lines (line) values ('going ' || old.title);"
    "insert into log_lines (line) values ('for good');\n")
TRIGGER(note_changed, AFTER, UPDATE, notes,
    "insert into log_lines (line) values ('changed')")
TRIGGER_WHEN(note_rewritten, AFTER, UPDATE_OF(title, body), notes,
    "old.title <> new.title or old.\"the body\" is not new.\"the body\"",
    "insert into log_lines (line) values ('rewritten ' || old.title)")
TRIGGER(title_put, INSTEAD_OF, INSERT, titles,
    "insert into \"my notes\" (title) values (new.title)")
SCHEMA(diary, note_added, note_going, note_changed, note_rewritten, title_put, notes,
       log_lines, titles)
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &diary, NULL);
}

static int teardown(void **state)
{
    return fixture_close(state);
}

/* Proves: S115. */
static void test_trigger__runs(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(notes, SET(title, "one"))));
    check_ok(f->db, vg_exec(f->db, UPDATE(notes, SET(id, 5)), ALL_ROWS));
    check_ok(f->db, vg_exec(f->db, UPDATE(notes, SET(title, "one")), ALL_ROWS));
    check_ok(f->db, vg_exec(f->db, UPDATE(notes, SET(body, "x")), ALL_ROWS));
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(notes), ALL_ROWS));
    check_rows(f->db, "select line from log_lines order by id",
               "added one;changed;changed;rewritten one;changed;going one;for good");
    check_ok(f->db, vg_exec(f->db, RAW("insert into titles (title) values ('two')")));
    check_rows(f->db, "select title from \"my notes\"", "two");
}

static void test_trigger__spelling(void **state)
{
    fixture *f = *state;
    check_rows(f->db, "select sql from sqlite_master where name = 'note_rewritten'",
               "CREATE TRIGGER `note_rewritten` AFTER UPDATE OF `title`, `the body` ON "
               "`my notes` WHEN old.title <> new.title or old.\"the body\" is not "
               "new.\"the body\" BEGIN\n\tinsert into log_lines (line) values "
               "('rewritten ' || old.title);\nEND");
    check_rows(
        f->db, "select sql from sqlite_master where name = 'note_going'",
        "CREATE TRIGGER `note_going` BEFORE DELETE ON `my notes` BEGIN\n\t"
        "insert into log_lines (line) values ('going ' || old.title);insert into "
        "log_lines (line) values ('for good');\nEND");
    check_rows(f->db, "select sql from sqlite_master where name = 'title_put'",
               "CREATE TRIGGER `title_put` INSTEAD OF INSERT ON `titles` BEGIN\n\t"
               "insert into \"my notes\" (title) values (new.title);\nEND");
    check_ok(f->db, vg_create(f->db, &diary)); /* they are there */
}

/* Proves: S114. */
static void test_trigger__introspection(void **state)
{
    (void)state;
    const vg_trigger *t = note_rewritten.vg_shape.trigger;
    assert_int_equal(note_rewritten.vg_shape.kind, VG_SHAPE_TRIGGER);
    assert_string_equal(vg_table_name(&note_rewritten.vg_shape), "note_rewritten");
    assert_ptr_equal(t->table, &notes.vg_shape);
    assert_int_equal(t->time, VG_TIME_AFTER);
    assert_int_equal(t->event, VG_EVENT_UPDATE);
    assert_int_equal(t->column_count, 2);
    assert_int_equal(t->columns[1], 2);
    assert_null(note_added.vg_shape.trigger->when);
    assert_int_equal(title_put.vg_shape.trigger->time, VG_TIME_INSTEAD_OF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_trigger__runs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_trigger__spelling, setup, teardown),
        cmocka_unit_test(test_trigger__introspection),
    };
    return cmocka_run_group_tests_name("trigger", tests, NULL, NULL);
}
