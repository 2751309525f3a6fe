/* What is in a compiled schema: TABLE leaves an object `vg_object_NAME`, SCHEMA one called
 * `vg_schema_NAME`. nm lists them; their addresses are in the order of their declaration, for
 * compilers write data as it comes when they are not to optimise. */
#include "program/virga/loading.h"
#include "program/virga/process.h"
#include <dlfcn.h>
#include <string.h>

/* ---- names ---- */

/* Of a line of nm's, "0000000000028b00 V vg_object_users", what follows the prefix; NULL: it is
 * another symbol, or not defined here. Some systems put a _ before each. */
static const char *name_in(app *a, const char *line, size_t len, const char *prefix)
{
    const char *at = line, *end = line + len;
    for (int skipped = 0; skipped < 2; skipped++) {
        while (at < end && *at != ' ')
            at++;
        while (at < end && *at == ' ')
            at++;
    }
    if (*line == ' ' || at == end)
        return NULL;
    at += *at == '_';
    size_t n = strlen(prefix);
    return (size_t)(end - at) > n && strncmp(at, prefix, n) == 0
               ? app_text_len(a, at + n, (size_t)(end - at) - n)
               : NULL;
}

int loading_names(loading *l)
{
    app *a = l->app;
    char *argv[] = {app_text(a, "nm"), app_text(a, "-n"), app_text(a, l->library),
                    NULL};
    process p;
    bool timed_out;
    int bad = process_start(&p, argv);
    if (bad)
        return app_fail(
            a, EXIT_FAILED,
            "cannot run nm: %s; it comes with the compiler (Debian: binutils)",
            strerror(bad));
    int status = process_wait(&p, 60, &timed_out);
    const char *list = process_text(a, &p.out), *err = process_text(a, &p.err);
    if (status)
        return app_fail(a, EXIT_FAILED, "nm cannot read the compiled schema: %s", err);
    for (const char *line = list, *end; *line; line = *end ? end + 1 : end) {
        end = line + strcspn(line, "\n");
        size_t len = (size_t)(end - line);
        const char *schema = name_in(a, line, len, "vg_schema_");
        const char *object = name_in(a, line, len, "vg_object_");
        if (schema)
            texts_add(a, &l->schemas, schema);
        if (object)
            texts_add(a, &l->objects, object);
    }
    return EXIT_DONE;
}

/* ---- what they are ---- */

int loading_check(loading *l)
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

int loading_pick(loading *l, const vg_schema **schema)
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
