/* A learning platform on two SQLite databases, or in one of PostgreSQL: a walk through what
 * such a program asks. README.md tells the story; each stop is a function in the file of its
 * noun.
 *
 *     lms [-v] [folder|URL]   -v shows the SQL; the databases are made in folder (.)
 *     lms --check             look for slow or unsound queries instead
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <stdio.h>
#include <string.h>

static int walk(lms *app, const char *place)
{
    int rc = seed_content(app);
    if (!rc)
        rc = seed_users(app);
    if (!rc)
        rc = show_counts(app);
    if (!rc)
        rc = show_lessons_per_track(app);
    if (!rc)
        rc = show_track(app, "databases");
    if (!rc)
        rc = show_newest(app);
    if (!rc)
        rc = show_found(app, "rows");
    vg_arena_reset(&app->arena);

    if (!rc)
        rc = show_user(app, "mira@example.org");
    if (!rc)
        rc = change_user(app);
    if (!rc)
        rc = log_in(app);
    if (!rc)
        rc = watch_lesson(app, "mira@example.org", 4, 250);
    if (!rc)
        rc = show_progress(app, "mira@example.org");
    if (!rc)
        rc = show_rank(app);
    vg_arena_reset(&app->arena);

    if (!rc)
        rc = edit_quiz(app);
    if (!rc)
        rc = show_crowd(app);
    if (!rc)
        rc = back_up(app, place);
    return rc;
}

/* The failure is told by the connection that met it. */
static int fail(const lms *app)
{
    const vg_db *both[] = {app->users, app->content};
    for (int i = 0; i < 2; i++)
        if (both[i] && vg_errmsg(both[i])[0]) {
            const vg_error *e = vg_errinfo(both[i]);
            fprintf(stderr, "lms: %s (%s, at %s:%d)\n", e->message,
                    vg_code_name(e->code), e->file, e->line);
        }
    return 1;
}

int main(int argc, char **argv)
{
    lms app = {0};
    if (argc > 1 && strcmp(argv[1], "--check") == 0)
        return vg_verify_main(&platform); /* with empty tables in memory */
    bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    const char *place = argc > 1 + verbose ? argv[1 + verbose] : ".";

    int rc = lms_open(&app, place, verbose);
    if (!rc)
        rc = walk(&app, place);
    if (rc)
        fail(&app);
    lms_close(&app);
    return rc != VG_OK;
}
