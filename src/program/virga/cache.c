/* The cache of compiled schemas: a shared object, and beside it a text that says of what. */
#include "program/virga/cache.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file's time may be this much older than the moment of writing. */
enum { COARSE_NS = 20 * 1000 * 1000, MONTH_S = 30 * 24 * 3600 };

/* ---- where ---- */

static uint64_t hash(const char *text)
{
    uint64_t h = 14695981039346656037u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    return h;
}

/* Somebody else must not be able to write into it: what is there gets loaded. */
static bool is_ours(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_uid == geteuid() && !(st.st_mode & 022);
}

/* NULL: there is no cache. */
static const char *folder(app *a)
{
    const char *said = getenv("VIRGA_CACHE"), *base = getenv("XDG_CACHE_HOME"),
               *home = getenv("HOME");
    if (said)
        return *said ? said : NULL;
    if (!base || *base != '/') {
        if (!home || *home != '/')
            return NULL;
        base = app_print(a, "%s/.cache", home);
    }
    return app_print(a, "%s/virga", base);
}

static const char *file(app *a, const char *in, const char *key, const char *ending)
{
    return app_print(a, "%s/%016llx%s", in, (unsigned long long)hash(key), ending);
}

/* ---- finding ---- */

/* The next line of the text, without its end; NULL: no more. */
static char *next_line(char **at)
{
    char *line = *at, *end = strchr(line, '\n');
    if (!end)
        return NULL;
    *end = 0;
    *at = end + 1;
    return line;
}

static const char *state_of(app *a, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return NULL;
    return app_print(a, "%lld %lld.%09ld %s", (long long)st.st_size,
                     (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, path);
}

static bool is_current(app *a, const char *state)
{
    const char *path = strchr(state, '/'), *now = path ? state_of(a, path) : NULL;
    return now && strcmp(now, state) == 0;
}

bool cache_find(app *a, const char *key, cached *out)
{
    const char *in = folder(a);
    *out = (cached){0};
    if (!in || !is_ours(in))
        return false;
    const char *list = file(a, in, key, ".txt");
    char *text = is_ours(list) ? app_read(a, list, NULL) : NULL;
    char *line = text ? next_line(&text) : NULL;
    if (!line || strcmp(line, key) != 0)
        return false;
    while ((line = next_line(&text))) {
        if (strncmp(line, "library ", 8) == 0)
            out->library = app_text(a, line + 8);
        else if (strncmp(line, "file ", 5) != 0)
            texts_add(a, &out->notes, line);
        else if (!is_current(a, line + 5))
            return false;
    }
    return out->library && is_ours(out->library);
}

/* ---- keeping ---- */

/* The files that a make rule names after its colon. */
static texts files_of(app *a, const char *rule)
{
    texts all = {0};
    const char *at = strchr(rule, ':');
    for (at = at ? at + 1 : ""; *at;) {
        char *name = app_alloc(a, strlen(at) + 1), *end = name;
        while (*at && !strchr(" \n", *at)) {
            if (at[0] == '\\' && at[1] == '\n')
                break;
            if ((at[0] == '\\' && strchr(" #\\", at[1])) ||
                (at[0] == '$' && at[1] == '$'))
                at++;
            *end++ = *at++;
        }
        if (*name)
            texts_add(a, &all, name);
        at += at[0] == '\\' ? 2 : at[0] != 0;
    }
    return all;
}

static bool is_settled(const char *path, const struct timespec *begin)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    double age = (double)(begin->tv_sec - st.st_mtim.tv_sec) * 1e9 +
                 (double)(begin->tv_nsec - st.st_mtim.tv_nsec);
    return age > COARSE_NS;
}

static bool make_folder(app *a, const char *path)
{
    char *copy = app_text(a, path);
    for (char *at = strchr(copy + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = 0;
        mkdir(copy, 0700);
        *at = '/';
    }
    return (mkdir(copy, 0700) == 0 || errno == EEXIST) && is_ours(copy);
}

/* All or nothing, beside it first. */
static bool put(app *a, const char *path, const char *text, size_t len)
{
    char *beside = app_print(a, "%s.XXXXXX", path);
    int fd = mkstemp(beside);
    bool good = fd >= 0;
    for (size_t done = 0; good && done < len;) {
        ssize_t n = write(fd, text + done, len - done);
        good = n > 0;
        done += good ? (size_t)n : 0;
    }
    if (fd >= 0)
        close(fd);
    if (good && rename(beside, path) == 0)
        return true;
    if (fd >= 0)
        unlink(beside);
    return false;
}

/* What has not been made for a month is of a project that is gone, perhaps. */
static void forget_old(app *a, const char *in, const struct timespec *now)
{
    DIR *dir = opendir(in);
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        struct stat st;
        const char *path = app_print(a, "%s/%s", in, entry->d_name);
        if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
            now->tv_sec - st.st_mtim.tv_sec > MONTH_S)
            unlink(path);
    }
    if (dir)
        closedir(dir);
}

/* The object that the list names; NULL: there is no list. */
static const char *library_of(app *a, const char *list)
{
    char *text = is_ours(list) ? app_read(a, list, NULL) : NULL, *line;
    while (text && (line = next_line(&text)))
        if (strncmp(line, "library ", 8) == 0)
            return line + 8;
    return NULL;
}

void cache_keep(app *a, const char *key, const char *rule, const char *own,
                const struct timespec *begin, const char *library, const texts *notes)
{
    const char *in = folder(a);
    size_t len;
    if (!in || !make_folder(a, in))
        return;
    forget_old(a, in, begin);
    const char *text = app_print(a, "%s\n", key);
    texts files = files_of(a, rule);
    for (size_t i = 0; i < files.len; i++) {
        char *whole = realpath(files.data[i], NULL);
        const char *path = whole ? app_text(a, whole) : NULL;
        free(whole);
        if (path && strncmp(path, own, strlen(own)) == 0)
            continue;
        if (!path || !is_settled(path, begin))
            return;
        text = app_print(a, "%sfile %s\n", text, state_of(a, path));
    }
    for (size_t i = 0; i < notes->len; i++)
        text = app_print(a, "%s%s\n", text, notes->data[i]);
    /* The list names its object, so that of two runs at once the pair of one is kept. */
    const char *list = file(a, in, key, ".txt"), *object = app_read(a, library, &len);
    char *kept = app_text(a, file(a, in, key, ".XXXXXX"));
    int fd = mkstemp(kept);
    if (fd >= 0)
        close(fd);
    text = app_print(a, "%slibrary %s\n", text, kept);
    if (fd >= 0 && object && put(a, kept, object, len)) {
        const char *old = library_of(a, list);
        if (put(a, list, text, strlen(text)) && old)
            unlink(old);
    }
}
