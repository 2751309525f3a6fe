/* vg_verify: one query for each thing that it can find, and its counterpart in which there
 * is nothing to find. */
#include "check.h"
#include "rt_heap.h"

// clang-format off
TABLE(people,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(name,  TEXT,    NOT_NULL, UNIQUE),
    COLUMN(email, TEXT),
    COLUMN(boss,  INTEGER, REFERENCES_LATER(people, id)),
    COLUMN(age,   INTEGER, NOT_NULL, DEFAULT(0)))
TABLE(notes,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(author, INTEGER, NOT_NULL, REFERENCES(people, id)),
    COLUMN(reader, INTEGER, REFERENCES(people, id)),
    COLUMN(title,  TEXT,    NOT_NULL),
    INDEX(notes_author, author))
TABLE(ghosts, COLUMN(id, INTEGER, PRIMARY_KEY))
VIEW(signed_notes, notes, SELECT(notes), WHERE(GT(notes.author, 0)))
SCHEMA(office, people, notes, signed_notes)
ALIAS(boss, people)
ALIAS(recent, notes)

PROJECTION(note_row, FIELD(title, notes.title), FIELD(author, people.name))
PROJECTION(note_row_null, FIELD(title, notes.title), FIELD(author, NULLABLE(people.name)))
PROJECTION(note_loud, FIELD(id, notes.id), FIELD(loud, UPPER(CONCAT(people.name, "!"))))
PROJECTION(note_whole, ROW(note, notes), ROW(author, people))
PROJECTION(note_maybe, ROW(note, notes), OPT_ROW(author, people))
PROJECTION(named_count, FIELD(title, notes.title), FIELD(count, COUNT()))

/* Nothing to find. */
QUERY(good_one, ONE(people), PARAMS(INTEGER(id)), SELECT(people), WHERE(EQ(people.id, id)))
QUERY(good_page, ALL(people), PARAMS(INTEGER(most)),
      SELECT(people), ORDER_BY(people.id), LIMIT(most))
QUERY(good_join, ALL(note_row), PARAMS(INTEGER(id)), SELECT(note_row), FROM(people),
      INNER_JOIN(notes, EQ(notes.author, people.id)), WHERE(EQ(people.id, id)))
QUERY(good_left, ALL(note_row_null), PARAMS(INTEGER(id)), SELECT(note_row_null), FROM(notes),
      LEFT_JOIN(people, EQ(notes.author, people.id)), WHERE(EQ(notes.id, id)))
QUERY(good_maybe, ALL(note_maybe), PARAMS(INTEGER(id)), SELECT(note_maybe), FROM(notes),
      LEFT_JOIN(people, EQ(notes.author, people.id)), WHERE(EQ(notes.id, id)))
QUERY(good_insert, EXEC, PARAMS(TEXT(name), OPT_TEXT(email)),
      INSERT_INTO(people, SET(name, name), SET(email, email)))
QUERY(good_scan, ALL(people), PARAMS(), SELECT(people), ALLOW(FULL_SCAN, people, "a list of all"))
QUERY(good_alias, ALL(people), PARAMS(), SELECT(boss), FROM(boss),
      ALLOW(FULL_SCAN, boss, "all of them"))
QUERY(good_sort, ALL(notes), PARAMS(INTEGER(author)),
      SELECT(notes), WHERE(EQ(notes.author, author)), ORDER_BY(notes.title),
      ALLOW(TEMP_BTREE, "few notes for one author"))
QUERY(good_returning, ONE(people), PARAMS(INTEGER(age)), UPDATE(people, SET(age, age)),
      WHERE(EQ(people.age, age)), ALLOW(FULL_SCAN, people, "once a year"), RETURNING(people))
QUERY(good_raw, ALL(people), PARAMS(INTEGER(id)),
      RAW_SELECT(people, "with recursive up(n) as (select ? union all select boss from people, up "
                         "where people.id = n) select people.* from people join up on id = n", id))
QUERY(good_derived, ALL(notes), PARAMS(INTEGER(id)), SELECT(recent),
      FROM(SUBQUERY(recent, SELECT(notes), WHERE(EQ(notes.author, id)), LIMIT(5))))

/* One finding each. */
QUERY(bad_table, ALL(ghosts), PARAMS(), SELECT(ghosts))
QUERY(bad_from, ALL(people), PARAMS(), SELECT(people), WHERE(EQ(notes.id, 1)))
QUERY(bad_type, ALL(people), PARAMS(INTEGER(id)),
      RAW_SELECT(people, "select id, age, email, boss, age from people where id = ?", id))
QUERY(bad_count, ALL(people), PARAMS(INTEGER(id)),
      RAW_SELECT(people, "select id, name from people where id = ?", id))
QUERY(bad_null, ALL(note_row), PARAMS(INTEGER(id)), SELECT(note_row), FROM(notes),
      LEFT_JOIN(people, EQ(notes.author, people.id)), WHERE(EQ(notes.id, id)))
QUERY(bad_null_inside, ALL(note_loud), PARAMS(INTEGER(id)), SELECT(note_loud), FROM(notes),
      LEFT_JOIN(people, EQ(notes.author, people.id)), WHERE(EQ(notes.id, id)))
QUERY(bad_null_row, ALL(note_whole), PARAMS(INTEGER(id)), SELECT(note_whole), FROM(notes),
      LEFT_JOIN(people, EQ(notes.author, people.id)), WHERE(EQ(notes.id, id)))
QUERY(bad_null_value, ALL(TEXT), PARAMS(INTEGER(id)), SELECT_VALUE(people.name), FROM(notes),
      LEFT_JOIN(people, EQ(notes.author, people.id)), WHERE(EQ(notes.id, id)))
QUERY(bad_null_param, EXEC, PARAMS(OPT_TEXT(name)), INSERT_INTO(people, SET(name, name)))
QUERY(bad_scan, ALL(people), PARAMS(INTEGER(age)), SELECT(people), WHERE(GT(people.age, age)))
QUERY(bad_scan_limit, ALL(people), PARAMS(INTEGER(age)), SELECT(people),
      WHERE(GT(people.age, age)), LIMIT(1))
QUERY(bad_scan_count, GET(INTEGER), PARAMS(), SELECT_VALUE(COUNT()), FROM(notes))
QUERY(bad_scan_inside, ALL(people), PARAMS(INTEGER(id)), SELECT(people),
      WHERE(AND(EQ(people.id, id), EXISTS(SELECT(notes), WHERE(EQ(notes.title, people.name))))))
QUERY(bad_sort, ALL(notes), PARAMS(INTEGER(author)), SELECT(notes), WHERE(EQ(notes.author, author)),
      ORDER_BY(notes.title))
QUERY(bad_group, ALL(named_count), PARAMS(INTEGER(author)), SELECT(named_count), FROM(notes),
      WHERE(EQ(notes.author, author)), GROUP_BY(notes.title))
QUERY(bad_unused, ALL(people), PARAMS(INTEGER(id), TEXT(name)), SELECT(people),
      WHERE(EQ(people.id, id)))
QUERY(bad_allow, ONE(people), PARAMS(INTEGER(id)), SELECT(people), WHERE(EQ(people.id, id)),
      ALLOW(FULL_SCAN, people, "not any more"))
QUERY(bad_values, EXEC, PARAMS(), INSERT_INTO(people, VALUES((const struct people_new *)NULL, 0)))
QUERY(bad_limit, ALL(people), PARAMS(), SELECT(people), LIMIT(people.id))
// clang-format on

UNINDEXED(people, boss, "nobody is deleted")

static const struct {
    vg_finding_kind kind;
    const char *name, *text;
} expected[] = {
    {VG_FOUND_ERROR, "bad_table", "no such table: ghosts"},
    {VG_FOUND_ERROR, "bad_from",
     "column notes.id: notes is not in FROM; add FROM(notes) or a join with it"},
    {VG_FOUND_TYPE, "bad_type",
     "the database declares column 2 of the result as INTEGER, but name is text"},
    {VG_FOUND_ERROR, "bad_count",
     "the statement yields 2 columns, but a row of people has 5"},
    {VG_FOUND_NULL, "bad_null",
     "the field note_row.author is NOT NULL, but the outer join may find no row of "
     "people "
     "for people.name: say NULLABLE, or INNER_JOIN"},
    {VG_FOUND_NULL, "bad_null_inside",
     "the field note_loud.loud is NOT NULL, but the outer join may find no row of "
     "people "
     "for people.name: say NULLABLE, or INNER_JOIN"},
    {VG_FOUND_NULL, "bad_null_row",
     "the field note_whole.author is a whole row, but the outer join may find none of "
     "people: say OPT_ROW, or INNER_JOIN"},
    {VG_FOUND_NULL, "bad_null_value",
     "the value is NOT NULL, but the outer join may find no row of people for "
     "people.name: "
     "say NULLABLE, or INNER_JOIN"},
    {VG_FOUND_NULL, "bad_null_param",
     "SET(name): the column is NOT NULL, but the parameter name may be NULL: declare "
     "it "
     "without OPT_"},
    {VG_FOUND_FULL_SCAN, "bad_scan",
     "reads all of people (SCAN people): add an index, or say ALLOW(FULL_SCAN, people, "
     "\"why\")"},
    {VG_FOUND_FULL_SCAN, "bad_scan_limit",
     "reads all of people (SCAN people): add an index, or say ALLOW(FULL_SCAN, people, "
     "\"why\")"},
    {VG_FOUND_FULL_SCAN, "bad_scan_count",
     "reads all of notes (SCAN notes USING COVERING INDEX notes_author): add an index, "
     "or "
     "say ALLOW(FULL_SCAN, notes, \"why\")"},
    {VG_FOUND_FULL_SCAN, "bad_scan_inside",
     "reads all of notes (SCAN notes): add an index, or say ALLOW(FULL_SCAN, notes, "
     "\"why\")"},
    {VG_FOUND_TEMP_BTREE, "bad_sort",
     "keeps rows in a temporary b-tree (USE TEMP B-TREE FOR ORDER BY): add an index in "
     "that order, or say ALLOW(TEMP_BTREE, \"why\")"},
    {VG_FOUND_TEMP_BTREE, "bad_group",
     "keeps rows in a temporary b-tree (USE TEMP B-TREE FOR GROUP BY): add an index in "
     "that order, or say ALLOW(TEMP_BTREE, \"why\")"},
    {VG_FOUND_UNUSED, "bad_unused", "the parameter name is not used"},
    {VG_FOUND_UNUSED, "bad_allow",
     "ALLOW(FULL_SCAN, people, ...) is not needed any more: remove it"},
    {VG_FOUND_ERROR, "bad_values",
     "QUERY(bad_values): VALUES takes structs, which only a plain vg_exec or vg_all "
     "can; "
     "say SET(column, parameter)"},
    {VG_FOUND_ERROR, "bad_limit",
     "LIMIT and OFFSET take a number, which no column of a row is"},
    {VG_FOUND_FOREIGN_KEY, "notes.reader",
     "the foreign key has no index that begins with it, so that each change in people "
     "reads all of notes: add INDEX, or say UNINDEXED(notes, reader, \"why\")"},
};

static int setup(void **state)
{
    return fixture_open(state, &office, NULL);
}

static void test_verify__finds_what_is_wrong_and_nothing_else(void **state)
{
    fixture *f = *state;
    vg_findings report;
    check_fails(f->db, vg_verify(f->db, &office, &f->arena, &report), VG_INVALID,
                "20 findings in 31 registered queries");
    for (size_t i = 0; i < report.len; i++) {
        const vg_finding *found = &report.data[i];
        assert_true(i < COUNT_OF_ARRAY(expected));
        assert_string_equal(found->name, expected[i].name);
        assert_string_equal(found->text, expected[i].text);
        assert_int_equal(found->kind, expected[i].kind);
        if (found->kind == VG_FOUND_FOREIGN_KEY)
            assert_string_equal(found->here, "office");
        else
            assert_non_null(strstr(found->here, "test_verify.c:"));
    }
    assert_int_equal(report.len, COUNT_OF_ARRAY(expected));
    assert_int_equal(report.query_count, 31);
    check_rows(f->db, "select count(*) from people", "0");
}

static void test_verify__an_index_ends_the_finding(void **state)
{
    fixture *f = *state;
    vg_findings report;
    check_ok(f->db,
             vg_script(f->db, "create index people_age on people (age);"
                              "create index notes_title on notes (author, title);"
                              "create table ghosts (id integer primary key)"));
    assert_int_equal(vg_verify(f->db, NULL, &f->arena, &report), VG_INVALID);
    size_t scans = 0, sorts = 0, allows = 0, keys = 0;
    for (size_t i = 0; i < report.len; i++) {
        const vg_finding *found = &report.data[i];
        scans += found->kind == VG_FOUND_FULL_SCAN;
        sorts += found->kind == VG_FOUND_TEMP_BTREE;
        keys += found->kind == VG_FOUND_FOREIGN_KEY;
        allows += strncmp(found->text, "ALLOW(", 6) == 0;
    }
    assert_int_equal(scans, 3); /* bad_scan_count, _inside; bad_table by now */
    assert_int_equal(sorts, 0);
    assert_int_equal(keys, 0);
    assert_int_equal(allows, 3); /* bad_allow; good_sort, good_returning */
}

static void test_verify__has_a_line_for_each(void **state)
{
    fixture *f = *state;
    vg_finding one = {VG_FOUND_UNUSED, "a.c:3", "q", "the parameter x is not used"};
    assert_string_equal(vg_findings_text(&(vg_findings){&one, 1, 1}, &f->arena),
                        "a.c:3: q: the parameter x is not used\n1 query, 1 finding\n");
    assert_string_equal(vg_findings_text(&(vg_findings){NULL, 0, 2}, &f->arena),
                        "2 queries, 0 findings\n");
}

/* A verified statement is ready: the first call finds it prepared. */
static void test_verify__leaves_statements_to_run(void **state)
{
    fixture *f = *state;
    vg_findings report;
    struct people *one;
    assert_int_equal(vg_verify(f->db, &office, &f->arena, &report), VG_INVALID);
    uint64_t misses = vg_statistics(f->db).misses;
    check_ok(f->db, good_insert(f->db, "Ada", NULL));
    check_ok(f->db, good_one(f->db, &f->arena, &one, 1));
    assert_string_equal(one->name, "Ada");
    assert_int_equal(vg_statistics(f->db).misses, misses);
}

static void test_verify__memory(void **state)
{
    (void)state;
    bool done = false;
    for (size_t nth = 1; !done; nth += 7) {
        rt_heap heap = {0};
        vg_db *db;
        vg_findings report;
        vg_arena arena = {.allocator = rt_allocator(&heap)};
        assert_int_equal(
            vg_open(&db, ":memory:", &(vg_options){.allocator = rt_allocator(&heap)}),
            VG_OK);
        check_ok(db, vg_create(db, &office));
        rt_heap_arm(&heap, nth, false);
        int rc = vg_verify(db, &office, &arena, &report);
        done = !heap.failed;
        assert_int_equal(rc, done ? VG_INVALID : VG_NO_MEMORY);
        rt_heap_arm(&heap, 0, false);
        assert_int_equal(vg_verify(db, &office, &arena, &report), VG_INVALID);
        vg_arena_free(&arena);
        assert_int_equal(vg_close(db), VG_OK);
        rt_heap_check_empty(&heap);
    }
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_verify__##name, setup, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_what_is_wrong_and_nothing_else),
        TEST(an_index_ends_the_finding),
        TEST(has_a_line_for_each),
        TEST(leaves_statements_to_run),
        cmocka_unit_test(test_verify__memory),
    };
    return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
