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

static int seed_video(vg_db *db, int64_t lesson_id, int64_t seconds)
{
    return vg_exec(db, INSERT_INTO(videos, SET(lesson_id, lesson_id),
                                   SET(seconds, seconds), SET(created_by, "seed")));
}

static int seed_series(vg_db *db, const series_seed *seed, int64_t position)
{
    int64_t series_id, lesson_id;
    int rc = vg_get(db, NULL, &series_id,
                    INSERT_INTO(series, SET(track_id, seed->track_id),
                                SET(title, seed->title), SET(position, position)),
                    RETURNING_VALUE(series.id));
    for (int i = 0; !rc && i < 4 && seed->lessons[i].title; i++) {
        const lesson_seed *lesson = &seed->lessons[i];
        vg_opt_time day = {0};
        if (lesson->published)
            day.has = vg_timestamp_parse(lesson->published, strlen(lesson->published),
                                         &day.v);
        rc = vg_get(db, NULL, &lesson_id,
                    INSERT_INTO(lessons, SET(series_id, series_id),
                                SET(title, lesson->title), SET(body, lesson->body),
                                SET(position, i + 1), SET(published_at, day)),
                    RETURNING_VALUE(lessons.id));
        if (!rc && lesson->seconds)
            rc = seed_video(db, lesson_id, lesson->seconds);
    }
    return rc;
}

int seed_content(lms *app)
{
    vg_db *db = app->content;
    bool there;
    int rc = vg_exists(db, &there, FROM(tracks));
    if (rc || there)
        return rc;
    VG_TRANSACTION(db, tx) {
        /* Three structs, one statement. */
        vg_exec(db, INSERT_INTO(tracks, VALUES(track_seeds, 3)));
        for (size_t i = 0; i < sizeof series_seeds / sizeof *series_seeds; i++)
            if (seed_series(db, &series_seeds[i], (int64_t)i + 1))
                break;
    }
    return vg_result(db);
}

int seed_users(lms *app)
{
    static const struct users_new seeds[] = {
        {.email = "teacher@example.org", .name = "Tove", .role = "teacher"},
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
