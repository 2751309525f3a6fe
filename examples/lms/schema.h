/* The two databases of the learning platform.
 *
 *     users.db     users  <--  sessions, lesson_progress      written all day
 *     content.db   tracks <-- series <-- lessons <-- videos   read all day, written rarely
 *
 * They are two files because they live differently: content is copied to wherever it is
 * read, users stay in one place and are backed up. A lesson's id in lesson_progress is
 * therefore no foreign key: SQLite has none across files. For joins across both,
 * content.db is attached to the connection of users.db; see `taught`.
 *
 * On PostgreSQL they are one database, and what is content.db here is its schema `content`.
 *
 * SPDX-License-Identifier: MIT */
#ifndef LMS_SCHEMA_H
#define LMS_SCHEMA_H

#include <virga/virga.h>

/* schema.c: the time of a change, which each UPDATE of a video writes by itself. */
vg_value touched(char room[VG_DEFAULT_ROOM]);

// clang-format off

/* ---- users.db ---- */

ENUM(role, VALUE(STUDENT, "student"), VALUE(TEACHER, "teacher"), VALUE(ADMIN, "admin"))

TABLE(users,
    COLUMN(id,         INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(email,      TEXT,      NOT_NULL, UNIQUE),
    COLUMN(name,       TEXT,      NOT_NULL),
    COLUMN(role,       ENUM_TEXT(role), NOT_NULL, DEFAULT(STUDENT), CHECKED),
    COLUMN(is_active,  BOOLEAN,   NOT_NULL, DEFAULT(true)),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW))

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

/* The words of the lessons, kept current by triggers. */
FTS_TABLE(lessons_fts,
    FTS_COLUMN(title),
    FTS_COLUMN(body),
    CONTENT(lessons, id),
    SYNC,
    TOKENIZE("porter unicode61"))                          /* English word stems */

SCHEMA(courses, tracks, series, lessons, videos, published, lessons_fts)

/* The same where there is no FTS_TABLE: PostgreSQL finds words without one. */
SCHEMA(courses_read, tracks, series, lessons, videos, published)

/* ---- both ---- */

/* The lessons as the connection of users.db sees them, in the file attached to it, or in
 * the schema of that name. */
TABLE(taught,
    NAME("lessons"), IN_DATABASE("content"),
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL))

/* Room for content in the database of users; SQLite has none, and attaches a file. */
NAMESPACE(content)
SCHEMA(rooms, content)

/* All of it, for the check of the queries. */
SCHEMA(platform, users, sessions, lesson_progress, tracks, series, lessons, videos,
       published, lessons_fts, taught)

// clang-format on

#endif
