/* Questions about renames, and what answers them. */
#include "kit_unit.h"
#include "kit_schema.h"
#include <string.h>

typedef struct job {
    const char *from, *to, *decisions;
    const char *text; /* renames and questions, a line each */
} job;

static int run(vg_kit *k, void *args)
{
    job *j = args;
    vgk_snapshot a, b;
    vgk_renames renames, decisions = renames_of(k, j->decisions);
    vgk_questions questions;
    vg_buf *buf = vgk_buf(k);
    schema_of(k, j->from, &a);
    schema_of(k, j->to, &b);
    int rc = vgk_decide(k, &a, &b, &decisions, &renames, &questions);
    if (rc)
        return rc;
    for (size_t i = 0; i < renames.len; i++)
        vgk_put(buf, "%s%s%s=%s\n", renames.data[i].table,
                *renames.data[i].table ? "." : "", renames.data[i].from,
                renames.data[i].to);
    for (size_t i = 0; i < questions.len; i++) {
        const vgk_question *q = &questions.data[i];
        static const char *const kinds[] = {"table", "column", "view"};
        vgk_put(buf, "%s %s%s%s?", kinds[q->kind], q->table, *q->table ? "." : "",
                q->name);
        for (size_t n = 0; n < q->candidates.len; n++)
            vgk_put(buf, " %s", q->candidates.data[n]);
        vg__buf_char(buf, '\n');
    }
    j->text = vgk_buf_text(k, buf, NULL);
    return VG_OK;
}

static const char *decide(const char *from, const char *to, const char *decisions)
{
    job j = {from, to, decisions, NULL};
    return vgk_enter(kit, run, &j) ? vg_kit_error(kit) : j.text;
}

#define OLD                                          \
    "table|a\ncol|x|text\ncol|y|text\n"              \
    "table|gone\ncol|id|text\ntable|b\ncol|z|text\n" \
    "view|v|select 1\n"
#define NEW                                              \
    "table|made\ncol|id|text\ntable|other\ncol|q|text\n" \
    "table|a\ncol|x2|text\ncol|y2|text\ncol|y|text\n"    \
    "table|b\ncol|z|text\ncol|w|text\n"                  \
    "view|u|select 1\n"

/* Proves: K040 K041 K042. */
static void test_decide__asks_in_drizzle_kits_order(void **state)
{
    (void)state;
    assert_string_equal(decide(OLD, OLD, ""), "");
    /* Nothing is gone: nothing to ask. */
    assert_string_equal(decide("", OLD, ""), "");
    assert_string_equal(decide(OLD, "", ""), "");
    assert_string_equal(decide(OLD, NEW, ""), "table made? gone\n"
                                              "table other? gone\n"
                                              "column a.x2? x\n"
                                              "column a.y2? x\n"
                                              "view u? v\n");
}

/* Proves: K040 K041 K042. */
static void test_decide__takes_answers(void **state)
{
    (void)state;
    /* What is taken is no candidate any more. */
    assert_string_equal(decide(OLD, NEW, "gone=other\n=other.q\na.x=a.y2\nview v=u"),
                        "gone=other\na.x=y2\nv=u\n");
    assert_string_equal(decide(OLD, NEW, "=made\n=other\n=a.x2\nview =u"),
                        "column a.y2? x\n");
    /* The columns of a renamed table are asked for, by its old name or its new one. */
    assert_string_equal(decide("table|a\ncol|x|text\n", "table|b\ncol|y|text\n", "a=b"),
                        "a=b\ncolumn b.y? x\n");
    assert_string_equal(
        decide("table|a\ncol|x|text\n", "table|b\ncol|y|text\n", "a=b\nb.x=b.y"),
        "a=b\nb.x=y\n");
    assert_string_equal(
        decide("table|a\ncol|x|text\n", "table|b\ncol|y|text\n", "a=b\na.x=a.y"),
        "a=b\nb.x=y\n");
}

static void test_decide__refuses_what_fits_nothing(void **state)
{
    (void)state;
    assert_string_equal(decide(OLD, NEW, "gon=made"),
                        "the rename of table gon to made fits nothing\n"
                        "  tables: gone gone; new made, other\n"
                        "  columns of a: gone x; new x2, y2\n"
                        "  columns of b: gone nothing; new w\n"
                        "  views: gone v; new u");
    assert_string_equal(
        decide("table|t\ncol|a|text\n", "table|t\ncol|a|text\n", "t.a=t.b"),
        "the rename of column t.a to b fits nothing; nothing is gone or new");
    assert_string_equal(decide(OLD, NEW, "=a.z"),
                        "the decision that column a.z is new fits nothing\n"
                        "  tables: gone gone; new made, other\n"
                        "  columns of a: gone x; new x2, y2\n"
                        "  columns of b: gone nothing; new w\n"
                        "  views: gone v; new u");
    assert_string_equal(decide(OLD, NEW, "a.x=a.x2\na.x=a.y2"),
                        "two renames of \"x\": it can become one thing only");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decide__asks_in_drizzle_kits_order),
        cmocka_unit_test(test_decide__takes_answers),
        cmocka_unit_test(test_decide__refuses_what_fits_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
