/* Debug builds: memory that is not lent any more is found out. Each misuse runs in a child,
 * which must not survive it: the address sanitizer ends it, or, without one, the child sees
 * rubbish and says so by its exit status. */
#include "base/poison.h"
#include "check.h"
#include "rt_bank.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef VIRGA_DEBUG
enum { CAUGHT = 1 };
#else
enum { CAUGHT = 0 };
#endif

/* How the child ended: 0 well, 1 anyhow else. */
static int ends(bool (*misuse)(vg_db *db))
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, 2);
        vg_db *db = rt_bank_open(NULL);
        bool survived = misuse(db);
        vg_close(db);
        _exit(survived ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

/* Read as the program would, whatever the compiler thinks of it. */
static int64_t look(const int64_t *at)
{
    return *(const volatile int64_t *)at;
}

static bool row_while_lent(vg_db *db)
{
    vg_cursor *cursor;
    struct owners *row;
    bool right =
        vg_query(db, &cursor, &row, SELECT(owners), ORDER_BY(owners.id)) == VG_OK;
    for (int64_t i = 1; vg_next(cursor); i++)
        right &= look(&row->id) == i && strlen(row->name) == 3;
    return right && vg_finish(cursor) == VG_OK;
}

static bool row_after_next(vg_db *db)
{
    vg_cursor *cursor;
    struct owners *row, *kept = NULL;
    if (vg_query(db, &cursor, &row, SELECT(owners), ORDER_BY(owners.id)) != VG_OK)
        return true;
    vg_next(cursor);
    kept = row;
    vg_next(cursor);
    return look(&kept->id) == 1 || look(&kept->id) == 2;
}

static bool text_after_next(vg_db *db)
{
    vg_cursor *cursor;
    struct owners *row;
    if (vg_query(db, &cursor, &row, SELECT(owners), ORDER_BY(owners.id)) != VG_OK)
        return true;
    vg_next(cursor);
    const volatile char *name = row->name;
    vg_next(cursor);
    return *name == 'A' || *name == 'B';
}

static bool row_after_the_end(vg_db *db)
{
    vg_cursor *cursor;
    struct owners *row, *last = NULL;
    if (vg_query(db, &cursor, &row, SELECT(owners), ORDER_BY(owners.id)) != VG_OK)
        return true;
    while (vg_next(cursor))
        last = row;
    return !last || look(&last->id) == 3;
}

static bool row_after_finish(vg_db *db)
{
    vg_cursor *cursor;
    struct owners *row;
    if (vg_query(db, &cursor, &row, SELECT(owners), ORDER_BY(owners.id)) != VG_OK ||
        !vg_next(cursor))
        return true;
    struct owners *kept = row;
    vg_finish(cursor);
    return look(&kept->id) == 1;
}

static bool row_after_arena_reset(vg_db *db)
{
    vg_arena arena = {0};
    owners_list list;
    if (vg_all(db, &arena, &list, SELECT(owners), ORDER_BY(owners.id)) != VG_OK)
        return true;
    vg_arena_reset(&arena);
    return look(&list.data[2].id) == 3;
}

static bool rows_in_a_reused_arena(vg_db *db)
{
    vg_arena arena = {0};
    bool right = true;
    for (int i = 0; i < 3; i++) {
        owners_list list;
        right &=
            vg_all(db, &arena, &list, SELECT(owners), ORDER_BY(owners.id)) == VG_OK &&
            look(&list.data[2].id) == 3 && strcmp(list.data[2].name, "Cyd") == 0;
        vg_arena_reset(&arena);
    }
    vg_arena_free(&arena);
    return right;
}

static bool row_after_arena_free(vg_db *db)
{
    vg_arena arena = {0};
    owners_list list;
    if (vg_all(db, &arena, &list, SELECT(owners), ORDER_BY(owners.id)) != VG_OK)
        return true;
    vg_arena_free(&arena);
    return look(&list.data[2].id) == 3;
}

static bool both_copies_of_an_arena(vg_db *db)
{
    vg_arena arena = {0};
    owners_list list;
    if (vg_all(db, &arena, &list, SELECT(owners)) != VG_OK)
        return true;
    vg_arena copy = arena;
    vg_arena_free(&arena);
    vg_arena_free(&copy);
    return true;
}

static void test_debug__right_use_survives(void **state)
{
    (void)state;
    assert_int_equal(ends(row_while_lent), 0);
    assert_int_equal(ends(rows_in_a_reused_arena), 0);
}

static void test_debug__row_of_a_cursor(void **state)
{
    (void)state;
    assert_int_equal(ends(row_after_next), CAUGHT);
    assert_int_equal(ends(text_after_next), CAUGHT);
    assert_int_equal(ends(row_after_the_end), CAUGHT);
    assert_int_equal(ends(row_after_finish), CAUGHT);
}

static void test_debug__row_of_an_arena(void **state)
{
    (void)state;
    assert_int_equal(ends(row_after_arena_reset), CAUGHT);
#ifdef VG_HAS_ASAN /* else it is for valgrind to say */
    assert_int_equal(ends(row_after_arena_free), 1);
    assert_int_equal(ends(both_copies_of_an_arena), 1);
#else
    (void)row_after_arena_free;
    (void)both_copies_of_an_arena;
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_debug__right_use_survives),
        cmocka_unit_test(test_debug__row_of_a_cursor),
        cmocka_unit_test(test_debug__row_of_an_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
