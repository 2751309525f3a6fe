/* Backups by vg_backup: a file is whole, or it is not there. Only files with names of our
 * own form are ever removed. SPDX-License-Identifier: MIT */
#include "backup.h"
#include "clients.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* "orders-20261121T163713Z.db": in order of time when in order of name. */
#define NAME_FORMAT "orders-%Y%m%dT%H%M%SZ.db"
static const char pattern[] = "orders-########T######Z.db";

enum { NAME_LEN = sizeof pattern - 1, PATH_ROOM = 4096, RETRY_SECONDS = 60 };

struct backups {
    const settings *settings;
    vg_pool *pool;
    logger *log;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_bool stopping;
};

/* ---- files ---- */

static bool begins_as_ours(const char *name)
{
    for (int i = 0; i < NAME_LEN; i++)
        if (pattern[i] == '#' ? name[i] < '0' || name[i] > '9' : name[i] != pattern[i])
            return false;
    return true;
}

static int is_backup(const struct dirent *entry)
{
    return begins_as_ours(entry->d_name) && entry->d_name[NAME_LEN] == '\0';
}

/* What a copy that was cut off by a crash has left. */
static int is_part(const struct dirent *entry)
{
    return begins_as_ours(entry->d_name) &&
           strncmp(entry->d_name + NAME_LEN, ".part-", 6) == 0;
}

static bool path_of(char out[PATH_ROOM], const char *folder, const char *name)
{
    return snprintf(out, PATH_ROOM, "%s/%s", folder, name) < PATH_ROOM;
}

/* Remove the files that `which` takes but for the last `keep` by name; how many are left,
 * and the name of the last one in `newest`. */
static int prune(const settings *s, logger *log, int (*which)(const struct dirent *),
                 int64_t keep, char newest[NAME_LEN + 1])
{
    struct dirent **list;
    char path[PATH_ROOM];
    int count = scandir(s->backup_folder, &list, which, alphasort);
    if (count < 0)
        return 0;
    for (int i = 0; i < count; i++) {
        if (i < count - keep && path_of(path, s->backup_folder, list[i]->d_name) &&
            unlink(path))
            log_message(log, LEVEL_WARN, "backup_remove", strerror(errno));
        if (i == count - 1 && newest)
            memcpy(newest, list[i]->d_name, NAME_LEN + 1);
        free(list[i]);
    }
    free(list);
    return count < keep ? count : (int)keep;
}

/* Seconds until the next one is due: at once without any, or when the newest is old. */
static int64_t seconds_to_next(const settings *s, logger *log)
{
    char newest[NAME_LEN + 1], path[PATH_ROOM];
    struct stat file;
    if (prune(s, log, is_backup, INT32_MAX, newest) == 0 ||
        !path_of(path, s->backup_folder, newest) || stat(path, &file))
        return 0;
    int64_t left = file.st_mtime + s->backup_seconds - time(NULL);
    return left < 0 ? 0 : left > s->backup_seconds ? s->backup_seconds : left;
}

/* ---- one backup ---- */

static void log_made(logger *log, const char *path, int64_t begun)
{
    struct stat file = {0};
    log_line line;
    stat(path, &file);
    log_begin(&line, log, LEVEL_INFO, "backup");
    log_text(&line, "path", path);
    log_number(&line, "bytes", file.st_size);
    log_number(&line, "duration_ms", (clock_ns() - begun) / 1000000);
    log_end(&line);
}

bool backups_make(const settings *s, vg_pool *pool, logger *log,
                  bool (*go_on)(void *ctx, int64_t done, int64_t total), void *ctx)
{
    char name[NAME_LEN + 1], path[PATH_ROOM];
    struct tm utc;
    time_t now = time(NULL);
    int64_t begun = clock_ns();
    /* Read the copy again before it gets its name: a backup that cannot be restored is none. */
    const vg_backup_options options = {
        .check = true, .progress = go_on, .progress_ctx = ctx};
    strftime(name, sizeof name, NAME_FORMAT, gmtime_r(&now, &utc));
    if (!path_of(path, s->backup_folder, name)) {
        log_message(log, LEVEL_ERROR, "backup", "BACKUP_FOLDER is too long");
        return false;
    }
    VG_READ(pool, db) {
        if (vg_backup(db, path, &options)) {
            log_message(log, LEVEL_ERROR, "backup", vg_errmsg(db));
            return false;
        }
    }
    if (vg_pool_result(pool)) {
        log_message(log, LEVEL_ERROR, "backup", vg_pool_errmsg(pool));
        return false;
    }
    log_made(log, path, begun);
    prune(s, log, is_backup, s->backup_keep, NULL);
    return true;
}

/* ---- the thread ---- */

static bool not_stopping(void *ctx, int64_t done, int64_t total)
{
    const backups *b = ctx;
    (void)done;
    (void)total;
    return !atomic_load(&((backups *)b)->stopping);
}

/* Sleep; false when it is time to stop. */
static bool sleep_for(backups *b, int64_t seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)seconds;
    pthread_mutex_lock(&b->lock);
    while (!atomic_load(&b->stopping) &&
           pthread_cond_timedwait(&b->wake, &b->lock, &until) != ETIMEDOUT)
        continue;
    pthread_mutex_unlock(&b->lock);
    return !atomic_load(&b->stopping);
}

static void *work(void *ctx)
{
    backups *b = ctx;
    int64_t wait = seconds_to_next(b->settings, b->log);
    while (sleep_for(b, wait)) {
        bool made = backups_make(b->settings, b->pool, b->log, not_stopping, b);
        wait = b->settings->backup_seconds;
        if (!made && wait > RETRY_SECONDS)
            wait = RETRY_SECONDS;
    }
    return NULL;
}

/* Whether the database is one that vg_backup copies. */
static bool can_copy(vg_pool *pool, logger *log)
{
    bool can = false;
    VG_READ(pool, db)
        can = strcmp(vg_dialect_name(db), "sqlite") == 0;
    if (vg_pool_result(pool))
        log_message(log, LEVEL_ERROR, "backup", vg_pool_errmsg(pool));
    else if (!can)
        log_message(log, LEVEL_ERROR, "backup_folder",
                    "BACKUP_FOLDER is for SQLite: PostgreSQL's backups are made on its "
                    "server, by pg_basebackup or pg_dump; leave it empty");
    return can;
}

bool backups_open(backups **out, const settings *s, vg_pool *pool, logger *log)
{
    *out = NULL;
    if (!*s->backup_folder)
        return true;
    if (!can_copy(pool, log))
        return false;
    if (mkdir(s->backup_folder, 0700) && errno != EEXIST) {
        log_message(log, LEVEL_ERROR, "backup_folder", strerror(errno));
        return false;
    }
    if (access(s->backup_folder, R_OK | W_OK | X_OK)) {
        log_message(log, LEVEL_ERROR, "backup_folder", strerror(errno));
        return false;
    }
    prune(s, log, is_part, 0, NULL);

    backups *b = calloc(1, sizeof *b);
    pthread_condattr_t clock;
    if (!b)
        return false;
    b->settings = s;
    b->pool = pool;
    b->log = log;
    pthread_mutex_init(&b->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&b->wake, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&b->thread, NULL, work, b)) {
        log_message(log, LEVEL_ERROR, "backup", "no thread");
        free(b);
        return false;
    }
    *out = b;
    return true;
}

void backups_close(backups *b)
{
    if (!b)
        return;
    pthread_mutex_lock(&b->lock);
    atomic_store(&b->stopping, true);
    pthread_cond_signal(&b->wake);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
    pthread_cond_destroy(&b->wake);
    pthread_mutex_destroy(&b->lock);
    free(b);
}
