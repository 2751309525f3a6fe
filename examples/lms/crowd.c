/* Many at once: four visitors read content.db, a teacher writes it. A pool lends each
 * thread a connection; readers see what was committed last and never wait for the writer.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <pthread.h>

enum { VISITORS = 4, PAGES = 50, EDITS = 10 };

typedef struct visitor {
    vg_pool *pool;
    pthread_t thread;
    int pages; /* seen, each with 13 or 14 lessons */
} visitor;

/* A page: the number of lessons, and the lessons of a track. */
static void *visit(void *arg)
{
    visitor *me = arg;
    vg_arena arena = {0};
    for (int i = 0; i < PAGES; i++) {
        VG_READ(me->pool, db) {
            int64_t count;
            lesson_card_list cards;
            if (!published_count(db, NULL, &count) && (count == 13 || count == 14) &&
                !lessons_of_track(db, &arena, &cards, "databases") && cards.len == 8)
                me->pages++;
        }
        vg_arena_reset(&arena);
    }
    vg_arena_free(&arena);
    return NULL;
}

/* Publish a draft and take it back. */
static int edit(vg_pool *pool)
{
    int rc = VG_OK;
    for (int i = 0; !rc && i < EDITS; i++)
        VG_WRITE(pool, db) {
            rc = publish(db, "Backups", (vg_opt_time){i % 2 == 0, vg_now()});
            if (rc)
                line("%s", vg_errmsg(db));
        }
    return rc ? rc : vg_pool_result(pool);
}

int show_crowd(lms *app)
{
    const vg_pool_options options = {
        .readers = VISITORS,
        .connection = {.query_cache = app->keeps_results ? app->cache : NULL}};
    visitor crowd[VISITORS];
    vg_pool *pool;
    int started = 0, pages = 0;
    int rc = vg_pool_open(&pool, app->content_path, &options);
    if (rc) {
        line("%s", vg_pool_errmsg(NULL));
        return rc;
    }
    for (; started < VISITORS; started++) {
        crowd[started] = (visitor){.pool = pool};
        if (pthread_create(&crowd[started].thread, NULL, visit, &crowd[started]))
            break;
    }
    rc = edit(pool);
    for (int i = 0; i < started; i++) {
        pthread_join(crowd[i].thread, NULL);
        pages += crowd[i].pages;
    }
    int end = vg_pool_close(pool, 1000);
    heading("Many at once");
    line("%d visitors saw %d pages while a teacher made %d edits", started, pages,
         EDITS);
    return rc ? rc : end;
}
