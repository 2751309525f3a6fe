/* The schema of the configuration: from the cache, or compiled and loaded. */
#include "program/virga/cache.h"
#include "program/virga/loading.h"
#include "program/virga/process.h"
#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const note_words[] = {"schema ", "object ", "undefined "};

static texts *noted(loading *l, size_t i)
{
    return i == 0 ? &l->schemas : i == 1 ? &l->objects : &l->undefined;
}

/* All that the compiled schema depends on, but the content of files. */
static const char *key_of(loading *l, const texts *headers)
{
    app *a = l->app;
    char here[PATH_MAX] = "";
    struct stat st = {0};
    texts line = loading_command(l);
    if (!getcwd(here, sizeof here))
        here[0] = 0;
    for (const char *path = getenv("PATH"); path && *path; path += *path == ':') {
        size_t len = strcspn(path, ":");
        const char *name = strchr(line.data[0], '/')
                               ? line.data[0]
                               : app_print(a, "%.*s/%s", (int)len, path, line.data[0]);
        if (stat(name, &st) == 0)
            break;
        path += len;
    }
    const char *key = app_print(a, "%s %zu %lld.%ld %s", VG_VERSION, sizeof(vg_column),
                                (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, here);
    for (size_t i = 0; i < line.len; i++)
        key = app_print(a, "%s %s", key, line.data[i]);
    for (size_t i = 0; i < headers->len; i++)
        key = app_print(a, "%s %s", key, headers->data[i]);
    static const char *const paths[] = {"CPATH", "C_INCLUDE_PATH", "GCC_EXEC_PREFIX"};
    for (size_t i = 0; i < 3; i++)
        key = app_print(a, "%s %s", key, getenv(paths[i]) ? getenv(paths[i]) : "");
    return strchr(key, '\n') ? NULL : key;
}

static bool recall(loading *l, const char *key)
{
    cached found;
    if (!key || !cache_find(l->app, key, &found))
        return false;
    l->handle = dlopen(found.library, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; l->handle && i < found.notes.len; i++)
        for (size_t k = 0; k < 3; k++) {
            size_t len = strlen(note_words[k]);
            if (strncmp(found.notes.data[i], note_words[k], len) == 0)
                texts_add(l->app, noted(l, k), found.notes.data[i] + len);
        }
    return l->handle;
}

static void keep(loading *l, const char *key, const char *rule,
                 const struct timespec *begin)
{
    app *a = l->app;
    texts notes = {0};
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < noted(l, k)->len; i++)
            texts_add(a, &notes,
                      app_print(a, "%s%s", note_words[k], noted(l, k)->data[i]));
    if (key && rule)
        cache_keep(a, key, rule, l->folder, begin, l->library, &notes);
}

/* Compile and load it, in a folder of its own. */
static int build(loading *l, const char *key, const texts *headers,
                 const texts *sources)
{
    app *a = l->app;
    int status;
    struct timespec begin;
    clock_gettime(CLOCK_REALTIME, &begin);
    l->folder = scratch_make(a, &status);
    if (status)
        return status;
    l->source = app_print(a, "%s/schema.c", l->folder);
    l->object = app_print(a, "%s/schema.o", l->folder);
    status = loading_compile(l, headers, sources);
    if (!status)
        status = loading_names(l);
    if (!status)
        keep(l, key, app_read(a, app_print(a, "%s/schema.d", l->folder), NULL), &begin);
    scratch_remove(); /* what is loaded stays loaded */
    return status;
}

static void *loaded; /* lives as long as the process */

void *load_symbol(const char *name)
{
    return loaded ? dlsym(loaded, name) : NULL;
}

int load_schema(app *a, const vg_schema **schema)
{
    texts headers = {0}, sources = {0};
    if (!setting_list(a, OPT_SCHEMA)->len)
        return app_fail(
            a, EXIT_USAGE,
            "which schema? Write \"schema\": \"schema.h\" in %s, or --schema "
            "schema.h; virga init makes both",
            a->config_path ? a->config_path : "virga.json");
    int status = load_files(a, OPT_SCHEMA, &headers);
    if (!status)
        status = load_files(a, OPT_SOURCES, &sources);
    if (status)
        return status;
    const char *where;
    loading l = {.app = a, .compiler = load_compiler(a, &where)};
    if (!l.compiler.len)
        return app_fail(
            a, EXIT_FAILED,
            "there is no C compiler: install gcc or clang, or name one with "
            "\"cc\" in the configuration");
    const char *key = sources.len ? NULL : key_of(&l, &headers);
    if (!recall(&l, key))
        status = build(&l, key, &headers, &sources);
    loaded = l.handle;
    if (!status)
        status = loading_check(&l);
    return status ? status : loading_pick(&l, schema);
}
