/* The generators: what they make, that it is unique where it must be, what they refuse. Runs on
 * both databases. */
#include "check.h"
#include "digest.h"
#include <stdio.h>
#include <virga/seed.h>

static vg_value money_encode(const int64_t *m, vg_arena *room)
{
    (void)room;
    return vg_of_int(*m);
}
static bool money_decode(int64_t *m, vg_value stored, vg_arena *arena)
{
    (void)arena;
    *m = stored.i;
    return true;
}

// clang-format off
CODEC(money, int64_t, INTEGER, money_encode, money_decode)
ENUM(size, VALUE(SIZE_S, "S", 1), VALUE(SIZE_M, "M", 5), VALUE(SIZE_L, "L", 9))

TABLE(texts,
    COLUMN(id,         INTEGER, PRIMARY_KEY),
    COLUMN(first_name, TEXT, NOT_NULL), COLUMN(last_name, TEXT), COLUMN(full_name, TEXT),
    COLUMN(email,      TEXT), COLUMN(phone,   TEXT), COLUMN(country, TEXT),
    COLUMN(city,       TEXT), COLUMN(address, TEXT), COLUMN(job,     TEXT),
    COLUMN(zip,        TEXT), COLUMN(state,   TEXT), COLUMN(company, TEXT),
    COLUMN(body,       TEXT), COLUMN(token,   TEXT), COLUMN(other,   TEXT))
TABLE(values_,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(n,      INTEGER), COLUMN(r,    REAL),    COLUMN(ok,   BOOLEAN),
    COLUMN(day,    DATE),    COLUMN(at,   TIMESTAMP), COLUMN(at_s, TIMESTAMP, MODE(SECONDS)),
    COLUMN(key,    UUID),    COLUMN(doc,  JSON),    COLUMN(data, BLOB),
    COLUMN(price,  NUMERIC(6, 2)), COLUMN(size, ENUM_TEXT(size)), COLUMN(year, INTEGER),
    COLUMN(code,   TEXT(4)), COLUMN(kind, TEXT), COLUMN(level, INTEGER),
    CHECK(kind_known, "kind in ('a', 'b') and (level > 3) and level <= 5 and length(code) >= 2"))
TABLE(custom,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(balance, CUSTOM(money), NOT_NULL),
    COLUMN(debt,    CUSTOM(money)))
// clang-format on
SCHEMA(all_texts, texts)
SCHEMA(all_values, values_)
SCHEMA(bank, custom)
TABLE(tight, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT(20), NOT_NULL, UNIQUE),
      COLUMN(city, TEXT(20), NOT_NULL, UNIQUE),
      COLUMN(title, TEXT(20), NOT_NULL, UNIQUE),
      COLUMN(username, TEXT(12), NOT_NULL, UNIQUE),
      COLUMN(email, TEXT(20), NOT_NULL, UNIQUE), COLUMN(phone, TEXT(16), NOT_NULL),
      COLUMN(slug, TEXT(30), NOT_NULL, UNIQUE), COLUMN(website, TEXT, NOT_NULL),
      COLUMN(ip, TEXT(45), NOT_NULL), COLUMN(currency, TEXT(3), NOT_NULL),
      COLUMN(sku, TEXT(8), NOT_NULL, UNIQUE), COLUMN(bio, TEXT(60)),
      COLUMN(surname, TEXT), CHECK(tight_surname, "length(surname) > 2"))
SCHEMA(narrow, tight)

static int setup(void **state)
{
    int rc = fixture_open(state, &all_texts, NULL);
    fixture *f = *state;
    return rc || vg_create(f->db, &all_values) || vg_create(f->db, &bank) ||
           vg_create(f->db, &narrow);
}

#define FILL(schema, n, ...)                  \
    vg_seed(f->db, &schema,                   \
            &(vg_seed_options){.seed = 5,     \
                               .count = n,    \
                               .reset = true, \
                               .plan = VG_SEED_PLAN(__VA_ARGS__ VG_SEED_LAST)})

/* True on both databases. */
static void check_true(fixture *f, const char *what)
{
    char sql[600];
    snprintf(sql, sizeof sql,
             "select count(*) > 0 from texts where not coalesce((%s), %s)", what,
             on_sqlite() ? "0" : "false");
    check_rows(f->db, sql, on_sqlite() ? "0" : "f");
}

/* The data of a version of the generators, on every machine and database. */
static void check_digest(fixture *f, const vg_schema *schema, uint64_t expected)
{
    uint64_t digest = schema_digest(f->db, schema);
    if (digest != expected)
        fail_msg("%s: 0x%llx", schema->name, (unsigned long long)digest);
}

/* Proves: D009 D014. */
static void test_generators__by_name(void **state)
{
    fixture *f = *state;
    check_ok(f->db, FILL(all_texts, 100, ));
    check_true(f, "email like '%_.%_@%_.%_'");
    check_true(f, "full_name like '%_ %_' and first_name not like '% %'");
    check_true(f, "phone like '+1 ___ ___ ____'");
    check_true(f,
               "length(zip) = 5 and length(address) > 8 and address like '%_ %_ %_'");
    check_true(f, "body like '%. %.' and length(body) > 60");
    check_true(f, "length(token) between 8 and 20 and other like '% % %'");
    check_true(f, "length(country) > 2 and length(city) > 2 and length(state) > 2 and "
                  "length(job) > 2 and company like '%_ %_ %_'");
    check_digest(f, &all_texts, UINT64_C(0x70b8390e78dbe994));
}

/* Proves: D008 D013 D014. */
static void test_generators__unique(void **state)
{
    fixture *f = *state;
    check_ok(
        f->db,
        FILL(all_texts, 50,
             VG_SEED(texts.first_name, vg_gen_first_name(.unique = true)),
             VG_SEED(texts.state, vg_gen_state(.unique = true)),
             VG_SEED(texts.country, vg_gen_country(.unique = true)),
             VG_SEED(texts.city, vg_gen_city(.unique = true)),
             VG_SEED(texts.job, vg_gen_job_title(.unique = true)),
             VG_SEED(texts.token,
                     vg_gen_phone_number(.template_ = "##", .unique = true)),
             VG_SEED(texts.other, vg_gen_lorem_ipsum(.words = 1, .unique = true)),
             VG_SEED(texts.zip, vg_gen_string(.min = 2, .max = 2, .unique = true)), ));
    check_rows(
        f->db,
        "select count(distinct first_name), count(distinct state), count(distinct "
        "country), count(distinct city), count(distinct job), count(distinct token), "
        "count(distinct other), count(distinct zip) from texts",
        "50|50|50|50|50|50|50|50");
    check_ok(f->db,
             FILL(all_texts, 5000, VG_SEED(texts.email, vg_gen_email(.unique = true)),
                  VG_SEED(texts.full_name, vg_gen_full_name(.unique = true)),
                  VG_SEED(texts.company, vg_gen_company_name(.unique = true)),
                  VG_SEED(texts.address, vg_gen_street_address(.unique = true)),
                  VG_SEED(texts.zip, vg_gen_postcode(.unique = true)),
                  VG_SEED(texts.body, vg_gen_lorem_ipsum(.unique = true)),
                  VG_SEED(texts.token, vg_gen_uuid(.unique = true)),
                  VG_SEED(texts.other, vg_gen_json(.unique = true)), ));
    check_rows(
        f->db,
        "select count(distinct email), count(distinct full_name), count(distinct "
        "company), count(distinct address), count(distinct zip), count(distinct "
        "body), count(distinct token), count(distinct other) from texts",
        "5000|5000|5000|5000|5000|5000|5000|5000");
}

/* Words, and numbers where there are not enough of them: no heaps of letters. */
/* Proves: D008 D009 D014. */
static void test_generators__short_and_unique(void **state)
{
    fixture *f = *state;
    check_ok(f->db, FILL(narrow, 3000, ));
    check_rows(f->db,
               "select count(distinct name), count(distinct city), "
               "count(distinct title), count(distinct username), "
               "count(distinct email) from tight",
               "3000|3000|3000|3000|3000");
    static const char *const never[] = {
        "length(name) > 20 or length(title) > 20 or length(username) > 12",
        "email not like '%_@example.com' or length(email) > 20",
        "city like '%9' and city not like '% %'",
        "phone not like '+1 ___ ___ ____'",
        "bio not like '% % %'",
        "slug not like '%_-_%' or slug like '% %' or website not like 'https://www.%'",
        "ip not like '%.%.%.%' or length(ip) > 15 or currency <> upper(currency)",
        "sku <> upper(sku) or length(sku) <> 8",
        "length(surname) < 3 or surname like '% %'",
    };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        char sql[200];
        snprintf(sql, sizeof sql, "select count(*) from tight where %s", never[i]);
        check_rows(f->db, sql, "0");
    }
    check_digest(f, &narrow, UINT64_C(0x63289e517ff287e2));
}

/* Proves: D010. */
static void test_generators__texts(void **state)
{
    fixture *f = *state;
    check_ok(
        f->db,
        FILL(
            all_texts, 60,
            VG_SEED(texts.phone,
                    vg_gen_phone_number(.prefixes = VG_TEXTS("+49 30 ", "+44 "),
                                        .digits = 4)),
            VG_SEED(texts.state, vg_gen_texts(("one"))),
            VG_SEED(texts.city, vg_gen_texts(("x", "y"), .weights = VG_WEIGHTS(0, 3))),
            VG_SEED(texts.zip, vg_gen_int(.min = -5, .max = 5)),
            VG_SEED(texts.token, vg_gen_number(.min = -1, .max = 1, .digits = 3)),
            VG_SEED(texts.other, vg_gen_date(.min = "2024-02-28", .max = "2024-03-01")),
            VG_SEED(texts.body, vg_gen_interval(.fields = "day to minute")),
            VG_SEED(texts.job, vg_gen_time(.min = "09:00", .max = "17:00")),
            VG_SEED(texts.company, vg_gen_year(.min = 1999, .max = 2001)),
            VG_SEED(texts.email, vg_gen_email(.nulls = 100)), ));
    check_true(f, "phone like '+49 30 ____' or phone like '+44 ____'");
    check_true(f, "state = 'one' and city = 'y' and email is null");
    check_true(f, "cast(zip as integer) between -5 and 5 and token like '%_.___'");
    check_true(f, "other in ('2024-02-28', '2024-02-29', '2024-03-01')");
    check_true(f,
               "job between '09:00:00' and '17:00:00' and company between '1999' and "
               "'2001'");
}

/* Proves: D009 D011 D012 D013. */
static void test_generators__values(void **state)
{
    fixture *f = *state;
    check_ok(f->db, FILL(all_values, 300, ));
    values__list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(values_), ORDER_BY(values_.id)));
    for (size_t i = 0; i < list.len; i++) {
        const struct values_ *v = &list.data[i];
        assert_int_equal(v->id, i + 1);
        assert_in_range(v->n.v, 0, 999);
        assert_true(v->r.v >= 0 && v->r.v < 1000);
        assert_int_equal(v->day.v.us % INT64_C(86400000000), 0);
        assert_in_range(v->at.v.us, INT64_C(1577836800000000),
                        INT64_C(1767225599999999));
        assert_int_equal(v->at.v.us % 1000, 0);
        assert_int_equal(v->at_s.v.us % 1000000, 0);
        assert_int_equal(v->key.v.bytes[6] >> 4, 4);
        assert_int_equal(v->data.len, 16);
        assert_in_range(v->year.v, 1970, 2025);
        assert_true(v->size.v == SIZE_S || v->size.v == SIZE_M || v->size.v == SIZE_L);
        assert_in_range(strlen(v->code), 2, 4);
        assert_true(strcmp(v->kind, "a") == 0 || strcmp(v->kind, "b") == 0);
        assert_in_range(v->level.v, 4, 5);
    }
    check_digest(f, &all_values, UINT64_C(0x1f234ca46334d8ba));
}

/* Proves: D011 D012 D013. */
static void test_generators__unique_values(void **state)
{
    fixture *f = *state;
    check_ok(
        f->db,
        FILL(all_values, 2000, VG_SEED(values_.n, vg_gen_int(.unique = true)),
             VG_SEED(values_.r, vg_gen_number(.unique = true)),
             VG_SEED(values_.day, vg_gen_date(.unique = true)),
             VG_SEED(values_.at, vg_gen_timestamp(.unique = true)),
             VG_SEED(values_.at_s, vg_gen_datetime(.unique = true)),
             VG_SEED(values_.key, vg_gen_uuid(.unique = true)),
             VG_SEED(values_.data, vg_gen_bytes(.min = 2, .max = 2, .unique = true)),
             VG_SEED(values_.price,
                     vg_gen_number(.min = -99, .max = 99, .unique = true)), ));
    check_rows(f->db,
               "select count(distinct n), count(distinct r), count(distinct day), "
               "count(distinct at), count(distinct at_s), count(distinct key), "
               "count(distinct data), count(distinct price) from values_",
               "2000|2000|2000|2000|2000|2000|2000|2000");
    check_fails(
        f->db,
        FILL(all_values, 3, VG_SEED(values_.ok, vg_gen_boolean(.unique = true)), ),
        VG_INVALID,
        "column values_.ok: 3 different values wanted, 2 exist (of vg_gen_boolean)");
    check_ok(f->db, FILL(all_values, 2000,
                         VG_SEED(values_.ok, vg_gen_boolean(.percent = 90)), ));
    check_rows(f->db, "select count(*) > 1700 from values_ where ok",
               on_sqlite() ? "1" : "t");
}

static int some_money(void *ctx, uint64_t row, vg_seed_random *random, void *out)
{
    *(int64_t *)out =
        *(int64_t *)ctx + (int64_t)row * 1000 + (int64_t)vg_seed_next(random, 10);
    return VG_OK;
}

static int no_money(void *ctx, uint64_t row, vg_seed_random *random, void *out)
{
    (void)ctx, (void)random, (void)out;
    return row == 3 ? VG_VALUE : VG_OK;
}

/* Proves: D009. */
static void test_generators__custom(void **state)
{
    fixture *f = *state;
    int64_t base = 100000;
    check_fails(
        f->db, FILL(bank, 5, ), VG_INVALID,
        "column custom.balance: seeding knows no values of its type (money); say "
        "which: VG_SEED(custom.balance, vg_gen_call(...)), or "
        "VG_SEED_OUT(custom.balance)");
    check_ok(f->db, FILL(bank, 5,
                         VG_SEED(custom.balance, vg_gen_call(some_money, .ctx = &base)),
                         VG_SEED(custom.debt, vg_gen_call(some_money, .ctx = &base,
                                                          .nulls = 50)), ));
    check_rows(f->db, "select min(balance) / 10, max(balance) / 10 from custom",
               "10000|10400");
    check_fails(f->db,
                FILL(bank, 5, VG_SEED(custom.balance, vg_gen_call(no_money)),
                     VG_SEED_OUT(custom.debt), ),
                VG_VALUE,
                "column balance: the function of vg_gen_call returned VG_VALUE, row 3");
}

/* What the compiler did not see. */
static void test_generators__refused(void **state)
{
    fixture *f = *state;
    const struct vg_gen_email email = {.kind = VG_GEN_email};
    const vg_seed_entry by_hand[] = {{.kind = VG_SEED_COLUMN,
                                      .column = &values_.n,
                                      .gen = (const vg_gen *)(const void *)&email},
                                     VG_SEED_LAST};
    check_fails(
        f->db, vg_seed(f->db, &all_values, &(vg_seed_options){.plan = by_hand}),
        VG_INVALID,
        "column values_.n: vg_gen_email: it makes values of another type than the "
        "column");
#define REFUSED(schema, message, ...) \
    check_fails(f->db, FILL(schema, 5, __VA_ARGS__, ), VG_INVALID, message)
    REFUSED(all_values, "column values_.n: vg_gen_int: min is greater than max",
            VG_SEED(values_.n, vg_gen_int(.min = 3, .max = 2)));
    REFUSED(all_values,
            "column values_.day: vg_gen_date: min or max is no time, such as "
            "\"2024-01-31T10:30:00\"",
            VG_SEED(values_.day, vg_gen_date(.min = "monday")));
    REFUSED(all_values,
            "column values_.size: vg_gen_values_text: a text is no label of the ENUM",
            VG_SEED(values_.size, vg_gen_texts(("XL"))));
    REFUSED(
        all_values,
        "column values_.size: vg_gen_values_int: a value is no constant of the ENUM",
        VG_SEED(values_.size, vg_gen_ints((4))));
    REFUSED(all_values,
            "column values_.code: vg_gen_city makes up to 10 bytes, the column "
            "takes 4",
            VG_SEED(values_.code, vg_gen_city()));
    REFUSED(all_texts, "column texts.id: no row can have NULL there: it is NOT NULL",
            VG_SEED(texts.id, vg_gen_int(.nulls = 5)));
    REFUSED(all_texts,
            "column texts.first_name: it cannot be left out, it is NOT NULL and has no "
            "default",
            VG_SEED_OUT(texts.first_name));
    REFUSED(all_texts, "column texts.city: it is no ARRAY and has no array_size",
            VG_SEED(texts.city, vg_gen_city(.array_size = 2)));
    REFUSED(all_texts,
            "column texts.city: vg_gen_values_text: there are not as many weights as "
            "values",
            VG_SEED(texts.city, vg_gen_texts(("a", "b"), .weights = VG_WEIGHTS(1))));
    REFUSED(all_texts,
            "vg_seed: the plan speaks of values_, which is no table of the schema",
            VG_SEED(values_.n, vg_gen_int()));
    REFUSED(all_texts,
            "column texts.city: 101 of a hundred rows cannot have NULL; say 0 to 100",
            VG_SEED_NULLS(texts.city, 101));
    REFUSED(all_texts,
            "column texts.city: 120 of a hundred rows cannot have NULL; say 0 to 100",
            VG_SEED(texts.city, vg_gen_city(.nulls = 120)));
    check_fails(f->db, vg_seed(f->db, NULL, NULL), VG_INVALID,
                "vg_seed: the schema is NULL");
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_generators__##name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(by_name),       TEST(unique), TEST(texts),   TEST(values),
        TEST(unique_values), TEST(custom), TEST(refused), TEST(short_and_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
