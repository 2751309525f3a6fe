/* A schema is data that the compiler makes: TABLE leaves an object `vg_object_NAME`, SCHEMA one
 * called `vg_schema_NAME`. So: write a C file that includes the headers, have it compiled to a
 * shared object, load that and look the objects up. Their names, in the order of their
 * declaration, come from what the preprocessor makes of the same file, which runs meanwhile.
 *
 * The schema may name functions that only the user's program has (DEFAULT_FN). The kit does not
 * call them; each is given the address 0 by the linker, or else dlopen would refuse the object. */
#include "program/virga/load.h"
#include "program/virga/cache.h"
#include "program/virga/process.h"
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>
#include <time.h>
#include <sys/stat.h>
#include <stdlib.h>
#include <limits.h>

enum { SECONDS = 120, MOST_UNDEFINED = 500 };

typedef struct loading {
    app *app;
    texts compiler;
    const char *folder, *source, *object, *library; /* paths of files */
    texts undefined;                                /* symbols that are nobody's */
    texts schemas, objects; /* names, in the order of declaration */
    const char *preprocessed;
    void *handle;
} loading;

/* ---- the C file ---- */

static const char *quoted(app *a, const char *path)
{
    char *out = app_alloc(a, 2 * strlen(path) + 1), *p = out;
    for (; *path; path++) {
        if (*path == '"' || *path == '\\')
            *p++ = '\\';
        *p++ = *path;
    }
    return out;
}

static int write_source(loading *l, const texts *headers)
{
    app *a = l->app;
    const char *text = "";
    for (size_t i = 0; i < headers->len; i++)
        text = app_print(a, "%s#include \"%s\"\n", text, quoted(a, headers->data[i]));
    text = app_print(a,
                     "%s#ifndef VG_VERSION\n"
                     "#    error \"the schema does not include <virga/virga.h>\"\n"
                     "#endif\n"
                     "const char virga_loaded_version[] = VG_VERSION;\n"
                     "const unsigned long virga_loaded_sizes[] = {sizeof(vg_shape), "
                     "sizeof(vg_column), sizeof(vg_constraint), sizeof(vg_schema)};\n",
                     text);
    return app_write(a, l->source, text, strlen(text), false);
}

/* ---- the compiler ---- */

static texts command_line(loading *l)
{
    app *a = l->app;
    texts line = {0};
    for (size_t i = 0; i < l->compiler.len; i++)
        texts_add(a, &line, l->compiler.data[i]);
    texts_add(a, &line, "-std=gnu11");
    const texts *flags = setting_list(a, OPT_CFLAGS);
    for (size_t i = 0; i < flags->len; i++)
        texts_add(a, &line, flags->data[i]);
    const texts *folders = setting_list(a, OPT_INCLUDE);
    for (size_t i = 0; i < folders->len; i++) {
        texts_add(a, &line, "-I");
        texts_add(a, &line, folders->data[i]);
    }
    const char *headers = load_headers(a);
    if (headers) {
        texts_add(a, &line, "-I");
        texts_add(a, &line, headers);
    }
    /* Whatever the flags are for the program, here an object is made that only is looked at. */
    static const char *const always[] = {"-O0",
                                         "-g0",
                                         "-fPIC",
                                         "-fno-lto",
                                         "-Wno-error",
                                         "-fno-sanitize=all",
                                         "-fvisibility=default"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        texts_add(a, &line, always[i]);
    return line;
}

static int start(loading *l, process *p, const texts *line)
{
    app *a = l->app;
    if (setting_flag(a, OPT_VERBOSE)) {
        for (size_t i = 0; i < line->len; i++)
            tell(a, "%s%s", i ? " " : "  ", line->data[i]);
        tell(a, "\n");
    }
    char **argv = app_alloc(a, (line->len + 1) * sizeof *argv);
    for (size_t i = 0; i < line->len; i++)
        argv[i] = app_text(a, line->data[i]);
    int bad = process_start(p, argv);
    if (bad)
        return app_fail(
            a, EXIT_FAILED,
            "cannot run the C compiler %s: %s; name another with \"cc\" in the "
            "configuration or --cc",
            line->data[0], strerror(bad));
    return EXIT_DONE;
}

/* Show what the compiler said, as it is. */
static int refused(loading *l, const char *text, const char *what)
{
    app *a = l->app;
    if (a->json) {
        answer_text(a, "compiler", text);
    } else {
        fflush(stdout);
        fputs(text, stderr);
    }
    return app_fail(a, EXIT_FAILED, "%s", what);
}

/* Wait for it; what it wrote to standard output in *out (NULL: of no interest). */
static int finish(loading *l, process *p, const char *what, const char **out)
{
    bool timed_out;
    int status = process_wait(p, SECONDS, &timed_out);
    const char *said = process_text(l->app, &p->out),
               *err = process_text(l->app, &p->err);
    if (out)
        *out = said;
    if (timed_out)
        return app_fail(l->app, EXIT_FAILED, "%s took longer than %d seconds: killed",
                        l->compiler.data[0], SECONDS);
    if (status)
        return refused(l, app_print(l->app, "%s%s", out ? "" : said, err), what);
    return EXIT_DONE;
}

static int compile(loading *l, const texts *headers, const texts *sources)
{
    app *a = l->app;
    int status = write_source(l, headers);
    if (status)
        return status;
    texts names = command_line(l), object = command_line(l);
    static const char *const look[] = {"-E", "-P"};
    for (size_t i = 0; i < 2; i++)
        texts_add(a, &names, look[i]);
    texts_add(a, &names, l->source);
    static const char *const make[] = {"-r", "-nostdlib", "-o"};
    const char *const alone[] = {"-c", "-o"};
    /* Several files become one object by `-r`; a single one needs no linker for that. */
    for (size_t i = 0; i < (sources->len ? 3 : 2); i++)
        texts_add(a, &object, sources->len ? make[i] : alone[i]);
    texts_add(a, &object, l->object);
    texts_add(a, &object, "-MD");
    texts_add(a, &object, "-MF");
    texts_add(a, &object, app_print(a, "%s/schema.d", l->folder));
    texts_add(a, &object, l->source);
    for (size_t i = 0; i < sources->len; i++)
        texts_add(a, &object, sources->data[i]);
    process first, second;
    status = start(l, &first, &object);
    if (status)
        return status;
    status = start(l, &second, &names);
    int made = finish(l, &first, "the schema does not compile", NULL);
    if (status)
        return status;
    bool timed_out;
    if (made) { /* it has said the same */
        process_wait(&second, SECONDS, &timed_out);
        process_text(a, &second.out);
        process_text(a, &second.err);
        return made;
    }
    return finish(l, &second, "the schema does not compile", &l->preprocessed);
}

static int link_library(loading *l)
{
    app *a = l->app;
    texts line = command_line(l);
    texts_add(a, &line, "-shared");
    texts_add(a, &line, "-o");
    texts_add(a, &line, l->library);
    texts_add(a, &line, l->object);
    for (size_t i = 0; i < l->undefined.len; i++)
        texts_add(a, &line, app_print(a, "-Wl,--defsym=%s=0", l->undefined.data[i]));
    process p;
    int status = start(l, &p, &line);
    return status ? status : finish(l, &p, "the schema cannot be linked", NULL);
}

/* dlopen's "undefined symbol: NAME". */
static const char *missing_symbol(app *a, const char *message)
{
    const char *mark = message ? strstr(message, "undefined symbol: ") : NULL;
    if (!mark)
        return NULL;
    mark += strlen("undefined symbol: ");
    size_t len = strcspn(mark, " ,\t\n)");
    return len ? app_text_len(a, mark, len) : NULL;
}

static int open_library(loading *l)
{
    app *a = l->app;
    for (;;) {
        /* A new name each time: dlopen may know the old one. */
        l->library = app_print(a, "%s/schema%zu.so", l->folder, l->undefined.len);
        int status = link_library(l);
        if (status)
            return status;
        l->handle = dlopen(l->library, RTLD_NOW | RTLD_LOCAL);
        if (l->handle)
            return EXIT_DONE;
        const char *message = dlerror(), *symbol = missing_symbol(a, message);
        if (!symbol || l->undefined.len == MOST_UNDEFINED)
            return app_fail(a, EXIT_FAILED, "the compiled schema cannot be loaded: %s",
                            message);
        texts_add(a, &l->undefined, symbol);
    }
}

/* ---- what is in it ---- */

static int check_version(loading *l)
{
    const char *version = dlsym(l->handle, "virga_loaded_version");
    const unsigned long *sizes = dlsym(l->handle, "virga_loaded_sizes");
    if (!version || !sizes)
        return app_fail(l->app, EXIT_FAILED, "the compiled schema says no version");
    const unsigned long ours[] = {sizeof(vg_shape), sizeof(vg_column),
                                  sizeof(vg_constraint), sizeof(vg_schema)};
    if (strcmp(version, VG_VERSION) == 0 && memcmp(sizes, ours, sizeof ours) == 0)
        return EXIT_DONE;
    return app_fail(
        l->app, EXIT_FAILED,
        "the schema is compiled with the headers of virga %s, this command is "
        "%s%s: set \"include\" or \"cflags\" to the headers that belong to it%s%s",
        version, VG_VERSION,
        strcmp(version, VG_VERSION) == 0 ? " of another build" : "",
        load_headers(l->app) ? ", " : "",
        load_headers(l->app) ? load_headers(l->app) : "");
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

/* The next `... WORD __asm__("PREFIX" "NAME")` of the preprocessor's text from *at on that
 * declares NAME itself: WORD is NAME or NAME_vg_rows. */
static const char *next_name(app *a, const char **at, const char *prefix)
{
    for (const char *p; (p = strstr(*at, prefix));) {
        const char *name = p + strlen(prefix), *word = p - 1;
        *at = name;
        if (word < *at - strlen(prefix) - 1 || *word != '"')
            continue;
        name += strspn(name, "\" \t");
        size_t len = 0;
        while (is_letter(name[len]))
            len++;
        /* Back over `__asm__(`. */
        while (word[-1] == ' ' || word[-1] == '(')
            word--;
        while (is_letter(word[-1])) /* __asm__ */
            word--;
        while (word[-1] == ' ' || word[-1] == '\n')
            word--;
        const char *end = word;
        while (is_letter(word[-1]))
            word--;
        size_t n = (size_t)(end - word);
        bool itself =
            n == len || (n == len + 8 && strncmp(end - 8, "_vg_rows", 8) == 0);
        *at = name + len;
        if (len && itself && strncmp(word, name, len) == 0)
            return app_text_len(a, name, len);
    }
    return NULL;
}

/* All names with that prefix, each where it was last declared: TABLE_LATER announces it before
 * its turn. */
static texts names(loading *l, const char *prefix)
{
    app *a = l->app;
    texts all = {0}, once = {0};
    const char *at = l->preprocessed;
    for (const char *name; (name = next_name(a, &at, prefix));)
        texts_add(a, &all, name);
    for (size_t i = 0; i < all.len; i++) {
        bool again = false;
        for (size_t j = i + 1; j < all.len && !again; j++)
            again = strcmp(all.data[i], all.data[j]) == 0;
        if (!again)
            texts_add(a, &once, all.data[i]);
    }
    return once;
}

typedef struct collected {
    const vg_shape **data;
    size_t len, room;
} collected;

static void collect(app *a, collected *c, const vg_shape *shape)
{
    for (size_t i = 0; i < c->len; i++) {
        if (c->data[i] == shape)
            return;
    }
    if (c->len == c->room) {
        c->room = c->room ? 2 * c->room : 32;
        const vg_shape **more = app_alloc(a, c->room * sizeof *more);
        if (c->len)
            memcpy(more, c->data, c->len * sizeof *more);
        c->data = more;
    }
    c->data[c->len++] = shape;
}

/* A coder is data that the kit needs (is it text or a number?): it must not be missing. */
static int check_coders(loading *l, const collected *c)
{
    for (size_t i = 0; i < l->undefined.len; i++) {
        const char *symbol = l->undefined.data[i];
        if (strncmp(symbol, "vg_coder_", 9) != 0)
            continue;
        for (size_t t = 0; t < c->len; t++) {
            const vg_shape *shape = c->data[t];
            for (size_t k = 0; k < shape->column_count; k++) {
                const vg_column *column = &shape->columns[k];
                if (column->flags & VG_F_CODED && !column->coder)
                    return app_fail(
                        l->app, EXIT_FAILED,
                        "%s.%s: its codec %s is in none of the headers; add the C "
                        "file that has it to \"sources\"",
                        shape->name, column->name, symbol + 9);
            }
        }
    }
    return EXIT_DONE;
}

static int pick(loading *l, const vg_schema **schema)
{
    app *a = l->app;
    texts schemas = l->schemas, objects = l->objects;
    const char *wanted = setting_text(a, OPT_SCHEMA_NAME), *name = NULL;
    collected found = {0};
    for (size_t i = 0; i < schemas.len; i++) {
        if (wanted && strcmp(wanted, schemas.data[i]) != 0)
            continue;
        const vg_schema *s =
            dlsym(l->handle, app_print(a, "vg_schema_%s", schemas.data[i]));
        for (size_t t = 0; s && t < s->table_count; t++)
            collect(a, &found, s->tables[t]);
        name = name ? name : schemas.data[i];
    }
    if (wanted && !name) {
        const char *near = text_nearest(wanted, schemas.data, schemas.len);
        return app_fail(
            a, EXIT_USAGE, "there is no SCHEMA(%s, ...) in the headers%s%s%s", wanted,
            near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    }
    for (size_t i = 0; i < objects.len && !schemas.len; i++) {
        const vg_shape *shape =
            strncmp(objects.data[i], "vg_", 3) == 0
                ? NULL /* the library's own */
                : dlsym(l->handle, app_print(a, "vg_object_%s", objects.data[i]));
        if (shape && (shape->kind == VG_SHAPE_TABLE || shape->kind == VG_SHAPE_VIEW ||
                      shape->kind == VG_SHAPE_TRIGGER))
            collect(a, &found, shape);
    }
    vg_schema *made = app_alloc(a, sizeof *made);
    *made = (vg_schema){name ? name : "schema", found.data, found.len};
    *schema = made;
    return check_coders(l, &found);
}

/* ---- the cache ---- */

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
    texts line = command_line(l);
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
    static const char *const heard[] = {"CPATH",
                                        "C_INCLUDE_PATH"}; /* by the compiler */
    for (size_t i = 0; i < 2; i++)
        key = app_print(a, "%s %s", key, getenv(heard[i]) ? getenv(heard[i]) : "");
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
    status = compile(l, headers, sources);
    if (!status)
        status = open_library(l);
    if (!status) {
        l->schemas = names(l, "vg_schema_");
        l->objects = names(l, "vg_object_");
        keep(l, key, app_read(a, app_print(a, "%s/schema.d", l->folder), NULL), &begin);
    }
    scratch_remove(); /* what is loaded stays loaded */
    return status;
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
    if (!status)
        status = check_version(&l);
    return status ? status : pick(&l, schema);
}
