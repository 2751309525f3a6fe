/* What the files of the program share: the two connections, and one function for each
 * stop of the walk. Each returns a vg_code; the connection that failed knows the rest.
 *
 * SPDX-License-Identifier: MIT */
#ifndef LMS_H
#define LMS_H

#include "queries.h"

typedef struct lms {
    vg_db *users;          /* users.db, with content.db attached to it */
    vg_db *content;        /* content.db */
    vg_query_cache *cache; /* of content.db: results that are wanted again and again */
    bool keeps_results;    /* in it: the database tells when they are out of date */
    bool has_fts;          /* lessons_fts is there */
    vg_arena arena;        /* what the queries of one stop read; reset between them */
    char users_path[512], content_path[512];
} lms;

/* open.c: open both databases at `place`, a folder for two files or the URL of a server's
 * database, create what is missing; close them. */
int lms_open(lms *app, const char *place, bool verbose);
void lms_close(lms *app);

/* seed.c: three tracks of lessons and some students, unless they are there. */
int seed_content(lms *app);
int seed_users(lms *app);

/* content.c: what the platform teaches. */
int show_counts(lms *app);
int show_lessons_per_track(lms *app);
int show_track(lms *app, const char *slug);
int show_newest(lms *app);
int show_found(lms *app, const char *words);
int edit_quiz(lms *app);

/* users.c: who learns here. */
int show_user(lms *app, const char *email);
int change_user(lms *app);
int log_in(lms *app);

/* progress.c: how far they are. */
int watch_lesson(lms *app, const char *email, int64_t lesson_id, int64_t seconds);
int show_progress(lms *app, const char *email);
int show_rank(lms *app);

/* crowd.c: several threads at content.db. */
int show_crowd(lms *app);

/* backup.c */
int back_up(lms *app, const char *place);

/* print.c: a heading; a line of text as printf writes it, indented. */
void heading(const char *text);
void line(const char *format, ...) VG_PRINTF(1, 2);

#endif
