/* The chance in seeding: known values, for they are the data of all who seed; permutations. */
#include "check.h"
#include "seed/random.h"
#include <stdlib.h>

/* Proves: D001 D017. */
static void test_random__is_the_same_forever(void **state)
{
    (void)state;
    vg_seed_random r = {7};
    assert_true(vgs_random(&r) == UINT64_C(0x63cbe1e459320dd7));
    assert_int_equal(vgs_below(&r, 1000), 16);
    assert_true(vgs_derive_text(1, "users") == UINT64_C(0x6eef4fb7e49a6094));
    assert_int_equal(vgs_permute(3, 5, 1000), 922);
}

/* Proves: D008. */
static void test_permute__each_number_once(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 2000; n += n < 70 ? 1 : 397) {
        bool *seen = calloc(n, sizeof *seen);
        assert_non_null(seen);
        for (uint64_t i = 0; i < n; i++) {
            uint64_t to = vgs_permute(n, i, n);
            assert_true(to < n);
            assert_false(seen[to]);
            seen[to] = true;
        }
        free(seen);
    }
    assert_true(vgs_permute(1, 17, UINT64_C(1) << 62) < UINT64_C(1) << 62);
    assert_true(vgs_permute(1, 17, UINT64_MAX) < UINT64_MAX);
}

/* All numbers come, about as often. */
static void test_below__is_even(void **state)
{
    (void)state;
    int counts[10] = {0};
    for (uint64_t i = 0; i < 10000; i++) {
        vg_seed_random r = {vgs_derive(5, i)};
        counts[vgs_below(&r, 10)]++;
    }
    for (int i = 0; i < 10; i++)
        assert_in_range(counts[i], 850, 1150);
    vg_seed_random r = {1};
    assert_true(vg_seed_next(&r, 1) == 0);
    assert_true(vg_seed_next(&r, 0) != vg_seed_next(&r, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random__is_the_same_forever),
        cmocka_unit_test(test_permute__each_number_once),
        cmocka_unit_test(test_below__is_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
