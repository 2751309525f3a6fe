/* Something to learn and somebody who learns it. Both sets go in as one transaction each,
 * so that an interrupted set-up leaves nothing behind.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <string.h>

typedef struct lesson_seed {
    const char *title, *body;
    const char *published; /* NULL: a draft */
    int64_t seconds;       /* of the video; 0: none yet */
} lesson_seed;

typedef struct series_seed {
    int64_t track_id;
    const char *title;
    lesson_seed lessons[4];
} series_seed;

static const struct tracks_new track_seeds[] = {
    {.id = {true, 1}, .slug = "databases", .title = "Databases from the ground up"},
    {.id = {true, 2}, .slug = "c", .title = "C for people with deadlines"},
    {.id = {true, 3}, .slug = "web", .title = "The web without a framework"},
};

static const series_seed series_seeds[] = {
    {1,
     "Asking questions",
     {{"Rows and columns", "A table is a list of facts of one kind.", "2026-01-12",
       420},
      {"SELECT", "Which rows, which columns, in which order.", "2026-01-19", 655},
      {"Joins", "Facts about two things at once.", "2026-01-26", 830},
      {"Groups", "One row for many, and what HAVING is for.", "2026-02-02", 710}}},
    {1,
     "Keeping promises",
     {{"Keys", "How a row is told from all others.", "2026-02-16", 540},
      {"Transactions", "All of it or none of it.", "2026-02-23", 905},
      {"Indexes", "Finding a row without reading the rest.", "2026-03-02", 780},
      {"Backups", "A copy that was never restored is no copy.", NULL, 0}}},
    {2,
     "Memory",
     {{"Arrays and pointers", "Two things that look alike.", "2026-03-09", 600},
      {"Arenas", "Freeing everything at once.", "2026-03-16", 515},
      {"Strings", "The length that nobody wrote down.", "2026-03-23", 690}}},
    {2,
     "Tools",
     {{"Sanitizers", "The compiler finds it first.", "2026-04-06", 480},
      {"Fuzzing", "Input that nobody would think of.", NULL, 0}}},
    {3,
     "One request",
     {{"HTTP by hand", "Lines of text, and what they mean.", "2026-04-13", 870},
      {"Sessions", "Knowing who is asking, again.", "2026-04-20", 640}}},
};

/* A series, then its lessons and their videos: a statement for each table, not for each
 * row. The lessons count on from `next_id`, so that the videos know them. */
static int seed_series(vg_db *db, const series_seed *seed, int64_t position,
                       int64_t *next_id)
{
    struct lessons_new rows[4] = {{.title = NULL}};
    struct videos_new clips[4] = {{.created_by = NULL}};
    size_t row_count = 0, clip_count = 0;
    int64_t series_id;
    int rc = vg_get(db, NULL, &series_id,
                    INSERT_INTO(series, SET(track_id, seed->track_id),
                                SET(title, seed->title), SET(position, position)),
                    RETURNING_VALUE(series.id));
    for (; row_count < 4 && seed->lessons[row_count].title; row_count++) {
        const lesson_seed *lesson = &seed->lessons[row_count];
        struct lessons_new *row = &rows[row_count];
        int64_t id = (*next_id)++;
        *row = (struct lessons_new){.id = {true, id},
                                    .series_id = series_id,
                                    .title = lesson->title,
                                    .body = lesson->body,
                                    .position = (int64_t)row_count + 1};
        if (lesson->published)
            row->published_at.has = vg_timestamp_parse(
                lesson->published, strlen(lesson->published), &row->published_at.v);
        if (lesson->seconds)
            clips[clip_count++] = (struct videos_new){
                .lesson_id = id, .seconds = lesson->seconds, .created_by = "seed"};
    }
    if (!rc)
        rc = vg_exec(db, INSERT_INTO(lessons, VALUES(rows, row_count)));
    if (!rc)
        rc = vg_exec(db, INSERT_INTO(videos, VALUES(clips, clip_count)));
    return rc;
}

int seed_content(lms *app)
{
    vg_db *db = app->content;
    int64_t next_id = 1;
    bool there;
    int rc = vg_exists(db, &there, FROM(tracks));
    if (rc || there)
        return rc;
    VG_TRANSACTION(db, tx) {
        next_id = 1; /* a busy database runs the block again */
        vg_exec(db, INSERT_INTO(tracks, VALUES(track_seeds, 3)));
        for (size_t i = 0; i < sizeof series_seeds / sizeof *series_seeds; i++)
            if (seed_series(db, &series_seeds[i], (int64_t)i + 1, &next_id))
                break;
    }
    return vg_result(db);
}

int seed_users(lms *app)
{
    static const struct users_new seeds[] = {
        {.email = "teacher@example.org", .name = "Tove", .role = VG_SOME(TEACHER)},
        {.email = "mira@example.org", .name = "Mira"},
        {.email = "jonas@example.org", .name = "Jonas"},
        {.email = "ilse@example.org", .name = "Ilse"},
    };
    /* user, lesson, seconds watched; whole lessons are done */
    static const struct {
        int64_t user, lesson, seconds;
        bool done;
    } watched[] = {
        {2, 1, 420, true}, {2, 2, 655, true},  {2, 3, 830, true}, {2, 4, 95, false},
        {3, 1, 420, true}, {3, 2, 300, false}, {4, 1, 420, true}, {4, 9, 600, true},
    };
    vg_db *db = app->users;
    bool there;
    int rc = vg_exists(db, &there, FROM(users));
    if (rc || there)
        return rc;
    VG_TRANSACTION(db, tx) {
        vg_exec(db, INSERT_INTO(users, VALUES(seeds, 4)));
        for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
            vg_exec(db, INSERT_INTO(lesson_progress, SET(user_id, watched[i].user),
                                    SET(lesson_id, watched[i].lesson),
                                    SET(seconds, watched[i].seconds),
                                    SET_IF(watched[i].done, completed_at, vg_now())));
    }
    return vg_result(db);
}
