/* A schema becomes a shared object: a C file that includes the headers, the user's compiler, and
 * dlopen.
 *
 * The schema may name functions that only the user's program has (DEFAULT_FN). The kit does not
 * call them; each is given the address 0 by the linker, or else dlopen would refuse the object. */
#include "program/virga/loading.h"
#include "program/virga/process.h"
#include <dlfcn.h>
#include <string.h>

enum { SECONDS = 120, MOST_UNDEFINED = 500 };

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
    const char *text =
        "#ifdef __cplusplus\n"
        "#    error \"this is a C++ compiler; name one for C with cc or --cc\"\n"
        "#else\n";
    for (size_t i = 0; i < headers->len; i++)
        text = app_print(a, "%s#include \"%s\"\n", text, quoted(a, headers->data[i]));
    text = app_print(a,
                     "%s#ifndef VG_VERSION\n"
                     "#    error \"the schema does not include <virga/virga.h>\"\n"
                     "#else\n"
                     "const char virga_loaded_version[] = VG_VERSION;\n"
                     "const unsigned long virga_loaded_sizes[] = {sizeof(vg_shape), "
                     "sizeof(vg_column), sizeof(vg_constraint), sizeof(vg_schema)};\n"
                     "#endif\n"
                     "#endif\n",
                     text);
    return app_write(a, l->source, text, strlen(text), false);
}

/* ---- the compiler ---- */

texts loading_command(const loading *l)
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

/* Wait for it. */
static int finish(loading *l, process *p, const char *what)
{
    bool timed_out;
    int status = process_wait(p, SECONDS, &timed_out);
    const char *said = process_text(l->app, &p->out),
               *err = process_text(l->app, &p->err);
    if (timed_out)
        return app_fail(l->app, EXIT_FAILED, "%s took longer than %d seconds: killed",
                        l->compiler.data[0], SECONDS);
    if (status)
        return refused(l, app_print(l->app, "%s%s", said, err), what);
    return EXIT_DONE;
}

/* The object file, and schema.d: which files it was made of. */
static int compile(loading *l, const texts *headers, const texts *sources)
{
    app *a = l->app;
    const char *marks = load_conflict(a, headers);
    if (marks)
        return app_fail(a, EXIT_FAILED, "%s", marks);
    int status = write_source(l, headers);
    if (status)
        return status;
    texts line = loading_command(l);
    /* Several files become one object by `-r`; a single one needs no linker for that. */
    if (sources->len) {
        texts_add(a, &line, "-r");
        texts_add(a, &line, "-nostdlib");
    } else {
        texts_add(a, &line, "-c");
    }
    const char *const more[] = {
        "-o",     l->object, "-MD", "-MF", app_print(a, "%s/schema.d", l->folder),
        l->source};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        texts_add(a, &line, more[i]);
    for (size_t i = 0; i < sources->len; i++)
        texts_add(a, &line, sources->data[i]);
    process p;
    status = start(l, &p, &line);
    return status ? status : finish(l, &p, "the schema does not compile");
}

static int link_library(loading *l)
{
    app *a = l->app;
    texts line = loading_command(l);
    texts_add(a, &line, "-shared");
    texts_add(a, &line, "-o");
    texts_add(a, &line, l->library);
    texts_add(a, &line, l->object);
    for (size_t i = 0; i < l->undefined.len; i++)
        texts_add(a, &line, app_print(a, "-Wl,--defsym=%s=0", l->undefined.data[i]));
    process p;
    int status = start(l, &p, &line);
    return status ? status : finish(l, &p, "the schema cannot be linked");
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

int loading_compile(loading *l, const texts *headers, const texts *sources)
{
    int status = compile(l, headers, sources);
    return status ? status : open_library(l);
}
