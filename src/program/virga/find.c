/* Which compiler, which headers of Virga, which files of the user. */
#include "program/virga/load.h"
#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- which compiler, which headers ---- */

static bool is_program(app *a, const char *name)
{
    const char *path = getenv("PATH");
    if (strchr(name, '/'))
        return access(name, X_OK) == 0;
    for (path = path ? path : "/usr/bin:/bin"; *path;) {
        size_t len = strcspn(path, ":");
        if (access(app_print(a, "%.*s/%s", (int)len, path, name), X_OK) == 0)
            return true;
        path += len + (path[len] == ':');
    }
    return false;
}

texts load_compiler(app *a, const char **where)
{
    const char *said = setting_text(a, OPT_CC), *cc = getenv("CC");
    *where = said ? "configured" : "from $CC";
    if (!said && cc && *cc)
        said = cc;
    if (said)
        return text_words(a, said);
    static const char *const known[] = {"cc", "gcc", "clang"};
    *where = "found";
    texts words = {0};
    for (size_t i = 0; i < 3 && !words.len; i++) {
        if (is_program(a, known[i]))
            texts_add(a, &words, known[i]);
    }
    return words;
}

static bool has_headers(app *a, const char *folder)
{
    return access(app_print(a, "%s/virga/virga.h", folder), R_OK) == 0;
}

/* Below the folder in which this program was built? */
static bool is_built_at(const char *self)
{
    char *tree = realpath(VIRGA_BUILD_TREE, NULL);
    size_t len = tree ? strlen(tree) : 0;
    bool below = tree && strncmp(self, tree, len) == 0 && self[len] == '/';
    free(tree);
    return below;
}

/* The headers that were installed with the program; if it was not installed those that it
 * was built from, and not what an older installation has left. */
const char *load_headers(app *a)
{
    char self[PATH_MAX];
    bool built = false;
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len > 0) {
        self[len] = 0;
        built = is_built_at(self);
        char *slash = strrchr(self, '/');
        *slash = 0;
        const char *beside = app_print(a, "%s/../include", self);
        if (has_headers(a, beside)) {
            char *whole = realpath(beside, NULL);
            if (whole)
                beside = app_text(a, whole);
            free(whole);
            return beside;
        }
    }
    const char *first = built ? VIRGA_SOURCE_INCLUDE : VIRGA_INSTALLED_INCLUDE;
    const char *second = built ? VIRGA_INSTALLED_INCLUDE : VIRGA_SOURCE_INCLUDE;
    if (has_headers(a, first))
        return first;
    return has_headers(a, second) ? second : NULL;
}

/* ---- which files ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static int add_file(app *a, option_id id, const char *path, texts *files)
{
    char *whole = realpath(path, NULL);
    if (!whole)
        return app_fail(a, EXIT_USAGE, "cannot read the %s %s: %s",
                        option_table[id].name, path, strerror(errno));
    texts_add(a, files, app_text(a, whole));
    free(whole);
    return EXIT_DONE;
}

/* drizzle-kit's schemas are no headers. */
static int refuse_scripts(app *a, const char *path)
{
    static const char *const scripts[] = {".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (ends_with(path, scripts[i]))
            return app_fail(a, EXIT_USAGE,
                            "%s is no C header: name the header that says the same, in "
                            "virga.json or with --schema",
                            path);
    }
    return EXIT_DONE;
}

static int add_pattern(app *a, option_id id, const char *pattern, texts *files)
{
    struct stat st;
    const char *shown = pattern;
    int status = refuse_scripts(a, pattern);
    if (status)
        return status;
    if (stat(pattern, &st) == 0 && !S_ISDIR(st.st_mode))
        return add_file(a, id, pattern, files);
    if (stat(pattern, &st) == 0)
        pattern = app_print(a, "%s/*.%c", pattern, id == OPT_SCHEMA ? 'h' : 'c');
    glob_t found;
    int bad = glob(pattern, 0, NULL, &found);
    if (bad) {
        return app_fail(a, EXIT_USAGE, "there is no %s%s%s", shown,
                        strpbrk(shown, "*?[") ? ": no file fits the pattern" : "",
                        id == OPT_SCHEMA
                            ? " (the schema; virga init writes one to start from)"
                            : "");
    }
    for (size_t i = 0; i < found.gl_pathc && !status; i++)
        status = add_file(a, id, found.gl_pathv[i], files);
    globfree(&found);
    return status;
}

int load_files(app *a, option_id id, texts *files)
{
    const texts *patterns = setting_list(a, id);
    int status = EXIT_DONE;
    for (size_t i = 0; i < patterns->len && !status; i++)
        status = add_pattern(a, id, patterns->data[i], files);
    return status;
}

const char *load_conflict(app *a, const texts *headers)
{
    for (size_t i = 0; i < headers->len; i++) {
        const char *text = app_read(a, headers->data[i], NULL), *at = text;
        for (int line = 1; at && *at; line++) {
            if (strncmp(at, "<<<<<<< ", 8) == 0)
                return app_print(a, "%s:%d: git left a conflict here", headers->data[i],
                                 line);
            at = strchr(at, '\n');
            at = at ? at + 1 : NULL;
        }
    }
    return NULL;
}
