/* Two threads in one connection at once: the second is refused, with the places of both. The
 * first is held inside of its call by the log hook, so that the meeting is certain. */
#include "check.h"
#include "rt_bank.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct meeting {
    vg_db *db;
    sem_t inside, leave;
    bool hold;
    int rc, cursor_rc, block_rc, after;
    bool ran;
    char message[512], warning[512];
    int warnings;
} meeting;

static void hold(void *ctx, const vg_log_event *event)
{
    meeting *m = ctx;
    (void)event;
    if (!m->hold)
        return;
    m->hold = false;
    sem_post(&m->inside);
    sem_wait(&m->leave);
}

static void hear(void *ctx, const vg_warning *w)
{
    meeting *m = ctx;
    m->warnings += w->kind == VG_WARN_MISUSE;
    snprintf(m->warning, sizeof m->warning, "%s", w->message);
}

static void *intrude(void *ctx)
{
    meeting *m = ctx;
    vg_cursor *cursor;
    struct owners *row;
    owners_list list = {(void *)1, 1};
    vg_arena arena = {0};
    sem_wait(&m->inside);
    m->rc = vg_all(m->db, &arena, &list, SELECT(owners));
    snprintf(m->message, sizeof m->message, "%s", vg_errmsg(m->db));
    m->cursor_rc = vg_query(m->db, &cursor, &row, SELECT(owners));
    VG_TRANSACTION(m->db, tx) {
        m->ran = true;
    }
    m->block_rc = vg_result(m->db);
    m->after = vg_errinfo(m->db)->code;
    if (list.len || list.data)
        m->rc = -1;
    vg_arena_free(&arena);
    sem_post(&m->leave);
    return NULL;
}

static void test_guard__two_threads_at_once(void **state)
{
    (void)state;
    static meeting m;
    pthread_t other;
    int64_t n;
    m.db = rt_bank_open(
        &(vg_options){.log = hold, .log_ctx = &m, .warn = hear, .warn_ctx = &m});
    assert_int_equal(sem_init(&m.inside, 0, 0), 0);
    assert_int_equal(sem_init(&m.leave, 0, 0), 0);
#ifdef VIRGA_DEBUG
    m.hold = true;
    assert_int_equal(pthread_create(&other, NULL, intrude, &m), 0);
    char place[60];
    snprintf(place, sizeof place, "test_guard_threads.c:%d is running", __LINE__ + 1);
    check_ok(m.db, vg_count(m.db, &n, FROM(owners)));
    pthread_join(other, NULL);
    assert_int_equal(n, 3);
    assert_int_equal(m.rc, VG_MISUSE);
    assert_int_equal(m.cursor_rc, VG_MISUSE);
    assert_int_equal(m.block_rc, VG_MISUSE);
    assert_int_equal(m.after, VG_MISUSE);
    assert_false(m.ran);
    assert_int_equal(m.warnings, 3);
    assert_non_null(strstr(m.message, "two threads use the connection at once: "));
    assert_non_null(strstr(m.message, place));
    assert_non_null(strstr(m.warning, place));
    check_text(vg_errmsg(m.db), "");
#else
    (void)intrude;
    (void)other;
#endif
    check_ok(m.db, vg_count(m.db, &n, FROM(owners)));
    assert_int_equal(vg_close(m.db), VG_OK);
}

/* One after the other is no misuse. */
static void *use(void *ctx)
{
    int64_t n;
    return vg_count((vg_db *)ctx, &n, FROM(owners)) == VG_OK ? ctx : NULL;
}

static void test_guard__one_after_the_other(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(NULL);
    for (int i = 0; i < 3; i++) {
        pthread_t other;
        void *result;
        assert_int_equal(pthread_create(&other, NULL, use, db), 0);
        pthread_join(other, &result);
        assert_ptr_equal(result, db);
        assert_ptr_equal(use(db), db);
    }
    assert_int_equal(vg_close(db), VG_OK);
}

/* Memory whose first block is always the same: a connection at the address of an older one. */
static void *same_place(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    static _Alignas(16) char first[1 << 15];
    bool *taken = ctx;
    (void)old_size;
    if (!ptr && !*taken && new_size <= sizeof first) {
        *taken = true;
        return first;
    }
    if (ptr == first) {
        assert_int_equal(new_size, 0);
        *taken = false;
        return NULL;
    }
    if (new_size)
        return realloc(ptr, new_size);
    free(ptr);
    return NULL;
}

static void test_guard__a_refusal_ends_with_its_connection(void **state)
{
    (void)state;
    static meeting m;
    bool taken = false;
    vg_options options = {.log = hold,
                          .log_ctx = &m,
                          .warn = hear,
                          .warn_ctx = &m,
                          .allocator = {same_place, &taken}};
    m.db = rt_bank_open(&options);
#ifdef VIRGA_DEBUG
    pthread_t other;
    int64_t n;
    m.hold = true;
    assert_int_equal(sem_init(&m.inside, 0, 0), 0);
    assert_int_equal(sem_init(&m.leave, 0, 0), 0);
    assert_int_equal(pthread_create(&other, NULL, use, m.db), 0);
    sem_wait(&m.inside);
    assert_int_equal(vg_count(m.db, &n, FROM(owners)), VG_MISUSE);
    check_text(vg_errinfo(m.db)->sqlstate, "55000");
    sem_post(&m.leave);
    pthread_join(other, NULL);
#endif
    const vg_db *before = m.db;
    assert_int_equal(vg_close(m.db), VG_OK);
    assert_int_equal(vg_open(&m.db, ":memory:", &options), VG_OK);
    assert_ptr_equal(m.db, before);
    check_text(vg_errmsg(m.db), "");
    assert_int_equal(vg_errinfo(m.db)->code, VG_OK);
    assert_int_equal(vg_close(m.db), VG_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guard__two_threads_at_once),
        cmocka_unit_test(test_guard__one_after_the_other),
        cmocka_unit_test(test_guard__a_refusal_ends_with_its_connection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
