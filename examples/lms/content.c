/* What the platform teaches: counting, grouping, joining, editing.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <inttypes.h>

// clang-format off
PROJECTION(track_size,
    FIELD(title,   tracks.title),
    FIELD(lessons, COUNT(lessons.id)),
    FIELD(seconds, SUM(videos.seconds)))

PROJECTION(lesson_card,
    FIELD(series,  series.title),
    FIELD(lesson,  lessons.title),
    FIELD(seconds, NULLABLE(videos.seconds)))      /* a LEFT JOIN may find none */

PROJECTION(new_lesson,
    FIELD(title,        published.title),
    FIELD(published_at, published.published_at))

PROJECTION(video_edit,
    FIELD(quiz,       videos.quiz),
    FIELD(updated_by, videos.updated_by),
    FIELD(is_dated,   IS_NOT_NULL(videos.updated_at)))
// clang-format on

int show_counts(lms *app)
{
    int64_t there, drafts;
    int rc = vg_count(app->content, &there, FROM(lessons),
                      WHERE(IS_NOT_NULL(lessons.published_at)));
    if (!rc)
        rc = vg_count(app->content, &drafts, FROM(lessons),
                      WHERE(IS_NULL(lessons.published_at)));
    if (rc)
        return rc;
    heading("Lessons");
    line("%" PRId64 " published, %" PRId64 " drafts", there, drafts);
    return VG_OK;
}

/* One query with groups, not one query per track. */
int show_lessons_per_track(lms *app)
{
    track_size_list list;
    int rc = vg_all(app->content, &app->arena, &list, SELECT(track_size), FROM(tracks),
                    LEFT_JOIN(series, EQ(series.track_id, tracks.id)),
                    LEFT_JOIN(lessons, EQ(lessons.series_id, series.id)),
                    LEFT_JOIN(videos, EQ(videos.lesson_id, lessons.id)),
                    GROUP_BY(tracks.id), ORDER_BY(tracks.id));
    if (rc)
        return rc;
    heading("Lessons per track");
    for (size_t i = 0; i < list.len; i++)
        line("%-30s %2" PRId64 " lessons, %3" PRId64 " minutes", list.data[i].title,
             list.data[i].lessons,
             list.data[i].seconds.has ? list.data[i].seconds.v / 60 : 0);
    return VG_OK;
}

/* A track with its series, lessons and videos, in one query. Asking for the series, then
 * for the lessons of each, then for the video of each, would be N + 1 queries. */
int show_track(lms *app, const char *slug)
{
    lesson_card_list cards;
    int rc = vg_all(app->content, &app->arena, &cards, SELECT(lesson_card),
                    FROM(tracks), INNER_JOIN(series, EQ(series.track_id, tracks.id)),
                    INNER_JOIN(lessons, EQ(lessons.series_id, series.id)),
                    LEFT_JOIN(videos, EQ(videos.lesson_id, lessons.id)),
                    WHERE(EQ(tracks.slug, slug)),
                    ORDER_BY(series.position, lessons.position));
    if (rc)
        return rc;
    heading("The track \"databases\"");
    for (size_t i = 0; i < cards.len; i++) {
        const struct lesson_card *card = &cards.data[i];
        if (card->seconds.has)
            line("%-18s %-18s %2" PRId64 ":%02" PRId64, card->series, card->lesson,
                 card->seconds.v / 60, card->seconds.v % 60);
        else
            line("%-18s %-18s no video yet", card->series, card->lesson);
    }
    return VG_OK;
}

int show_newest(lms *app)
{
    new_lesson_list list;
    char day[VG_TIMESTAMP_ROOM];
    int rc = vg_all(app->content, &app->arena, &list, SELECT(new_lesson),
                    FROM(published), ORDER_BY(DESC(published.published_at)), LIMIT(10));
    if (rc)
        return rc;
    heading("The ten newest lessons");
    for (size_t i = 0; i < list.len; i++)
        line("%s  %s", vg_date_format(list.data[i].published_at.v, day),
             list.data[i].title);
    return VG_OK;
}

/* An edit says who made it, and when by itself; a locked video keeps what it has. */
int edit_quiz(lms *app)
{
    static const char quiz[] =
        "[{\"ask\":\"What does HAVING filter?\",\"answer\":\"groups\"}]";
    struct video_edit edit;
    int rc = vg_exec(app->content, UPDATE(videos, SET(is_locked, true)),
                     WHERE(EQ(videos.lesson_id, 1)));
    heading("Editing quizzes");
    for (int64_t lesson_id = 1; !rc && lesson_id <= 4; lesson_id += 3) {
        rc = vg_get(
            app->content, &app->arena, &edit,
            UPDATE(videos, SET(quiz, quiz), SET(updated_by, "teacher@example.org")),
            WHERE(AND(EQ(videos.lesson_id, lesson_id), EQ(videos.is_locked, false))),
            RETURNING(video_edit));
        if (rc == VG_NOT_FOUND)
            line("lesson %" PRId64 ": locked, left as it is", lesson_id);
        else if (!rc)
            line("lesson %" PRId64 ": %s, by %s%s", lesson_id, edit.quiz,
                 edit.updated_by, edit.is_dated ? ", dated" : "");
        rc = rc == VG_NOT_FOUND ? VG_OK : rc;
    }
    return rc;
}
