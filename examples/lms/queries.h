/* What the platform asks over and over: each query declares a C function, is built once for
 * each connection, and is listed for `lms --check`, which looks for slow ones.
 *
 * SPDX-License-Identifier: MIT */
#ifndef LMS_QUERIES_H
#define LMS_QUERIES_H

#include "schema.h"

// clang-format off

/* ---- users.db ---- */

/* What may leave the server: not all of a user. */
PROJECTION(user_card,
    FIELD(name,    users.name),
    FIELD_AS(role, ENUM_TEXT(role), users.role))

QUERY(user_by_email, GET(user_card), PARAMS(TEXT(email)),
      SELECT(user_card), FROM(users), WHERE(EQ(users.email, email)))

QUERY(user_id_of, GET(INTEGER), PARAMS(TEXT(email)),
      SELECT_VALUE(users.id), WHERE(EQ(users.email, email)))

/* The unique key on user and lesson makes this one statement: the first time a row, then
 * the furthest second that was seen; looking at the beginning again changes nothing. */
QUERY(watch, EXEC, PARAMS(INTEGER(user), INTEGER(lesson), INTEGER(second)),
      INSERT_INTO(lesson_progress, SET(user_id, user), SET(lesson_id, lesson),
                  SET(seconds, second)),
      ON_CONFLICT(lesson_progress, KEY(user_id, lesson_id),
                  SET(seconds, EXCLUDED(lesson_progress.seconds)),
                  UPDATE_WHERE(LT(lesson_progress.seconds,
                                  EXCLUDED(lesson_progress.seconds)))))

/* Both databases: progress in users.db, the title in content.db. */
PROJECTION(user_progress,
    FIELD(lesson,  taught.title),
    FIELD(seconds, lesson_progress.seconds),
    FIELD(is_done, IS_NOT_NULL(lesson_progress.completed_at)))

QUERY(progress_of, ALL(user_progress), PARAMS(TEXT(email)),
      SELECT(user_progress), FROM(users),
      INNER_JOIN(lesson_progress, EQ(lesson_progress.user_id, users.id)),
      INNER_JOIN(taught, EQ(taught.id, lesson_progress.lesson_id)),
      WHERE(EQ(users.email, email)), ORDER_BY(lesson_progress.lesson_id))

/* ---- content.db ---- */

/* On every page, so its result is kept until lessons change. */
QUERY(published_count, GET(INTEGER), PARAMS(),
      SELECT_VALUE(COUNT()), FROM(lessons), WHERE(IS_NOT_NULL(lessons.published_at)),
      CACHE(0))

PROJECTION(track_size,
    FIELD(title,   tracks.title),
    FIELD(lessons, COUNT(lessons.id)),
    FIELD(seconds, SUM(videos.seconds)))

QUERY(track_sizes, ALL(track_size), PARAMS(),
      SELECT(track_size), FROM(tracks),
      LEFT_JOIN(series, EQ(series.track_id, tracks.id)),
      LEFT_JOIN(lessons, EQ(lessons.series_id, series.id)),
      LEFT_JOIN(videos, EQ(videos.lesson_id, lessons.id)),
      GROUP_BY(tracks.id), ORDER_BY(tracks.id),
      ALLOW(FULL_SCAN, tracks, "all tracks are shown, there are three"))

PROJECTION(lesson_card,
    FIELD(series,  series.title),
    FIELD(lesson,  lessons.title),
    FIELD(seconds, NULLABLE(videos.seconds)))      /* a LEFT JOIN may find none */

QUERY(lessons_of_track, ALL(lesson_card), PARAMS(TEXT(slug)),
      SELECT(lesson_card), FROM(tracks),
      INNER_JOIN(series, EQ(series.track_id, tracks.id)),
      INNER_JOIN(lessons, EQ(lessons.series_id, series.id)),
      LEFT_JOIN(videos, EQ(videos.lesson_id, lessons.id)),
      WHERE(EQ(tracks.slug, slug)), ORDER_BY(series.position, lessons.position))

PROJECTION(new_lesson,
    FIELD(title,        published.title),
    FIELD(published_at, published.published_at))

QUERY(newest_lessons, ALL(new_lesson), PARAMS(INTEGER(most)),
      SELECT(new_lesson), FROM(published), ORDER_BY(DESC(published.published_at)),
      LIMIT(most))

/* Drafts are not found: only what joins `published` is. */
PROJECTION(lesson_hit,
    FIELD(title, HIGHLIGHT(lessons_fts.title, "[", "]")),
    FIELD(piece, SNIPPET(lessons_fts.body, "[", "]", "...", 8)))

QUERY(lessons_about, ALL(lesson_hit), PARAMS(TEXT(words)),
      SELECT(lesson_hit), FROM(lessons_fts),
      INNER_JOIN(published, EQ(published.id, lessons_fts.rowid)),
      WHERE(MATCH(lessons_fts, words)), ORDER_BY(BM25(lessons_fts)), LIMIT(10))

QUERY(publish, EXEC, PARAMS(TEXT(title), OPT_DATE(day)),
      UPDATE(lessons, SET(published_at, day)), WHERE(EQ(lessons.title, title)),
      ALLOW(FULL_SCAN, lessons, "a teacher does this now and then"))

// clang-format on

#endif
