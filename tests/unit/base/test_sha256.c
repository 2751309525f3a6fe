/* SHA-256 against FIPS 180-4's examples, in one piece and in several. */
#include "base/sha256.h"
#include "check.h"

static void check_hash(const char *text, size_t len, size_t piece, const char *expected)
{
    char got[VG_HASH_ROOM];
    vg_sha256 hash;
    vg__sha256_begin(&hash);
    for (size_t at = 0; at < len; at += piece)
        vg__sha256_add(&hash, text + at, len - at < piece ? len - at : piece);
    vg__sha256_end(&hash, got);
    check_text(got, expected);
}

static void test_sha256__examples(void **state)
{
    static const struct {
        const char *text, *hash;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmn"
         "opqklm"
         "nopqrlmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    static const size_t pieces[] = {1000, 1, 3, 55, 63, 64, 65};
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        for (size_t j = 0; j < COUNT_OF_ARRAY(pieces); j++)
            check_hash(cases[i].text, strlen(cases[i].text), pieces[j], cases[i].hash);
}

/* Every way that the end can fall into its block. */
static void test_sha256__lengths_around_a_block(void **state)
{
    static const struct {
        size_t len;
        const char *hash;
    } cases[] = {
        {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
        {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
        {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
        {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
        {119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"},
        {120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"},
        {1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"},
    };
    char text[1000];
    (void)state;
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_hash(text, cases[i].len, 64, cases[i].hash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256__examples),
        cmocka_unit_test(test_sha256__lengths_around_a_block),
    };
    return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
