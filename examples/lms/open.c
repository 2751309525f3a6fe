/* Opening the two databases, or one that has room for both. The defaults are what a
 * server wants already: a write-ahead log, foreign keys enforced, waiting while another
 * writes. What differs is said in vg_options, once for each file.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <stdio.h>
#include <string.h>

/* With -v: each statement, as the database gets it, but for those that create tables. */
static void print_sql(void *ctx, const vg_log_event *event)
{
    if (strncmp(event->sql, "CREATE", 6) != 0)
        printf("    %s%s\n", (const char *)ctx, event->sql);
}

static int open_one(vg_db **db, const char *path, vg_options options, bool verbose,
                    char *label)
{
    if (verbose) {
        options.log = print_sql;
        options.log_ctx = label;
    }
    return vg_open(db, path, &options);
}

/* Where both are: two files in a folder, or one database of a server, in which the names of
 * the second connection's tables are looked for in the schema `content`. */
static void find_places(lms *app, const char *place)
{
    bool server = strstr(place, "://") != NULL;
    snprintf(app->users_path, sizeof app->users_path, server ? "%s" : "%s/users.db",
             place);
    snprintf(app->content_path, sizeof app->content_path,
             server ? "%s%coptions=-csearch_path%%3Dcontent" : "%s/content.db", place,
             strchr(place, '?') ? '&' : '?');
}

/* Keep results only where the database tells of changes to them. */
static int open_content(lms *app, bool verbose)
{
    static char label[] = "content: ";
    /* Lessons are read, over and over: give them 16 MiB of memory. */
    vg_options cached = {.cache_kib = 16 * 1024};

    /* And 1 MiB for the results that queries with CACHE ask for. */
    int rc = vg_query_cache_open(&app->cache,
                                 &(vg_query_cache_options){.max_bytes = 1 << 20});
    cached.query_cache = app->cache;
    if (!rc)
        rc = open_one(&app->content, app->content_path, cached, verbose, label);
    app->keeps_results = !rc;
    if (rc == VG_UNSUPPORTED) {
        vg_close(app->content);
        cached.query_cache = NULL;
        rc = open_one(&app->content, app->content_path, cached, verbose, label);
    }
    return rc;
}

/* What a database cannot do it says when it is asked: VG_UNSUPPORTED. */
int lms_open(lms *app, const char *place, bool verbose)
{
    static char label[] = "users:   ";
    /* Progress must survive a power cut: each commit is on the disk when it returns. */
    const vg_options durable = {.synchronous = VG_SYNC_FULL, .busy_timeout_ms = 2000};
    find_places(app, place);
    int rc = open_one(&app->users, app->users_path, durable, verbose, label);
    if (!rc)
        rc = open_content(app, verbose);
    if (!rc)
        rc = vg_create(app->users, &people);
    if (rc)
        return rc;

    /* Joins of both: the connection of users.db may read content.db as well, or both are
     * schemas of one database. */
    rc = vg_attach(app->users, app->content_path, "content", true);
    if (rc == VG_UNSUPPORTED)
        rc = vg_create(app->users, &rooms);
    if (rc)
        return rc;

    rc = vg_create(app->content, &courses);
    app->has_fts = !rc;
    return rc == VG_UNSUPPORTED ? vg_create(app->content, &courses_read) : rc;
}

void lms_close(lms *app)
{
    vg_arena_free(&app->arena);
    vg_close(app->users);
    vg_close(app->content);
    vg_query_cache_close(app->cache); /* after those that use it */
}
