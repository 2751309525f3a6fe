/* SQL as tokens: what each one is, and what a name says without its quotes. */
#include "check.h"
#include "dialect/postgres.h"
#include "dialect/sqlite.h"
#include "migrate/lexer.h"
#include <stdio.h>

/* Each token as a letter of its kind and its text. */
static void check_tokens(const vg_lexis *lexis, const char *sql, const char *expected)
{
    static const char letters[] = "EK;wnsb0p!."; /* by vg_token_kind */
    char got[400] = "";
    vg_lexer lexer;
    vg_token t;
    vg__lexer_begin(&lexer, lexis, sql, strlen(sql));
    while ((t = vg__lexer_next(&lexer)).kind) {
        size_t at = strlen(got);
        snprintf(got + at, sizeof got - at, "%s%c:%.*s", at ? " " : "", letters[t.kind],
                 (int)t.len, t.text);
    }
    check_text(got, expected);
}

static void test_lexer__sqlite(void **state)
{
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"", ""},
        {"\xef\xbb\xbf\v a--b\n/*c*/d", "w:a w:d"},
        {"a --> statement-breakpoint\nb /* c", "w:a w:b"},
        {"\"a\"\"b\" `a``` [a]b]", "n:\"a\"\"b\" n:`a``` n:[a] w:b .:]"},
        {"'a''b'c x'0F'xy X'' x", "s:'a''b' w:c b:x'0F' w:xy b:X'' w:x"},
        {"'a", "!:'a"},
        {"x'a \"b\"", "!:x'a \"b\""},
        {"1 1.5 .5 5. 1e5 1.5E-3 1e 0x1F 0x 1_000 2fa",
         "0:1 0:1.5 0:.5 0:5. 0:1e5 0:1.5E-3 w:1e 0:0x1F w:0x 0:1_000 w:2fa"},
        {"1-1 a.b a.1 1e+", "0:1 .:- 0:1 w:a .:. w:b w:a 0:.1 w:1e .:+"},
        {"? ?1 :a @b $c #1 a$b", "p:? p:?1 p::a p:@b p:$c p:#1 w:a$b"},
        {"a->>'$.b'->c||d<=e<>f==g!=h<<i>>j",
         "w:a .:->> s:'$.b' .:-> w:c .:|| w:d .:<= "
         "w:e .:<> w:f .:== w:g .:!= w:h .:<< w:i "
         ".:>> w:j"},
        {"(a<b);", ".:( w:a .:< w:b .:) ;:;"},
        {"\xc3\xa9_1", "w:\xc3\xa9_1"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_tokens(vg_dialect_sqlite.lexis, cases[i].sql, cases[i].expected);
}

/* What a lexis does not say is no token of its own. */
static void test_lexer__other_databases(void **state)
{
    static const vg_lexis lexis = {.quotes = "\"", .dollars = true};
    (void)state;
    check_tokens(&lexis, "x'0' $1 $a$'$a$ [a] :b<=`c",
                 "w:x s:'0' w:$1 s:$a$'$a$ .:[ w:a .:] .:: w:b .:< .:= .:` w:c");
}

static void test_lexer__postgres(void **state)
{
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"a::int[] $1 $12a", "w:a .::: w:int .:[ .:] p:$1 p:$12 w:a"},
        {"$$a'$$b$$ $x$ $y$ $x$c", "s:$$a'$$ w:b$$ s:$x$ $y$ $x$ w:c"},
        {"E'a\\'b' e'\\\\' 'a\\' E'a''b'", "s:E'a\\'b' s:e'\\\\' s:'a\\' s:E'a''b'"},
        {"U&\"d\\0061\"\"\" u&'a''b' U & 'c' U&x",
         "n:U&\"d\\0061\"\"\" s:u&'a''b' w:U .:& s:'c' w:U .:& w:x"},
        {"N'a' b'01' X'0F' xE'a'", "s:N'a' s:b'01' b:X'0F' w:xE s:'a'"},
        {"E'a\\' b", "!:E'a\\' b"},
        {"a /* /* ; */ ' */ b", "w:a w:b"},
        {"a->>'b'#>>c@>d?|e||f",
         "w:a .:->> s:'b' .:#>> w:c .:@> w:d .:?| w:e .:|| w:f"},
        {"1$a$b$a$ `a [b]", "0:1 s:$a$b$a$ .:` w:a .:[ w:b .:]"},
        {"a$1 \"a\"\"b\"", "w:a$1 n:\"a\"\"b\""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_tokens(&vg__postgres_lexis, cases[i].sql, cases[i].expected);
}

static vg_token first(const char *sql)
{
    vg_lexer lexer;
    vg__lexer_begin(&lexer, vg_dialect_sqlite.lexis, sql, strlen(sql));
    return vg__lexer_next(&lexer);
}

static void test_lexer__names(void **state)
{
    static const struct {
        const char *sql, *name;
        bool names;
    } cases[] = {
        {"Ab", "aB", true},         {"\"a\"\"b\"", "A\"b", true},
        {"`a``b`", "a`b", true},    {"[a]", "a", true},
        {"[a[[b]", "a[[b", true},   {"'a'", "a", true},
        {"\"\"", "", true},         {"\"a`\"", "a`", true},
        {"a", "ab", false},         {"ab", "a", false},
        {"\"a", "a", false},        {"5", "5", false},
        {"\"a\"\"b\"", "a", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg_token t = first(cases[i].sql);
        if (vg__token_names(&t, cases[i].name) != cases[i].names)
            fail_msg("%s: %s", cases[i].sql, cases[i].name);
    }
    vg_token a = first("'a'"), b = first("'A'"), c = first("\"a\"");
    assert_false(vg__token_same(&a, &b, false));
    assert_true(vg__token_same(&a, &b, true));
    assert_true(vg__token_same(&a, &c, false));
    a = first("Select");
    assert_true(vg__token_is(&a, "SELECT"));
    a = first("\"select\"");
    assert_false(vg__token_is(&a, "SELECT"));
    a = first(";");
    assert_true(vg__token_is(&a, ";"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lexer__sqlite),
        cmocka_unit_test(test_lexer__other_databases),
        cmocka_unit_test(test_lexer__postgres),
        cmocka_unit_test(test_lexer__names),
    };
    return cmocka_run_group_tests_name("lexer", tests, NULL, NULL);
}
