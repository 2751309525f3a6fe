/* What the platform teaches: counting, grouping, joining, searching, editing.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <inttypes.h>

// clang-format off
PROJECTION(video_edit,
    FIELD(quiz,       videos.quiz),
    FIELD(updated_by, videos.updated_by),
    FIELD(is_dated,   IS_NOT_NULL(videos.updated_at)))

PROJECTION(lesson_text,
    FIELD(title, published.title),
    FIELD(body,  published.body))
// clang-format on

/* A count that every page shows: asked of the database once, and again when lessons have
 * changed. */
int show_counts(lms *app)
{
    vg_db *db = app->content;
    int64_t first, again, more, drafts;
    int rc = published_count(db, NULL, &first);
    if (!rc)
        rc = published_count(db, NULL, &again); /* from the cache */
    if (!rc)
        rc = publish(db, "Backups", (vg_opt_time)VG_SOME(vg_now())); /* forgotten */
    if (!rc)
        rc = published_count(db, NULL, &more);
    if (!rc)
        rc = publish(db, "Backups", (vg_opt_time){0});
    if (!rc)
        rc = vg_count(db, &drafts, FROM(lessons), WHERE(IS_NULL(lessons.published_at)));
    if (rc)
        return rc;
    vg_query_cache_stats stats = vg_query_cache_statistics(app->cache);
    heading("Lessons");
    line("%" PRId64 " published, %" PRId64 " drafts", again, drafts);
    line("%" PRId64 " with one draft more; %" PRIu64 " of 3 counts from the cache",
         more, stats.hits);
    return VG_OK;
}

/* One query with groups, not one query per track. */
int show_lessons_per_track(lms *app)
{
    track_size_list list;
    int rc = track_sizes(app->content, &app->arena, &list);
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
    int rc = lessons_of_track(app->content, &app->arena, &cards, slug);
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
    int rc = newest_lessons(app->content, &app->arena, &list, 10);
    if (rc)
        return rc;
    heading("The ten newest lessons");
    for (size_t i = 0; i < list.len; i++)
        line("%s  %s", vg_date_format(list.data[i].published_at.v, day),
             list.data[i].title);
    return VG_OK;
}

/* Where there is no lessons_fts the database finds the words as it reads; it knows English
 * word stems, too. */
static int show_found_by_reading(lms *app, const char *words)
{
    lesson_text_list hits;
    vg_native_expr query = WEBSEARCH_TO_TSQUERY("english", words);
    vg_native_expr text =
        TO_TSVECTOR("english", CONCAT(published.title, " ", published.body));
    int rc = vg_all(app->content, &app->arena, &hits, SELECT(lesson_text),
                    FROM(published), WHERE(TS_MATCH(text, query)),
                    ORDER_BY(DESC(TS_RANK(text, query)), published.id), LIMIT(10));
    for (size_t i = 0; !rc && i < hits.len; i++)
        line("%s: %s", hits.data[i].title, hits.data[i].body);
    return rc;
}

/* What somebody typed into the search field, whatever it looks like. */
int show_found(lms *app, const char *words)
{
    lesson_hit_list hits;
    heading("Searching");
    if (!app->has_fts)
        return show_found_by_reading(app, words);
    const char *query = vg_fts_quote(&app->arena, words);
    int rc =
        query ? lessons_about(app->content, &app->arena, &hits, query) : VG_NO_MEMORY;
    for (size_t i = 0; !rc && i < hits.len; i++)
        line("%s: %s", hits.data[i].title, hits.data[i].piece);
    return rc;
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
