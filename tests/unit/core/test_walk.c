/* The walk: what makes two queries the same statement and what does not, the parameters in
 * the order of the text, and what it refuses. The words themselves are nobody's business;
 * that equal words mean equal text is checked for all pairs. */
#include "core/walk.h"
#include "check.h"
#include "library.h"
#include "rt_heap.h"

static const vg_allocator c_library;

typedef struct walked {
    vg_walk walk;
    char text[2000], params[500];
} walked;

static void walk_at(walked *w, const vg_clause *query, size_t count, int line)
{
    vg_arena arena = {0};
    vg_rendered sql;
    vg__walk_init(&w->walk, &c_library);
    vg__walk_query(&w->walk, query, count);
    int rc = vg_render_sql(&arena, &vg_dialect_sqlite, &sql, query, count);
    if (rc != VG_OK || w->walk.failed) {
        print_error("%s %s\n", sql.error, w->walk.failed ? w->walk.message : "");
        _fail(__FILE__, line);
    }
    assert_true(strlen(sql.text) < sizeof w->text);
    strcpy(w->text, sql.text);
    assert_int_equal(sql.param_count, vg__walk_param_count(&w->walk));
    size_t marks = 0;
    for (const char *p = sql.text; *p; p++)
        marks += *p == '?';
    assert_int_equal(marks, sql.param_count);
    params_json(sql.params, sql.param_count, w->params, sizeof w->params);
    vg_arena_free(&arena);
}
#define WALK(w, ...)                               \
    walk_at((w), (const vg_clause[]){__VA_ARGS__}, \
            sizeof((const vg_clause[]){__VA_ARGS__}) / sizeof(vg_clause), __LINE__)

static bool same(const walked *a, const walked *b)
{
    size_t len = vg__walk_len(&a->walk);
    bool equal = len == vg__walk_len(&b->walk) &&
                 memcmp(a->walk.words, b->walk.words, len * sizeof *a->walk.words) == 0;
    if (equal)
        assert_true(vg__walk_hash(&a->walk) == vg__walk_hash(&b->walk));
    return equal;
}

/* One query of each shape; `n` and `s` are values, which must not matter. */
static size_t walk_all(walked *w, int64_t n, const char *s)
{
    size_t count = 0;
    int64_t ids[] = {n, n + 1};
    vg_predicate list[] = {EQ(books.id, n), SKIP};
    WALK(&w[count++], SELECT(books));
    WALK(&w[count++], SELECT_DISTINCT(books));
    WALK(&w[count++], SELECT(authors));
    WALK(&w[count++], SELECT(books), WHERE(EQ(books.id, n)));
    WALK(&w[count++], SELECT(books), WHERE(EQ(books.pages, n)));
    WALK(&w[count++], SELECT(books), WHERE(NE(books.id, n)));
    WALK(&w[count++], SELECT(books), WHERE(EQ(books.id, books.pages)));
    WALK(&w[count++], SELECT(books), WHERE(EQ(books.id, ADD(books.pages, n))));
    WALK(&w[count++], SELECT(books), WHERE(EQ(ADD(books.id, books.pages), n)));
    WALK(&w[count++], SELECT(books), WHERE(NOT(EQ(books.id, n))));
    WALK(&w[count++], SELECT(books), WHERE(AND(EQ(books.id, n), EQ(books.title, s))));
    WALK(&w[count++], SELECT(books), WHERE(OR(EQ(books.id, n), EQ(books.title, s))));
    WALK(&w[count++], SELECT(books),
         WHERE(AND(EQ(books.id, n), OR(EQ(books.title, s), EQ(books.pages, n)))));
    WALK(&w[count++], SELECT(books),
         WHERE(OR(AND(EQ(books.id, n), EQ(books.title, s)), EQ(books.pages, n))));
    WALK(&w[count++], SELECT(books), WHERE(IN(books.id, n)));
    WALK(&w[count++], SELECT(books), WHERE(IN(books.id, n, n)));
    WALK(&w[count++], SELECT(books), WHERE(NOT_IN(books.id, n, n)));
    WALK(&w[count++], SELECT(books), WHERE(IN_ARRAY(books.id, ids, 0)));
    WALK(&w[count++], SELECT(books), WHERE(NOT_IN_ARRAY(books.id, ids, 0)));
    WALK(&w[count++], SELECT(books), WHERE(BETWEEN(books.id, n, n)));
    WALK(&w[count++], SELECT(books), WHERE(IS_NULL(books.pages)));
    WALK(&w[count++], SELECT(books), WHERE(SQL(BOOLEAN, "? > 1", books.id)));
    WALK(&w[count++], SELECT(books), WHERE(SQL(BOOLEAN, "? > 2", books.id)));
    WALK(&w[count++], SELECT(books), WHERE(SQL(BOOLEAN, "? > 1", IDENT("pages"))));
    WALK(&w[count++], SELECT(books), WHERE(SQL(BOOLEAN, "? > 1", IDENT("price"))));
    WALK(&w[count++], SELECT(books),
         WHERE(SQL(BOOLEAN, "? > 1", IDENT("pages_of_book"))));
    WALK(&w[count++], SELECT(books), ORDER_BY(books.id));
    WALK(&w[count++], SELECT(books), ORDER_BY(DESC(books.id)));
    WALK(&w[count++], SELECT(books), ORDER_BY(books.id, books.pages));
    WALK(&w[count++], SELECT(books), GROUP_BY(books.id), ORDER_BY(books.pages));
    WALK(&w[count++], SELECT(books), LIMIT(5));
    WALK(&w[count++], SELECT(books), OFFSET(5));
    WALK(&w[count++], SELECT(books), LIMIT(5), OFFSET(5));
    WALK(&w[count++], SELECT(books),
         INNER_JOIN(authors, EQ(books.author_id, authors.id)));
    WALK(&w[count++], SELECT(books),
         LEFT_JOIN(authors, EQ(books.author_id, authors.id)));
    WALK(&w[count++], SELECT(books), CROSS_JOIN(authors));
    WALK(&w[count++], SELECT(mentors));
    WALK(&w[count++], SELECT_VALUE(books.id));
    WALK(&w[count++], SELECT_VALUE(MAX(books.id)));
    WALK(&w[count++], SELECT_VALUE(COUNT()), FROM(books));
    WALK(&w[count++], SELECT(books),
         WHERE(EXISTS(SELECT(authors), WHERE(EQ(authors.id, books.author_id)))));
    WALK(&w[count++], SELECT(books),
         WHERE(NOT_EXISTS(SELECT(authors), WHERE(EQ(authors.id, books.author_id)))));
    WALK(&w[count++], SELECT(books),
         WHERE(IN(books.author_id, SCALAR(authors.id, FROM(authors), LIMIT(1)))));
    WALK(&w[count++], INSERT_INTO(authors, SET(name, s)));
    WALK(&w[count++], INSERT_INTO(authors, SET(name, s), SET(born, n)));
    WALK(&w[count++], INSERT_INTO(authors, SET(born, n), SET(name, s)));
    WALK(&w[count++], INSERT_INTO(authors, SET(name, s)), RETURNING(authors));
    WALK(&w[count++], INSERT_INTO(authors, SET(name, s)),
         ON_CONFLICT(authors, DO_NOTHING));
    WALK(&w[count++], INSERT_INTO(authors, SET(name, s)),
         ON_CONFLICT(authors, KEY(name), DO_NOTHING));
    WALK(&w[count++], INSERT_INTO(authors, SET(name, s)),
         ON_CONFLICT(authors, KEY(name), SET(born, EXCLUDED(authors.born))));
    WALK(&w[count++], INSERT_INTO(authors, SET(name, s)),
         ON_CONFLICT(authors, KEY(name), SET(born, n)));
    WALK(&w[count++], UPDATE(books, SET(pages, n)), WHERE(EQ(books.id, n)));
    WALK(&w[count++], UPDATE(books, SET(pages, ADD(books.pages, n))), ALL_ROWS);
    WALK(&w[count++], DELETE_FROM(books), WHERE(EQ(books.id, n)));
    WALK(&w[count++], DELETE_FROM(books), ALL_ROWS);
    WALK(&w[count++], DELETE_FROM(books), WHERE(ALL_OF(list, 2)));
    return count;
}

enum { ROOM = 80 };

static void free_all(walked *w, size_t count)
{
    for (size_t i = 0; i < count; i++)
        vg__walk_free(&w[i].walk);
}

/* Equal words, equal text; and the other way round, but for what is merely written
 * differently. */
static void test_walk__words_are_the_text(void **state)
{
    (void)state;
    static walked one[ROOM];
    size_t count = walk_all(one, 7, "x"), same_text = 0;
    assert_in_range(count, 50, ROOM);
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < count; b++) {
            bool equal = same(&one[a], &one[b]),
                 text = !strcmp(one[a].text, one[b].text);
            if (equal && !text)
                print_error("one signature for\n  %s\n  %s\n", one[a].text,
                            one[b].text);
            assert_true(text || !equal);
            same_text += text && !equal;
        }
    }
    assert_in_range(same_text, 0, 8);
    free_all(one, count);
}

/* Values are no part of the signature. */
/* Proves: Q043 Q044. */
static void test_walk__values_do_not_matter(void **state)
{
    (void)state;
    static walked one[ROOM], two[ROOM];
    size_t count = walk_all(one, 7, "x"), differ = 0;
    assert_int_equal(walk_all(two, -12345678901, "another; text"), count);
    for (size_t i = 0; i < count; i++) {
        if (!same(&one[i], &two[i]))
            print_error("%s\n%s\n", one[i].text, two[i].text);
        assert_true(same(&one[i], &two[i]));
        check_text(one[i].text, two[i].text);
        differ += strcmp(one[i].params, two[i].params) != 0;
    }
    assert_in_range(differ, 20, count);
    free_all(one, count);
    free_all(two, count);
}

/* The order of the clauses is not the order in the text. */
static void test_walk__order_of_clauses(void **state)
{
    (void)state;
    walked a, b;
    WALK(&a, SELECT(books), WHERE(EQ(books.id, 1)), ORDER_BY(books.title), LIMIT(2),
         OFFSET(3));
    WALK(&b, OFFSET(3), SELECT(books), LIMIT(2), ORDER_BY(books.title),
         WHERE(EQ(books.id, 1)));
    assert_true(same(&a, &b));
    check_text(b.params, "[1,2,3]");
    vg__walk_free(&a.walk);
    vg__walk_free(&b.walk);
    WALK(&a, SELECT(books), WHERE(SKIP), LIMIT(-1), OFFSET(0), HAVING(AND(SKIP, SKIP)));
    WALK(&b, SELECT(books));
    assert_true(same(&a, &b));
    vg__walk_free(&a.walk);
    vg__walk_free(&b.walk);
}

/* Parameters stand as their marks do, wherever they come from. */
/* Proves: Q039 Q044. */
static void test_walk__order_of_parameters(void **state)
{
    (void)state;
    walked w;
    WALK(&w, SELECT_VALUE(ADD(books.id, 1)), FROM(books),
         LEFT_JOIN(authors, AND(EQ(authors.id, books.author_id), GT(authors.born, 2))),
         WHERE(AND(IN(books.pages, 3, ADD(books.id, 4), 5),
                   EXISTS(SELECT(loans), WHERE(EQ(loans.day, 6)), LIMIT(7)),
                   SQL(BOOLEAN, "? between ? and ?", 8, books.id, 9))),
         GROUP_BY(ADD(books.id, 10)), HAVING(GT(COUNT(), 11)),
         ORDER_BY(DESC(MUL(books.id, 12))), LIMIT(13), OFFSET(14));
    check_text(w.params, "[1,2,3,4,5,6,7,8,9,10,11,12,13,14]");
    vg__walk_free(&w.walk);
    WALK(&w,
         INSERT_INTO(authors, SET(name, "1"), SET(born, ADD(SQL(INTEGER, "?", 2), 3))),
         ON_CONFLICT(authors, KEY(name), KEY_WHERE(GT(authors.id, 4)), SET(born, 5),
                     UPDATE_WHERE(LT(authors.born, 6))),
         RETURNING_VALUE(ADD(authors.id, 7)));
    check_text(w.params, "[\"1\",2,3,5,6,7]");
    vg__walk_free(&w.walk);
}

/* A condition that is no condition cannot be a value: refused, not misread. */
static void test_walk__refuses_skip_as_a_value(void **state)
{
    (void)state;
    vg_arena arena = {0};
    vg_rendered sql;
    vg_predicate nothing = SKIP;
    assert_int_equal(vg_sql(&arena, &vg_dialect_sqlite, &sql, SELECT(books),
                            WHERE(EQ(nothing, true))),
                     VG_INVALID);
    assert_int_equal(vg_sql(&arena, &vg_dialect_sqlite, &sql, SELECT(books),
                            WHERE(EQ(AND(nothing, SKIP), true))),
                     VG_INVALID);
    assert_int_equal(vg_sql(&arena, &vg_dialect_sqlite, &sql, SELECT(books),
                            WHERE(EQ(books.in_print, AND(nothing)))),
                     VG_INVALID);
    assert_int_equal(vg_sql(&arena, &vg_dialect_sqlite, &sql, SELECT(books),
                            WHERE(IS_NULL(nothing))),
                     VG_INVALID);
    vg_arena_free(&arena);
}

/* Members that a clause leaves unset may hold anything. */
static void test_walk__unset_members_do_not_matter(void **state)
{
    (void)state;
    walked clean, dirty;
    for (int round = 0; round < 3; round++) {
        vg_clause query[] = {round == 1 ? UPDATE(books, SET(pages, 1))
                                        : DELETE_FROM(books),
                             round == 2 ? WHERE(EQ(books.id, 1)) : ALL_ROWS};
        query[0].sub = query[1].sub = 0;
        query[0].n = query[1].n = 0;
        walk_at(&clean, query, 2, __LINE__);
        query[0].sub = query[1].sub = 0xabcd;
        query[0].n = query[1].n = 0x12345678;
        query[1].b = query;
        walk_at(&dirty, query, 2, __LINE__);
        assert_true(same(&clean, &dirty));
        check_text(dirty.text, clean.text);
        vg__walk_free(&clean.walk);
        vg__walk_free(&dirty.walk);
    }
}

/* Buffers stay: walking again allocates nothing, and a long query is walked in full. */
static void test_walk__keeps_its_buffers(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_allocator allocator = rt_allocator(&heap);
    vg_walk w;
    int64_t ids[500];
    for (int i = 0; i < 500; i++)
        ids[i] = i;
    vg_clause query[] = {SELECT(books), WHERE(IN_ARRAY(books.id, ids, 500))};
    vg__walk_init(&w, &allocator);
    assert_int_equal(heap.calls, 0);
    vg__walk_query(&w, query, 2);
    size_t calls = heap.calls;
    for (int i = 0; i < 10; i++) {
        vg__walk_query(&w, query, 2);
        assert_int_equal(w.failed, 0);
        assert_int_equal(vg__walk_param_count(&w), 500);
        assert_int_equal(w.params[499].value.i, 499);
    }
    assert_int_equal(heap.calls, calls);
    rt_heap_arm(&heap, 1, true);
    vg__walk_free(&w);
    vg__walk_init(&w, &allocator);
    vg__walk_query(&w, query, 2);
    assert_int_equal(w.failed, VG_NO_MEMORY);
    rt_heap_arm(&heap, 0, false);
    vg__walk_query(&w, query, 2);
    assert_int_equal(w.failed, 0);
    vg__walk_free(&w);
    rt_heap_check_empty(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk__words_are_the_text),
        cmocka_unit_test(test_walk__values_do_not_matter),
        cmocka_unit_test(test_walk__order_of_clauses),
        cmocka_unit_test(test_walk__order_of_parameters),
        cmocka_unit_test(test_walk__refuses_skip_as_a_value),
        cmocka_unit_test(test_walk__unset_members_do_not_matter),
        cmocka_unit_test(test_walk__keeps_its_buffers),
    };
    return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
