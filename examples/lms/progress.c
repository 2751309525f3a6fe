/* How far they are: an upsert, a join of both databases, a rank.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <inttypes.h>

// clang-format off
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

int watch_lesson(lms *app, const char *email, int64_t lesson_id, int64_t seconds)
{
    int64_t user_id;
    int rc = user_id_of(app->users, NULL, &user_id, email);
    return rc ? rc : watch(app->users, user_id, lesson_id, seconds);
}

int show_progress(lms *app, const char *email)
{
    user_progress_list list;
    int rc = progress_of(app->users, &app->arena, &list, email);
    if (rc)
        return rc;
    heading("Mira's progress");
    for (size_t i = 0; i < list.len; i++)
        line("%-18s %4" PRId64 " s%s", list.data[i].lesson, list.data[i].seconds,
             list.data[i].is_done ? ", done" : "");
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
                   WHERE(EQ(users.role, STUDENT)), GROUP_BY(users.id)),
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
