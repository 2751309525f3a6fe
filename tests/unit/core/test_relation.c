/* Relations as they are declared: descriptors, members, and what a schema is refused for. */
#include "check.h"

TABLE(books, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER, NOT_NULL),
      COLUMN(title, TEXT, NOT_NULL), ONE(author, people, author_id),
      MANY(reviews, reviews, book_id), EXTRA(review_count, INTEGER),
      MANY_THROUGH(topics, topics, book_topics, book_id, topic_id))
TABLE(people, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(boss_id, INTEGER),
      ONE(boss, people, boss_id), MANY(staff, people, boss_id),
      MANY(books, books, author_id))
TABLE(reviews, COLUMN(book_id, INTEGER, NOT_NULL), COLUMN(room, TEXT),
      COLUMN(hour, INTEGER), ONE(slot, slots, COLUMNS(room, hour), COLUMNS(room, hour)),
      ONE(again, slots, room, room), ONE(third, slots, COLUMNS(room, hour)))
TABLE(slots, COLUMN(room, TEXT, NOT_NULL), COLUMN(hour, INTEGER, NOT_NULL),
      PRIMARY_KEY(room, hour))
TABLE(topics, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(book_topics, COLUMN(book_id, INTEGER, NOT_NULL),
      COLUMN(topic_id, INTEGER, NOT_NULL), PRIMARY_KEY(book_id, topic_id))
SCHEMA(library, books, people, reviews, slots, topics, book_topics)

/* Proves: R001 R003 R017 R018 R022. */
static void test_relation__is_described(void **state)
{
    (void)state;
    const vg_relation *r = vg_relations(&books.vg_shape);
    assert_int_equal(r[0].kind, VG_RELATION_ONE);
    assert_string_equal(r[0].name, "author");
    assert_ptr_equal(r[0].target, &people.vg_shape);
    assert_string_equal(r[0].own[0], "author_id");
    assert_null(r[0].own[1]);
    assert_null(r[0].other);
    assert_int_equal(r[0].offset, offsetof(struct books, author));
    assert_int_equal(r[1].kind, VG_RELATION_MANY);
    assert_string_equal(r[1].other[0], "book_id");
    assert_int_equal(r[1].bit, 1);
    assert_int_equal(r[2].kind, VG_RELATION_EXTRA);
    assert_int_equal(r[2].column->type, VG_TYPE_INTEGER);
    assert_int_equal(r[3].kind, VG_RELATION_THROUGH);
    assert_ptr_equal(r[3].junction, &book_topics.vg_shape);
    assert_string_equal(r[3].junction_other[0], "topic_id");
    assert_int_equal(r[4].kind, VG_RELATION_END);
    assert_int_equal(books.vg_shape.loaded_offset, offsetof(struct books, vg_loaded));
    assert_string_equal(vg_relations(&reviews.vg_shape)->own[1], "hour");
    assert_null(vg_relations(&topics.vg_shape));
}

static void test_relation__leaves_other_tables_alone(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct topics), sizeof(int64_t));
    assert_int_equal(topics.vg_shape.loaded_offset, 0);
    assert_int_equal(books.vg_shape.column_count, 3);
}

static void test_relation__tells_what_is_loaded(void **state)
{
    (void)state;
    struct books book = {.vg_loaded = 1 << 2, .vg_left_out = 1 << 2};
    assert_true(VG_LOADED(&book, review_count));
    assert_false(VG_LOADED(&book, author));
    assert_true(VG_LOADED(&book, author_id));
    assert_false(VG_LOADED(&book, title));
}

TABLE(loose, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(book, books, id))
SCHEMA(alone, loose)
TABLE(keyless, COLUMN(n, INTEGER))
TABLE(lost, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(k, keyless, id))
SCHEMA(no_key, lost, keyless)
TABLE(typo, COLUMN(id, INTEGER, PRIMARY_KEY), MANY(k, keyless, m))
SCHEMA(no_column, typo, keyless)
TABLE(short_key, COLUMN(room, TEXT), ONE(slot, slots, room))
SCHEMA(count_differs, short_key, slots)
TABLE(wrong_type, COLUMN(name, TEXT), ONE(k, keyless, name, n))
SCHEMA(type_differs, wrong_type, keyless)
TABLE(through, COLUMN(id, INTEGER, PRIMARY_KEY),
      MANY_THROUGH(topics, topics, book_topics, book_id, topics_id))
SCHEMA(junction_typo, through, topics, book_topics)

TABLE(hours, COLUMN(at, TIME), MANY(same, hours, at, at))
SCHEMA(no_key_type, hours)

TABLE(owners, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL),
      MANY(pets, pets, owner_id))
TABLE(pets, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(owner_id, INTEGER))
RELATION_WHERE(owners, pets, EQ(owners.name, "Ada"))
SCHEMA(other_table, owners, pets)
TABLE(readers, COLUMN(id, INTEGER, PRIMARY_KEY),
      MANY_THROUGH(topics, topics, book_topics, book_id, topic_id))
RELATION_WHERE(readers, topics, AND(GT(book_topics.book_id, 1), GT(reviews.hour, 1)))
SCHEMA(other_junction, readers, topics, book_topics)
TABLE(unsaid, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(book, books, id))
RELATION_WHERE(unsaid, book, SKIP)
SCHEMA(no_condition, unsaid, books, people, reviews, slots, topics, book_topics)
TABLE(counting, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(book, books, id))
RELATION_WHERE(counting, book, GT(COUNT(books.id), 1))
SCHEMA(aggregate, counting, books, people, reviews, slots, topics, book_topics)
TABLE(times, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(at, TIMESTAMP), COLUMN(on, DATE),
      COLUMN(doc, JSON), COLUMN(name, TEXT), MANY(same, times, id),
      ONE(twin, times, id))
RELATION_WHERE(times, same,
               AND(GT(times.at, NOW()), EQ(times.on, DATE_TRUNC(MONTH, times.at)),
                   EQ(JSON_GET(times.doc, "$.a", INTEGER), 1),
                   NE(LOWER(times.name), "b"), IN(times.id, 1, 2),
                   CONTAINS(times.name, "x"),
                   EXISTS(SELECT(times), FROM(times), WHERE(GT(times.id, 3)), LIMIT(1)),
                   GT(CAST(times.name, INTEGER), INLINE(3)), LT(times.at, times.on),
                   HAS(times, twin)))
SCHEMA(many_kinds, times)
TABLE(rings, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(next, rings, id),
      ONE(last, rings, id))
RELATION_WHERE(rings, next, HAS(rings, last))
RELATION_WHERE(rings, last, HAS_NONE(rings, next))
SCHEMA(circle, rings)

PROJECTION(card, FIELD(id, topics.id))
TABLE(cards, COLUMN(id, INTEGER, PRIMARY_KEY), MANY(same, card, id))
SCHEMA(of_projection, cards, topics)
VIEW(shown, card, SELECT(card), FROM(topics))
TABLE(keyed, COLUMN(id, INTEGER, PRIMARY_KEY), ONE(same, IN_VIEW(shown, card), id))
SCHEMA(of_view, keyed, topics, shown)

/* Proves: R002 R020 R023. */
static void test_schema_check__says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const vg_schema *schema;
        const char *text;
    } cases[] = {
        {&alone, "relation loose.book: books is not in SCHEMA(alone, ...)"},
        {&no_key, "relation lost.k: keyless has no primary key; name the columns"},
        {&no_column, "relation typo.k: keyless has no column m"},
        {&count_differs,
         "relation short_key.slot: 1 columns of short_key, but 2 of slots"},
        {&type_differs,
         "relation wrong_type.k: wrong_type.name has another type than keyless.n"},
        {&junction_typo,
         "relation through.topics: book_topics has no column topics_id"},
        {&no_key_type,
         "relation hours.same: hours.at is a time of day, an interval, a point "
         "or an array: no type of which a key can be"},
        {&other_table,
         "RELATION_WHERE(owners, pets): column owners.name: the condition may name "
         "columns of pets alone"},
        {&other_junction,
         "RELATION_WHERE(readers, topics): column reviews.hour: the condition may name "
         "columns of topics and book_topics alone"},
        {&no_condition, "RELATION_WHERE(unsaid, book): SKIP is no condition"},
        {&aggregate,
         "RELATION_WHERE(counting, book): COUNT is an aggregate, which cannot "
         "stand in WHERE; use HAVING or a subquery"},
        {&circle,
         "RELATION_WHERE(rings, next): the condition asks for its own relation "
         "again"},
        {&many_kinds, ""},
        {&of_projection,
         "relation cards.same: card is a projection; make a VIEW of it, "
         "and say IN_VIEW(view, card)"},
        {&of_view, "relation keyed.same: shown has no primary key; name the columns"},
        {&library, ""},
    };
    char why[200];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int rc = vg_schema_check(cases[i].schema, why, sizeof why);
        assert_string_equal(why, cases[i].text);
        assert_int_equal(rc, *cases[i].text ? VG_SCHEMA : VG_OK);
    }
    assert_int_equal(vg_schema_check(&no_key, NULL, 0), VG_SCHEMA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relation__is_described),
        cmocka_unit_test(test_relation__leaves_other_tables_alone),
        cmocka_unit_test(test_relation__tells_what_is_loaded),
        cmocka_unit_test(test_schema_check__says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
