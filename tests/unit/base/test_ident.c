/* Identifiers that programs make up: the text of a UUID both ways, what the versions
 * promise about their bits, and the alphabet of cuid2. */
#include "check.h"
#include <stdlib.h>

static const vg_uuid example = {{0x01, 0x89, 0x0a, 0x5d, 0xac, 0x96, 0x77, 0x4b, 0xbc,
                                 0xce, 0xb3, 0x02, 0x09, 0x9a, 0x80, 0x57}};
#define EXAMPLE "01890a5d-ac96-774b-bcce-b302099a8057"

static void test_ident__uuid_reads(void **state)
{
    (void)state;
    static const char *const texts[] = {
        EXAMPLE,
        "01890A5D-AC96-774B-BCCE-B302099A8057",
        "01890a5dac96774bbcceb302099a8057",
        "01890A5DAC96774BBCCEB302099A8057",
        "01890a5D-Ac96-774b-bCCE-b302099A8057",
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(texts); i++) {
        vg_uuid uuid = {{0}};
        assert_true(vg_uuid_parse(texts[i], strlen(texts[i]), &uuid));
        assert_memory_equal(&uuid, &example, sizeof uuid);
    }
}

static void test_ident__uuid_refuses(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "-",
        "01890a5d-ac96-774b-bcce-b302099a805",
        "01890a5d-ac96-774b-bcce-b302099a80577",
        "01890a5dac96774bbcceb302099a805",
        "01890a5dac96774bbcceb302099a80577",
        "01890a5d-ac96-774b-bcce-b302099a805g",
        "g1890a5dac96774bbcceb302099a8057",
        "01890a5d-ac96-774b-bcceb-302099a8057",
        "01890a5d-ac96-774b-bcce+b302099a8057",
        "01890a5d-ac96-774b-bcce-b302099a80-7",
        "{1890a5d-ac96-774b-bcce-b302099a8057",
        "{01890a5d-ac96-774b-bcce-b302099a8057}",
        " 1890a5dac96774bbcceb302099a8057",
        "----------------------------------- ",
        "0x890a5dac96774bbcceb302099a8057",
        "@1890a5dac96774bbcceb302099a8057",
        "`1890a5dac96774bbcceb302099a8057",
        "\0211890a5dac96774bbcceb302099a8057",
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(texts); i++) {
        vg_uuid uuid = example;
        if (vg_uuid_parse(texts[i], strlen(texts[i]), &uuid))
            print_error("%s is no UUID\n", texts[i]);
        assert_false(vg_uuid_parse(texts[i], strlen(texts[i]), &uuid));
        assert_memory_equal(&uuid, &example, sizeof uuid);
    }
}

static void test_ident__uuid_writes(void **state)
{
    (void)state;
    char text[37];
    vg_uuid zero = {{0}}, ones;
    memset(&ones, 0xff, sizeof ones);
    assert_ptr_equal(vg_uuid_format(&example, text), text);
    assert_string_equal(text, EXAMPLE);
    assert_string_equal(vg_uuid_format(&zero, text),
                        "00000000-0000-0000-0000-000000000000");
    assert_string_equal(vg_uuid_format(&ones, text),
                        "ffffffff-ffff-ffff-ffff-ffffffffffff");
}

/* Each bit that may be random is one once, and zero once. */
static void check_bits(vg_uuid (*make)(void), uint8_t version, int first_random)
{
    enum { MADE = 400 };
    uint8_t ones[16] = {0}, zeros[16] = {0};
    static vg_uuid made[MADE];
    for (int i = 0; i < MADE; i++) {
        made[i] = make();
        assert_int_equal(made[i].bytes[6] >> 4, version);
        assert_int_equal(made[i].bytes[8] >> 6, 2);
        for (int at = 0; at < 16; at++) {
            ones[at] |= made[i].bytes[at];
            zeros[at] |= (uint8_t)~made[i].bytes[at];
        }
        for (int before = 0; before < i; before++)
            assert_memory_not_equal(&made[i], &made[before], sizeof made[i]);
    }
    for (int at = first_random; at < 16; at++) {
        uint8_t fixed = at == 6 ? 0xf0 : at == 8 ? 0xc0 : 0;
        assert_int_equal(ones[at] | fixed, 0xff);
        assert_int_equal(zeros[at] | fixed, 0xff);
    }
}

static void test_ident__uuid_v4(void **state)
{
    (void)state;
    check_bits(vg_uuid_v4, 4, 0);
}

static int64_t ms_of(const vg_uuid *uuid)
{
    int64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | uuid->bytes[i];
    return ms;
}

static void test_ident__uuid_v7(void **state)
{
    (void)state;
    check_bits(vg_uuid_v7, 7, 6);
    int64_t last = 0;
    for (int i = 0; i < 2000; i++) {
        int64_t before = vg_now().us / 1000;
        vg_uuid uuid = vg_uuid_v7();
        int64_t after = vg_now().us / 1000;
        assert_in_range(ms_of(&uuid), before, after);
        assert_true(ms_of(&uuid) >= last); /* ordered by the millisecond */
        last = ms_of(&uuid);
    }
}

static void test_ident__cuid2(void **state)
{
    (void)state;
    bool first[256] = {false}, later[256] = {false};
    int firsts = 0, laters = 0;
    char before[25] = "";
    for (int i = 0; i < 3000; i++) {
        char id[25];
        memset(id, 'X', sizeof id);
        assert_ptr_equal(vg_cuid2(id), id);
        assert_int_equal(strlen(id), 24);
        assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789"), 24);
        assert_in_range(id[0], 'a', 'z');
        assert_string_not_equal(id, before);
        strcpy(before, id);
        first[(unsigned char)id[0]] = true;
        for (int at = 1; at < 24; at++)
            later[(unsigned char)id[at]] = true;
    }
    for (int c = 0; c < 256; c++) {
        firsts += first[c];
        laters += later[c];
    }
    assert_int_equal(firsts, 26);
    assert_int_equal(laters, 36);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ident__uuid_reads),
        cmocka_unit_test(test_ident__uuid_refuses),
        cmocka_unit_test(test_ident__uuid_writes),
        cmocka_unit_test(test_ident__uuid_v4),
        cmocka_unit_test(test_ident__uuid_v7),
        cmocka_unit_test(test_ident__cuid2),
    };
    return cmocka_run_group_tests_name("ident", tests, NULL, NULL);
}
