/* How far they are: an upsert that adds up, and questions that need both databases.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <inttypes.h>

// clang-format off
PROJECTION(user_progress,
    FIELD(lesson_id, lesson_progress.lesson_id),
    FIELD(seconds,   lesson_progress.seconds),
    FIELD(is_done,   IS_NOT_NULL(lesson_progress.completed_at)))

PROJECTION(lesson_title,
    FIELD(id,    lessons.id),
    FIELD(title, lessons.title))

/* A query as the source of another: how many lessons each student has done, ranked. */
PROJECTION(student_done,
    FIELD(name, users.name),
    FIELD(done, COUNT(lesson_progress.completed_at)))
ALIAS(counted, student_done)
PROJECTION(student_rank,
    FIELD(place, OVER(RANK(), ORDER_BY(DESC(counted.done)))),
    FIELD(name,  counted.name),
    FIELD(done,  counted.done))
// clang-format on

/* The unique key on user and lesson makes this one statement: the first time a row, then
 * the furthest second that was seen; looking at the beginning again changes nothing. */
int watch_lesson(lms *app, const char *email, int64_t lesson_id, int64_t seconds)
{
    int64_t user_id;
    int rc = vg_get(app->users, NULL, &user_id, SELECT_VALUE(users.id),
                    WHERE(EQ(users.email, email)));
    if (rc)
        return rc;
    return vg_exec(app->users,
                   INSERT_INTO(lesson_progress, SET(user_id, user_id),
                               SET(lesson_id, lesson_id), SET(seconds, seconds)),
                   ON_CONFLICT(lesson_progress, KEY(user_id, lesson_id),
                               SET(seconds, EXCLUDED(lesson_progress.seconds)),
                               UPDATE_WHERE(LT(lesson_progress.seconds,
                                               EXCLUDED(lesson_progress.seconds)))));
}

static const char *title_of(const lesson_title_list *titles, int64_t id)
{
    for (size_t i = 0; i < titles->len; i++)
        if (titles->data[i].id == id)
            return titles->data[i].title;
    return "(gone)";
}

/* Two databases, two queries: the second asks for all titles at once. */
int show_progress(lms *app, const char *email)
{
    user_progress_list list;
    lesson_title_list titles;
    int rc = vg_all(app->users, &app->arena, &list, SELECT(user_progress),
                    FROM(lesson_progress),
                    INNER_JOIN(users, EQ(users.id, lesson_progress.user_id)),
                    WHERE(EQ(users.email, email)), ORDER_BY(lesson_progress.lesson_id));
    if (rc)
        return rc;
    int64_t *ids = vg_arena_alloc(&app->arena, (list.len + 1) * sizeof *ids);
    if (!ids)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < list.len; i++)
        ids[i] = list.data[i].lesson_id;
    rc = vg_all(app->content, &app->arena, &titles, SELECT(lesson_title), FROM(lessons),
                WHERE(IN_ARRAY(lessons.id, ids, list.len)));
    if (rc)
        return rc;
    heading("Mira's progress");
    for (size_t i = 0; i < list.len; i++)
        line("%-18s %4" PRId64 " s%s", title_of(&titles, list.data[i].lesson_id),
             list.data[i].seconds, list.data[i].is_done ? ", done" : "");
    return VG_OK;
}

/* The students are counted in a common table expression and ranked by a window. */
int show_rank(lms *app)
{
    student_rank_list list;
    int rc =
        vg_all(app->users, &app->arena, &list,
               CTE(counted, SELECT(student_done), FROM(users),
                   LEFT_JOIN(lesson_progress, EQ(lesson_progress.user_id, users.id)),
                   WHERE(EQ(users.role, "student")), GROUP_BY(users.id)),
               SELECT(student_rank), FROM(counted),
               ORDER_BY(DESC(counted.done), counted.name));
    if (rc)
        return rc;
    heading("Lessons done");
    for (size_t i = 0; i < list.len; i++)
        line("%" PRId64 ". %-6s %" PRId64, list.data[i].place, list.data[i].name,
             list.data[i].done);
    return VG_OK;
}
