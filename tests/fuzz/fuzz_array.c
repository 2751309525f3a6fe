/* Array literals: whatever is read is written so that it is read as the same array. */
#include "fuzz.h"
#include <virga/arena.h>
#include <virga/error.h>
#include <virga/native.h>

static void check_same(const vg_text_array *a, const vg_text_array *b)
{
    FUZZ_CHECK(a->len == b->len);
    FUZZ_CHECK((a->nulls != NULL) == (b->nulls != NULL));
    for (size_t i = 0; i < a->len; i++) {
        FUZZ_CHECK(!a->nulls || a->nulls[i] == b->nulls[i]);
        FUZZ_CHECK((a->data[i] != NULL) == (b->data[i] != NULL));
        FUZZ_CHECK(!a->data[i] || strcmp(a->data[i], b->data[i]) == 0);
    }
    /* Bounds that are the usual ones are not written. */
    int count = a->dims ? a->dims->count : a->len ? 1 : 0;
    FUZZ_CHECK(count == (b->dims ? b->dims->count : b->len ? 1 : 0));
    for (int i = 0; b->dims && i < count; i++) {
        FUZZ_CHECK(a->dims->lengths[i] == b->dims->lengths[i]);
        FUZZ_CHECK(a->dims->lower[i] == b->dims->lower[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vg_arena arena = {0};
    vg_text_array a, b;
    int rc = vg_array_parse(&arena, (const char *)data, size, &a);
    FUZZ_CHECK(rc == VG_OK || rc == VG_VALUE);
    if (rc == VG_OK) {
        const char *text = vg_array_format(&arena, &a);
        FUZZ_CHECK(text && vg_array_parse(&arena, text, strlen(text), &b) == VG_OK);
        check_same(&a, &b);
    }
    vg_arena_free(&arena);
    return 0;
}
