/* What is JSON: libvirga-json, which reads documents itself so that each digit of a number and
 * each fault counts, and the kit's jansson are of one opinion, and read the same strings. */
#include "fuzz.h"
#include "json/scan.h"
#include <jansson.h>

enum { DEPTH = 500 };

/* jansson's own limits: numbers that fit no long long or double, keys with a NUL. */
static bool of_an_opinion(json_error_t *e)
{
    enum json_error_code code = json_error_code(e);
    return code != json_error_numeric_overflow && code != json_error_stack_overflow &&
           code != json_error_null_byte_in_key;
}

static void same_text(vg_arena *arena, const char *at, const json_t *theirs)
{
    vg_str ours = vg__json_string(arena, at);
    FUZZ_CHECK(ours.ptr && ours.len == json_string_length(theirs));
    FUZZ_CHECK(memcmp(ours.ptr, json_string_value(theirs), ours.len) == 0);
}

static void same(vg_arena *arena, const char *at, const json_t *theirs, int depth)
{
    size_t n = 0;
    if (depth > DEPTH || json_is_string(theirs)) {
        FUZZ_CHECK(*at == '"');
        same_text(arena, at, theirs);
        return;
    }
    if (json_is_array(theirs)) {
        FUZZ_CHECK(*at == '[');
        for (const char *e = vg__json_first(at); e; e = vg__json_next(e))
            same(arena, e, json_array_get(theirs, n++), depth + 1);
        FUZZ_CHECK(n == json_array_size(theirs));
    } else if (json_is_object(theirs)) {
        FUZZ_CHECK(*at == '{');
        for (const char *k = vg__json_first(at), *v; k; k = vg__json_next(v)) {
            v = vg__json_value(k);
            n++;
        }
        FUZZ_CHECK(n >= json_object_size(theirs)); /* a key may stand twice */
    } else {
        FUZZ_CHECK(*at != '"' && *at != '[' && *at != '{');
        FUZZ_CHECK((*at == 't') == json_is_true(theirs));
        FUZZ_CHECK((*at == 'f') == json_is_false(theirs));
        FUZZ_CHECK((*at == 'n') == json_is_null(theirs));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vg_json_check check = {.max_depth = DEPTH};
    vg_arena arena = {0};
    json_error_t error;
    char *text = malloc(size + 1); /* of that size alone: a read beyond it shows */
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = 0;
    json_t *theirs = json_loadb(
        text, size, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
    bool ours = vg__json_check(&check, text, size);
    FUZZ_CHECK(ours || (check.problem && check.at >= text && check.at <= text + size));
    /* (To jansson a NUL between values is the end.) */
    if (!memchr(data, 0, size) && (theirs || of_an_opinion(&error)))
        FUZZ_CHECK(ours == (theirs != NULL) || check.too_deep);
    if (ours && theirs)
        same(&arena, vg__json_space(text), theirs, 0);
    json_decref(theirs);
    vg_arena_free(&arena);
    free(text);
    return 0;
}
