/* Many at once: each thread takes a connection of the pool for as long as one statement.
 *
 * SPDX-License-Identifier: MIT */
#include "app.h"

#include <pthread.h>
#include <stdio.h>

enum { MAX_THREADS = 16 };

typedef struct talker {
    vg_pool *pool;
    const char *page_id, *author_id;
    int number, each, rc;
    pthread_t thread;
} talker;

static void *talk(void *arg)
{
    talker *me = arg;
    for (int i = 0; !me->rc && i < me->each; i++) {
        char body[64];
        snprintf(body, sizeof body, "message %d of talker %d", i, me->number);
        VG_WRITE(me->pool, db) {
            me->rc = say(db, me->page_id, me->author_id, body);
        }
        if (!me->rc)
            me->rc = vg_pool_result(me->pool);
    }
    return NULL;
}

int crowd(vg_pool *pool, const char *page_id, const char *author_id, int threads,
          int each, int64_t *said)
{
    talker talkers[MAX_THREADS];
    int started = 0, rc = VG_OK;
    for (; started < threads && started < MAX_THREADS; started++) {
        talker *t = &talkers[started];
        *t = (talker){pool, page_id, author_id, started, each, VG_OK, 0};
        if (pthread_create(&t->thread, NULL, talk, t))
            break;
    }
    for (int i = 0; i < started; i++) {
        pthread_join(talkers[i].thread, NULL);
        rc = rc ? rc : talkers[i].rc;
    }
    VG_READ(pool, db) {
        rc = rc ? rc
                : vg_count(db, said, FROM(messages),
                           WHERE(EQ(messages.page_id, page_id)));
    }
    return rc ? rc : vg_pool_result(pool);
}
