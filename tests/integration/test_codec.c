/* Columns of a codec: the row holds the program's own type, the database what the codec
 * makes of it. */
#include "check.h"
#include <stdio.h>
#include <stdlib.h>

struct money {
    int64_t cents;
};

/* A point is kept as "x,y". A name is text that the row's arena holds. */
struct point {
    int x, y;
};
struct name {
    const char *text;
};

static vg_value money_encode(const struct money *m, vg_arena *room)
{
    (void)room;
    return m->cents < 0 ? (vg_value){{0}, VG_V_NONE} : vg_of_int(m->cents);
}

static bool money_decode(struct money *m, vg_value stored, vg_arena *arena)
{
    (void)arena;
    m->cents = stored.i;
    return vg_value_kind_of(stored) == VG_V_INT;
}

static vg_value point_encode(const struct point *p, vg_arena *room)
{
    char *text = vg_arena_alloc(room, 32);
    if (text)
        snprintf(text, 32, "%d,%d", p->x, p->y);
    return vg_of_text(text);
}

static bool point_decode(struct point *p, vg_value stored, vg_arena *arena)
{
    char text[32] = "";
    (void)arena;
    if (vg_value_kind_of(stored) != VG_V_TEXT || vg_value_len(stored) > 30)
        return false;
    memcpy(text, stored.s, vg_value_len(stored));
    return sscanf(text, "%d,%d", &p->x, &p->y) == 2;
}

static vg_value name_encode(const struct name *n, vg_arena *room)
{
    (void)room;
    return vg_of_bytes((vg_bytes){n->text, strlen(n->text)});
}

static bool name_decode(struct name *n, vg_value stored, vg_arena *arena)
{
    size_t len = vg_value_len(stored);
    char *text = vg_arena_alloc(arena, len + 1);
    if (!text)
        return false;
    memcpy(text, stored.p, len);
    text[len] = 0;
    n->text = text;
    return true;
}

// clang-format off
CODEC(money, struct money, INTEGER, money_encode, money_decode)
CODEC(point, struct point, TEXT,    point_encode, point_decode)
CODEC(name,  struct name,  BLOB,    name_encode,  name_decode)
ENUM(color, RED, BLUE)

TABLE(shops,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(place, CUSTOM(point), NOT_NULL, UNIQUE),
    COLUMN(till,  CUSTOM(money), NOT_NULL, DEFAULT_SQL("0")),
    COLUMN(debt,  CUSTOM(money)),
    COLUMN(name,  CUSTOM(name)))
ALIAS(rival, shops)

PROJECTION(shop_card,
    FIELD(id, shops.id),
    FIELD_AS(place, CUSTOM(point), shops.place),
    FIELD_AS(debt,  CUSTOM(money), shops.debt),
    FIELD_AS(most,  CUSTOM(money), MAX(shops.till)),
    OPT_ROW(rival, rival))
PROJECTION(mixed_up, FIELD_AS(place, CUSTOM(money), shops.place))
QUERY(open_shop, EXEC, PARAMS(CUSTOM(point, at), OPT_CUSTOM(money, debt)),
      INSERT_INTO(shops, SET(place, at), SET(debt, debt)))
QUERY(shop_at, ONE(shops), PARAMS(CUSTOM(point, at)), SELECT(shops), WHERE(EQ(shops.place, at)))
QUERY(confused, EXEC, PARAMS(CUSTOM(point, at)), UPDATE(shops, SET(debt, at)), ALL_ROWS)
// clang-format on

SCHEMA(town, shops)

static int setup(void **state)
{
    return fixture_open(state, &town, NULL);
}

/* Proves: S052 S061. */
static void test_codec__goes_in_and_out(void **state)
{
    fixture *f = *state;
    struct point at = {3, -4};
    struct money sum = {250};
    struct name name = {"Ada"};
    struct shops *shop;
    check_ok(f->db, vg_one(f->db, &f->arena, &shop,
                           INSERT_INTO(shops, SET(place, ENCODED(point, &at)),
                                       SET(name, ENCODED(name, &name))),
                           RETURNING(shops)));
    assert_int_equal(shop->place.y, -4);
    assert_int_equal(shop->till.cents, 0);
    assert_false(shop->debt.has);
    check_text(shop->name.v.text, "Ada");
    check_ok(f->db, vg_exec(f->db,
                            UPDATE(shops, SET(till, ENCODED(money, &sum)),
                                   SET(debt, ENCODED(money, &sum)), SET(name, NULL)),
                            WHERE(AND(EQ(shops.place, ENCODED(point, &at)),
                                      LT(shops.till, ENCODED(money, &sum))))));
    check_rows(f->db, "select place, till, debt, name, typeof(till) from shops",
               "3,-4|250|250|null|integer");
    struct shops_new rows[] = {{.place = {1, 2}, .debt = {true, {7}}},
                               {.place = {5, 6}, .till = {true, {9}}}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(shops, VALUES(rows, 2))));
    check_rows(f->db, "select place, till, debt from shops where id > 1",
               "1,2|0|7;5,6|9|null");
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(shops, VALUES(rows)),
                     ON_CONFLICT(shops, KEY(place), SET(debt, EXCLUDED(shops.till)))));
    check_rows(f->db, "select debt from shops where place = '1,2'", "0");
    shops_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(rival),
                    WHERE(IN(rival.place, ENCODED(point, &at), ENCODED(point, &at))),
                    ORDER_BY(rival.till)));
    assert_int_equal(list.len, 1);
    assert_int_equal(list.data[0].debt.v.cents, 250);
}

/* Proves: S052. */
static void test_codec__in_a_projection(void **state)
{
    fixture *f = *state;
    struct point at = {3, 4};
    struct shop_card *card;
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(shops, SET(place, ENCODED(point, &at)))));
    check_ok(f->db, vg_one(f->db, &f->arena, &card, SELECT(shop_card), FROM(shops),
                           LEFT_JOIN(rival, EQ(rival.place, shops.place))));
    assert_int_equal(card->place.x, 3);
    assert_true(card->most.has);
    assert_false(card->debt.has);
    assert_int_equal(card->rival->place.y, 4);
    check_no_sql("mixed_up.place: FIELD_AS says money, the column is of point",
                 SELECT(mixed_up), FROM(shops));
}

/* Proves: S052. */
static void test_codec__refuses(void **state)
{
    fixture *f = *state;
    struct point at = {3, 4};
    struct money minus = {-1}, *none = NULL;
    struct shops *shop;
    check_fails(f->db,
                vg_exec(f->db, INSERT_INTO(shops, SET(place, ENCODED(point, &at)),
                                           SET(till, ENCODED(money, &minus)))),
                VG_VALUE, "till: the codec money refuses the value");
    check_fails(
        f->db, vg_exec(f->db, INSERT_INTO(shops, SET(place, ENCODED(money, &minus)))),
        VG_INVALID, "place: the value is ENCODED(money, ...), the column point");
    check_fails(f->db,
                vg_one(f->db, &f->arena, &shop, SELECT(shops),
                       WHERE(EQ(shops.till, ENCODED(money, none)))),
                VG_INVALID,
                "EQ: the value is NULL, which no row equals; use IS_NULL, or SKIP to "
                "leave the condition out");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(shops, SET(place, ENCODED(point, &at)),
                                               SET(debt, ENCODED(money, none)))));
    check_rows(f->db, "select debt from shops", "null");
    check_ok(f->db, vg_script(f->db, "update shops set till = 'much'"));
    check_fails(f->db, vg_one(f->db, &f->arena, &shop, SELECT(shops)), VG_VALUE,
                "shops.till: the database holds something that its codec cannot read");
}

static void test_codec__is_in_the_text(void **state)
{
    (void)state;
    struct point at = {3, 4};
    check_sql(
        "select \"id\" from \"shops\" where (\"shops\".\"place\" = ? and (? = 1))",
        "[\"3,4\",\"3,4\"]", SELECT_VALUE(shops.id),
        WHERE(AND(EQ(shops.place, ENCODED(point, &at)),
                  SQL(BOOLEAN, "? = 1", ENCODED(point, &at)))));
}

static void test_codec__parameters_of_queries(void **state)
{
    fixture *f = *state;
    struct point at = {3, -4}, there = {5, 6};
    struct money sum = {250};
    struct shops *shop;
    check_ok(f->db, open_shop(f->db, &at, NULL));
    check_ok(f->db, open_shop(f->db, &there, &sum));
    check_rows(f->db, "select place, debt from shops", "3,-4|null;5,6|250");
    check_ok(f->db, shop_at(f->db, &f->arena, &shop, &there));
    assert_int_equal(shop->debt.v.cents, 250);
    check_fails(f->db, shop_at(f->db, &f->arena, &shop, NULL), VG_INVALID,
                "shop_at: the parameter at is NULL; declare it as OPT_... if that is "
                "meant");
    check_fails(f->db, confused(f->db, &at), VG_INVALID,
                "debt: the value is ENCODED(point, ...), the column money");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_codec__goes_in_and_out),
        TEST(test_codec__in_a_projection),
        TEST(test_codec__refuses),
        TEST(test_codec__is_in_the_text),
        TEST(test_codec__parameters_of_queries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
