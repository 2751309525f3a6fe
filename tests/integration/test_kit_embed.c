/* `embed`: the C file compiles under all warnings, and migrates. */
#include "kit_folder.h"

// clang-format off
TABLE(users,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL))
SCHEMA(first, users)
// clang-format on

/* A folder of two migrations, of which the second is odd and long. */
static int plain(void **state)
{
    if (kf_setup(state))
        return -1;
    kit_folder *f = *state;
    vg_kit_generated made;
    kf_generate(f, &first, "one");
    check_kit(f, vg_kit_generate(
                     f->kit, NULL,
                     &(vg_kit_generate_options){.name = "odd", .custom = true}, &made));
    char *text = calloc(1, 20000);
    strcpy(
        text,
        "\xef\xbb\xbf-- \xc3\xa9\t\"?\?=\\ ?\?\?/\r\n"
        "create table odd (x text default '\x01%s?\?-');\ninsert into odd values ('");
    for (size_t i = strlen(text), n = i + 9000; i < n; i += 3)
        memcpy(text + i, "ab%", 3);
    strcat(text, "');");
    kf_put(f, "0001_odd.sql", text);
    kf_put(f, "0001_odd.down.sql", "drop table odd;");
    free(text);
    return 0;
}

static const char *embedded(kit_folder *f)
{
    const char *text;
    kf_reopen(f);
    check_kit(f, vg_kit_embed(f->kit, NULL, kf_path(f, "app.c"), &text));
    return text;
}

static void test_embed__gives_the_same_text_again(void **state)
{
    kit_folder *f = *state;
    char *one = strdup(embedded(f));
    assert_string_equal(embedded(f), one);
    char *file = kf_get(f, "app.c");
    assert_string_equal(file, one);
    assert_null(strstr(one, "?\?="));
    assert_non_null(strstr(one, "const char app_fingerprint[] = \""));
    assert_null(strstr(one, "const char app_fingerprint[] = \"\";"));
    free(file);
    free(one);
}

static int run(const char *format, ...) VG_PRINTF(1, 2);
static int run(const char *format, ...)
{
    char command[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    return system(command);
}

static void test_embed__compiles_with_all_warnings(void **state)
{
    kit_folder *f = *state;
    static const char *const compilers[] = {
        "gcc -std=c11 -trigraphs", "clang -std=c11 -trigraphs -Weverything -Wno-padded",
        "g++ -x c++ -std=c++20 -Wno-missing-field-initializers"};
    const char *source = getenv("VIRGA_SOURCE_DIR");
    embedded(f);
    for (size_t i = 0; i < COUNT_OF_ARRAY(compilers); i++) {
        if (run("command -v %.*s >/dev/null", (int)strcspn(compilers[i], " "),
                compilers[i]))
            continue;
        assert_int_equal(
            run("%s -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror "
                "-I '%s/include' -c '%s' -o '%s.o'",
                compilers[i], source, kf_path(f, "app.c"), f->path),
            0);
        run("rm -f '%s.o'", f->path);
    }
}

/* What the compiler makes of it is what the folder has, byte by byte. */
/* Proves: K034. */
static void test_embed__keeps_every_byte(void **state)
{
    kit_folder *f = *state;
    char *text = kf_get(f, "0001_odd.sql");
    vg_migrations all;
    embedded(f);
    check_kit(f, vg_kit_load(f->kit, &all));
    kf_put(f, "main.c",
           "#include \"app.c\"\n#include <stdio.h>\n"
           "int main(void) {\n"
           "  fwrite(app_migrations.data[1].sql, 1, app_migrations.data[1].sql_len, "
           "stdout);\n"
           "  printf(\"|%s|%s\", app_migrations.data[1].down, "
           "app_migrations.data[1].hash);\n"
           "  return app_migrations.len != 2;\n}\n");
    assert_int_equal(
        run("cd '%s' && gcc -w -std=gnu11 -I '%s/include' main.c -o main && "
            "./main > out",
            f->path, getenv("VIRGA_SOURCE_DIR")),
        0);
    char *out = kf_get(f, "out"), *expected = calloc(1, strlen(text) + 200);
    sprintf(expected, "%s|drop table odd;|%s", text, all.data[1].hash);
    assert_string_equal(out, expected);
    free(out);
    free(text);
    free(expected);
}

static void test_embed__names_what_the_program_says(void **state)
{
    kit_folder *f = *state;
    const char *text;
    check_kit(f, vg_kit_embed(f->kit, "shop_migrations", NULL, &text));
    assert_non_null(strstr(text, "const char shop_fingerprint[] = "));
    assert_non_null(
        strstr(text, "const vg_migrations shop_migrations = {migrations, 2};"));
    assert_int_equal(vg_kit_embed(f->kit, "2shop", NULL, &text), VG_INVALID);
    assert_int_equal(vg_kit_embed(f->kit, "a-b", NULL, &text), VG_INVALID);
    assert_int_equal(vg_kit_embed(f->kit, "", NULL, &text), VG_INVALID);
}

static void test_embed__takes_an_empty_folder(void **state)
{
    kit_folder *f = *state;
    const char *text;
    check_kit(f, vg_kit_embed(f->kit, NULL, NULL, &text));
    assert_non_null(strstr(text, "const vg_migrations app_migrations = {NULL, 0};"));
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_embed__##name, plain, kf_teardown)
#define EMPTY(name) \
    cmocka_unit_test_setup_teardown(test_embed__##name, kf_setup, kf_teardown)
    const struct CMUnitTest tests[] = {
        TEST(gives_the_same_text_again), TEST(compiles_with_all_warnings),
        TEST(keeps_every_byte),          TEST(names_what_the_program_says),
        EMPTY(takes_an_empty_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
