/* The two databases of the learning platform.
 *
 *     users.db     users  <--  sessions, lesson_progress      written all day
 *     content.db   tracks <-- series <-- lessons <-- videos   read all day, written rarely
 *
 * They are two files because they live differently: content is copied to wherever it is
 * read, users stay in one place and are backed up. A lesson's id in lesson_progress is
 * therefore no foreign key: SQLite has none across files.
 *
 * SPDX-License-Identifier: MIT */
#ifndef LMS_SCHEMA_H
#define LMS_SCHEMA_H

#include <virga/virga.h>

/* schema.c: the time of a change, which each UPDATE of a video writes by itself. */
vg_value touched(char room[VG_DEFAULT_ROOM]);

// clang-format off

/* ---- users.db ---- */

TABLE(users,
    COLUMN(id,         INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(email,      TEXT,      NOT_NULL, UNIQUE),
    COLUMN(name,       TEXT,      NOT_NULL),
    COLUMN(role,       TEXT,      NOT_NULL, DEFAULT("student")),
    COLUMN(is_active,  BOOLEAN,   NOT_NULL, DEFAULT(true)),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    CHECK(users_role, "role in ('student', 'teacher', 'admin')"))

TABLE(sessions,
    COLUMN(id,         UUID,      PRIMARY_KEY, DEFAULT_FN(vg_default_uuid_v4)),
    COLUMN(user_id,    INTEGER,   NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(expires_at, TIMESTAMP, NOT_NULL),
    INDEX(sessions_user_idx, user_id))

TABLE(lesson_progress,
    COLUMN(id,           INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(user_id,      INTEGER,   NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(lesson_id,    INTEGER,   NOT_NULL),            /* lessons.id in content.db */
    COLUMN(seconds,      INTEGER,   NOT_NULL, DEFAULT(0)),
    COLUMN(completed_at, TIMESTAMP),
    UNIQUE(lesson_progress_user_lesson, user_id, lesson_id))

SCHEMA(people, users, sessions, lesson_progress)

/* ---- content.db ---- */

TABLE(tracks,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(slug,  TEXT,    NOT_NULL, UNIQUE),
    COLUMN(title, TEXT,    NOT_NULL))

TABLE(series,
    COLUMN(id,       INTEGER, PRIMARY_KEY),
    COLUMN(track_id, INTEGER, NOT_NULL, REFERENCES(tracks, id, ON_DELETE(CASCADE))),
    COLUMN(title,    TEXT,    NOT_NULL),
    COLUMN(position, INTEGER, NOT_NULL),
    UNIQUE(series_track_position, track_id, position))

TABLE(lessons,
    COLUMN(id,           INTEGER, PRIMARY_KEY),
    COLUMN(series_id,    INTEGER, NOT_NULL, REFERENCES(series, id, ON_DELETE(CASCADE))),
    COLUMN(title,        TEXT,    NOT_NULL),
    COLUMN(body,         TEXT,    NOT_NULL),
    COLUMN(position,     INTEGER, NOT_NULL),
    COLUMN(published_at, DATE),                            /* NULL: a draft */
    UNIQUE(lessons_series_position, series_id, position),
    INDEX(lessons_published_idx, published_at))

TABLE(videos,
    COLUMN(id,         INTEGER,   PRIMARY_KEY),
    COLUMN(lesson_id,  INTEGER,   NOT_NULL, UNIQUE,
                       REFERENCES(lessons, id, ON_DELETE(CASCADE))),
    COLUMN(seconds,    INTEGER,   NOT_NULL),
    COLUMN(quiz,       JSON,      NOT_NULL, DEFAULT("[]")),
    COLUMN(is_locked,  BOOLEAN,   NOT_NULL, DEFAULT(false)),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    COLUMN(created_by, TEXT,      NOT_NULL),
    COLUMN(updated_at, TIMESTAMP, ON_UPDATE_FN(touched)),
    COLUMN(updated_by, TEXT),
    CHECK(videos_seconds, "seconds > 0"))

/* What visitors may see. */
VIEW(published, lessons, SELECT(lessons), WHERE(IS_NOT_NULL(lessons.published_at)))

SCHEMA(courses, tracks, series, lessons, videos, published)

// clang-format on

#endif
