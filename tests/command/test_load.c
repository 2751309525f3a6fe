/* Reading the schema from its header. */
#include "command.h"

#define USERS \
    "#include <virga/virga.h>\nTABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY))\n"

static void test_load__compile_errors_are_shown_as_they_are(void **state)
{
    (void)state;
    file_write("schema.h",
               USERS "TABLE(posts,\n    COLUMN(id, INTGER, PRIMARY_KEY))\n");
    expect_run(1, "virga export --schema schema.h");
    expect_err("schema.h:3:1: error: ");
    expect_err("unknown words: INTGER");
    expect_err("error: the schema does not compile");
    assert_string_equal(out, "");
    expect_run(1, "virga export --schema schema.h -o json");
    expect_out("\"compiler\": \"");
    expect_out("unknown words: INTGER");
    file_write("schema.h", "#include \"none.h\"\n");
    expect_run(1, "virga export --schema schema.h");
    expect_err("none.h: No such file");
    file_write("schema.h", "int x;\n");
    expect_run(1, "virga export --schema schema.h");
    expect_err("the schema does not include <virga/virga.h>");
}

static void test_load__leaves_nothing_behind(void **state)
{
    (void)state;
    expect_run(0, "mkdir tmp");
    file_write("schema.h", USERS);
    expect_run(0, "TMPDIR=$PWD/tmp virga export --schema schema.h");
    expect_run(0, "ls tmp");
    assert_string_equal(out, "");
    file_write("schema.h", "error\n");
    expect_run(1, "TMPDIR=$PWD/tmp virga export --schema schema.h");
    expect_run(0, "ls tmp");
    assert_string_equal(out, "");
    /* A compiler that never ends, and somebody who does not wait for it. */
    file_write("slow", "#!/bin/sh\nsleep 100\n");
    expect_run(0, "chmod +x slow");
    run("TMPDIR=$PWD/tmp timeout -s INT 1 virga export --schema schema.h --cc ./slow");
    expect_run(0, "ls tmp");
    assert_string_equal(out, "");
    expect_run(1, "TMPDIR=$PWD/none virga export --schema schema.h");
    expect_err("cannot make a temporary folder in");
}

static void test_load__what_is_taken(void **state)
{
    (void)state;
    /* Without SCHEMA all, in the order in which they are declared; TABLE_LATER is no declaration
     * of that kind, an alias and a projection are no tables. */
    file_write("a.h", "#pragma once\n#include <virga/virga.h>\n"
                      "TABLE_LATER(zebras)\n"
                      "TABLE(herds, COLUMN(id, INTEGER, PRIMARY_KEY),\n"
                      "    COLUMN(leader, INTEGER, REFERENCES_LATER(zebras, id)))\n"
                      "TABLE(apes, COLUMN(id, INTEGER, PRIMARY_KEY))\n"
                      "TABLE(zebras, COLUMN(id, INTEGER, PRIMARY_KEY))\n"
                      "ALIAS(boss, apes)\n"
                      "PROJECTION(ape_id, FIELD(id, apes.id))\n");
    expect_run(0, "virga export --schema a.h");
    const char *herds = strstr(out, "CREATE TABLE `herds`"),
               *apes = strstr(out, "CREATE TABLE `apes`"),
               *zebras = strstr(out, "CREATE TABLE `zebras`");
    assert_true(herds && apes && zebras && herds < apes && apes < zebras);
    assert_null(strstr(out, "boss"));
    assert_null(strstr(out, "ape_id"));

    file_write("b.h",
               "#include \"a.h\"\nTABLE(cats, COLUMN(id, INTEGER, PRIMARY_KEY))\n"
               "SCHEMA(pets, cats)\nSCHEMA(wild, zebras)\n");
    expect_run(0, "virga export --schema b.h --schema-name pets");
    assert_non_null(strstr(out, "`cats`"));
    assert_null(strstr(out, "`zebras`"));
    expect_run(0, "virga export --schema b.h");
    assert_non_null(strstr(out, "`cats`"));
    assert_non_null(strstr(out, "`zebras`"));
    assert_null(strstr(out, "`apes`"));
    expect_run(3, "virga export --schema b.h --schema-name pest");
    expect_err("there is no SCHEMA(pest, ...) in the headers; did you mean pets?");

    expect_run(0, "mkdir -p tables && cp a.h tables/a.h && "
                  "printf '#pragma once\\n#include <virga/virga.h>\\n"
                  "TABLE(x, COLUMN(id, INTEGER, PRIMARY_KEY))\\n' > tables/x.h");
    expect_run(0, "virga export --schema 'tables/*.h'");
    assert_non_null(strstr(out, "`zebras`"));
    assert_non_null(strstr(out, "`x`"));
    expect_run(0, "virga export --schema tables");
    assert_non_null(strstr(out, "`x`"));
    expect_run(0, "virga export --schema tables/a.h --schema tables/x.h");
    assert_non_null(strstr(out, "`x`"));
    expect_run(3, "virga export --schema 'none/*.h'");
    expect_err("no file fits the pattern");
    expect_run(3, "virga export --schema none.h");
    expect_err("there is no none.h");
    expect_run(3, "virga export");
    expect_err("which schema?");
}

/* What was compiled is kept, and forgotten as soon as a file or a flag is another one. */
static void test_load__kept_from_run_to_run(void **state)
{
    (void)state;
    file_write("more.h", "#define NAME_OF_X\n");
    file_write("schema.h",
               "#include <virga/virga.h>\n#include \"more.h\"\n"
               "TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(x, TEXT "
               "NAME_OF_X))\n");
    expect_run(0, "sleep 0.1; virga export --schema schema.h");
    expect_run(0, "virga export --schema schema.h --verbose");
    assert_null(strstr(err, "schema.o")); /* no compiler ran */
    expect_out("`x` text");
    file_write("more.h", "#define NAME_OF_X , NAME(\"y\")\n");
    expect_run(0, "sleep 0.1; virga export --schema schema.h");
    expect_out("`y` text");
    file_write("schema.h",
               "#include <virga/virga.h>\n"
               "TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(Z, TEXT))\n");
    expect_run(0, "virga export --schema schema.h");
    expect_out("`Z` text");
    expect_run(0, "virga export --schema schema.h --cflags -DVG_CASING=CAMEL_CASE");
    expect_out("`z` text");
    file_write("schema.h", "error\n");
    expect_run(1, "virga export --schema schema.h");
    expect_run(0, "rm -rf .cache more.h && printf '#include <virga/virga.h>\\n"
                  "TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY))\\n' > schema.h && "
                  "VIRGA_CACHE= virga export --schema schema.h && ls -a");
    assert_null(strstr(out, ".cache"));
}

/* Functions that only the program has are not called; a codec is data and must be there. */
static void test_load__what_only_the_program_has(void **state)
{
    (void)state;
    file_write("schema.h", "#include <virga/virga.h>\n"
                           "vg_value one(char room[VG_DEFAULT_ROOM]);\n"
                           "vg_value two(char room[VG_DEFAULT_ROOM]);\n"
                           "TABLE(users, COLUMN(id, UUID, PRIMARY_KEY,"
                           " DEFAULT_FN(vg_default_uuid_v7)),\n"
                           "    COLUMN(a, TEXT, NOT_NULL, DEFAULT_FN(one)),\n"
                           "    COLUMN(b, TEXT, NOT_NULL, ON_UPDATE_FN(two)))\n");
    expect_run(0, "virga export --schema schema.h");
    expect_out("`b` text NOT NULL");
}

static void test_load__the_compiler_is_chosen(void **state)
{
    (void)state;
    file_write("schema.h", "#include <virga/virga.h>\n#include \"more.h\"\n"
                           "TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), MORE)\n");
    expect_run(
        0, "mkdir 'a folder' && printf '#define MORE COLUMN(x, TEXT NAME_OF_X)\\n' > "
           "'a folder/more.h'");
    expect_run(
        0, "virga export --schema schema.h -I 'a folder' --cflags '-DNAME_OF_X= -Wall "
           "-Werror -fsanitize=address -fvisibility=hidden -O2'");
    expect_out("`x` text");
    expect_run(
        0, "CC=gcc virga doctor --schema schema.h --cflags -DNAME_OF_X= -I 'a folder'");
    expect_out("gcc (from $CC)");
    file_write("virga.json",
               "{\"schema\": \"schema.h\", \"cc\": \"env A=b cc\", \"include\": "
               "\"a folder\", \"cflags\": [\"-DNAME_OF_X=\"]}");
    expect_run(0, "CC=none virga export --verbose");
    expect_err("  env A=b cc -std=gnu11 -DNAME_OF_X= -I a folder");
    expect_run(1, "virga export --cc no-such-cc");
    expect_err("cannot run the C compiler no-such-cc");
    file_write("e.json", "{}");
    expect_run(1,
               "CC= PATH=/nowhere $VIRGA_COMMAND export --schema schema.h -c e.json");
}

static void test_load__other_headers_are_refused(void **state)
{
    (void)state;
    file_write("schema.h", "#include <virga/virga.h>\n#undef VG_VERSION\n"
                           "#define VG_VERSION \"0.0.9\"\n"
                           "TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY))\n");
    expect_run(1, "virga export --schema schema.h");
    expect_err("compiled with the headers of virga 0.0.9, this command is 0.1.0");
}

/* How often the compiler ran is what cc.sh counts. */
static void test_load__is_kept_as_long_as_nothing_changes(void **state)
{
    (void)state;
    file_write("more.h", "#define MORE\n");
    file_write("schema.h", "#include <virga/virga.h>\n#include \"more.h\"\n"
                           "TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY) MORE)\n");
    file_write("cc.sh", "#!/bin/sh\necho run >> runs\nexec cc \"$@\"\n");
    static const char line[] =
        "VIRGA_CACHE=$PWD/cache virga export --schema schema.h --cc ./cc.sh";
    expect_run(0, "chmod +x cc.sh && sleep 0.1");
    expect_run(0, line);
    expect_out("CREATE TABLE `users`");
    expect_run(0, "rm runs; ls cache");
    expect_out(".txt\n");
    expect_run(0, line);
    expect_out("CREATE TABLE `users`");
    expect_run(1, "test -e runs");
    file_write("more.h", "#define MORE , COLUMN(age, INTEGER)\n");
    expect_run(0, "sleep 0.1");
    expect_run(0, line);
    expect_out("`age` integer");
    expect_run(0, "rm runs");
    expect_run(0, line);
    expect_out("`age` integer");
    expect_run(1, "test -e runs");
    /* Other flags, none at all, and a folder that others may write into. */
    expect_run(
        0, "VIRGA_CACHE=$PWD/cache virga export --schema schema.h --cc './cc.sh -DX'");
    expect_run(0, "rm runs");
    expect_run(0, "VIRGA_CACHE= virga export --schema schema.h --cc ./cc.sh");
    expect_run(0, "rm runs; chmod 777 cache");
    expect_run(0, line);
    expect_run(0, "rm runs; chmod 700 cache; for f in cache/*.txt; do : > $f; done");
    expect_run(0, line);
    expect_run(0, "test -e runs");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_load__compile_errors_are_shown_as_they_are),
        COMMAND_TEST(test_load__leaves_nothing_behind),
        COMMAND_TEST(test_load__what_is_taken),
        COMMAND_TEST(test_load__kept_from_run_to_run),
        COMMAND_TEST(test_load__what_only_the_program_has),
        COMMAND_TEST(test_load__the_compiler_is_chosen),
        COMMAND_TEST(test_load__other_headers_are_refused),
        COMMAND_TEST(test_load__is_kept_as_long_as_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
