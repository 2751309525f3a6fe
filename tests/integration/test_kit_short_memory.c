/* The folder's tools when memory ends: at whichever allocation, the call says so, leaks nothing,
 * and leaves a folder that is understood. */
#include "kit_folder.h"
#include "kit_users.h"

// clang-format off
TABLE(notes, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(third, users2, notes)
// clang-format on

static long left = -1; /* allocations until one fails; below 0: none does */

static bool fails(void)
{
    return left >= 0 && left-- == 0;
}

static void *kit_alloc(void *ctx, void *ptr, size_t old, size_t size)
{
    (void)ctx;
    (void)old;
    if (size && fails())
        return NULL;
    if (size)
        return realloc(ptr, size);
    free(ptr);
    return NULL;
}

static int check(vg_kit *kit)
{
    vg_kit_findings found;
    return vg_kit_check(kit, &found);
}

static int up(vg_kit *kit)
{
    vg_kit_texts written;
    return vg_kit_up(kit, &written);
}

static int embed(vg_kit *kit)
{
    const char *text;
    return vg_kit_embed(kit, NULL, NULL, &text);
}

static int rebase(vg_kit *kit)
{
    vg_kit_changed did;
    return vg_kit_rebase(kit, NULL, &did);
}

static int squash(vg_kit *kit)
{
    vg_kit_changed did;
    return vg_kit_squash(kit, NULL, &did);
}

static int drop(vg_kit *kit)
{
    vg_kit_changed did;
    return vg_kit_drop(kit, NULL, NULL, &did);
}

/* In this order on one folder: the first ones change nothing for long. */
static int (*const tools[])(vg_kit *kit) = {check, embed, up, rebase, squash, drop};

static int code_of(kit_folder *f, int (*tool)(vg_kit *kit), long n)
{
    vg_kit *kit;
    left = n;
    int code = vg_kit_open(&kit, &(vg_kit_config){.out = f->path,
                                                  .now_ms = kf_now,
                                                  .random = kf_random,
                                                  .ctx = f,
                                                  .allocator = {kit_alloc, NULL}});
    if (code == VG_OK)
        code = tool(kit);
    left = -1;
    /* Memory may end after the journal was written: then it was done, and the folder is sound
     * (kf_findings), but for files that the next tool sweeps up. */
    if (n && code == VG_INVALID && strstr(vg_kit_error(kit), "no two migrations"))
        code = VG_OK;
    if (code != VG_OK && code != VG_NO_MEMORY)
        fail_msg("allocation %ld: %s", n, vg_kit_error(kit));
    vg_kit_close(kit);
    return code;
}

static void test_tools__say_when_memory_ends(void **state)
{
    kit_folder *f = *state;
    kf_generate(f, &first, "one");
    kf_generate(f, &second, "two");
    kf_generate(f, &third, "three");
    for (size_t t = 0; t < COUNT_OF_ARRAY(tools); t++) {
        int code = VG_NO_MEMORY;
        for (long n = 0; code == VG_NO_MEMORY; n += 1 + n / 50) {
            code = code_of(f, tools[t], n);
            if (code != VG_OK && code != VG_NO_MEMORY)
                fail_msg("tool %zu, allocation %ld: code %d", t, n, code);
            assert_null(strstr(kf_findings(f), "error"));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tools__say_when_memory_ends, kf_setup,
                                        kf_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
