/* virga.json, or a drizzle.config.json in the same words. Unknown keys and wrong values are
 * refused by name, with the line. Values are never shown: a password may be among them. */
#include "program/virga/app.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct reading {
    app *app;
    const char *path, *text;
    bool drizzle; /* it is drizzle-kit's own */
} reading;

/* ---- where a key stands, in text that is known to be JSON ---- */

static const char *blank(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

static const char *skip_text(const char *p) /* at its first quote */
{
    for (p++; *p && *p != '"'; p++)
        p += *p == '\\' && p[1];
    return *p ? p + 1 : p;
}

static const char *skip_value(const char *p)
{
    if (*p == '"')
        return skip_text(p);
    if (*p != '{' && *p != '[')
        return p + strcspn(p, ",]} \t\r\n");
    int depth = 0;
    while (*p) {
        if (*p == '"') {
            p = skip_text(p);
            continue;
        }
        depth += (*p == '{' || *p == '[') - (*p == '}' || *p == ']');
        p++;
        if (!depth)
            break;
    }
    return p;
}

/* The member `name` of the object at `p`: its key, and in *value its value; NULL. */
static const char *member(const char *p, const char *name, size_t len,
                          const char **value)
{
    p = blank(p);
    if (*p != '{')
        return NULL;
    for (p = blank(p + 1); *p == '"'; p = blank(p)) {
        const char *key = p, *end = skip_text(p);
        p = blank(blank(end) + 1); /* behind the colon */
        *value = p;
        if ((size_t)(end - key) == len + 2 && strncmp(key + 1, name, len) == 0)
            return key;
        p = blank(skip_value(p));
        p += *p == ',';
    }
    return NULL;
}

static int line_of(const reading *r, const char *key)
{
    const char *at = r->text, *value = r->text;
    while (*key) {
        size_t len = strcspn(key, ".");
        const char *found = member(value, key, len, &value);
        if (!found)
            break;
        at = found;
        key += len + (key[len] == '.');
    }
    int line = 1;
    for (const char *p = r->text; p < at; p++)
        line += *p == '\n';
    return line;
}

/* ---- values ---- */

static const char *type_name(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return "an object";
    case JSON_ARRAY: return "an array";
    case JSON_STRING: return "a text";
    case JSON_INTEGER:
    case JSON_REAL: return "a number";
    case JSON_TRUE:
    case JSON_FALSE: return "true or false";
    case JSON_NULL: break;
    }
    return "null";
}

static int wrong_type(const reading *r, const char *key, const char *wanted,
                      const json_t *value)
{
    return app_fail(r->app, EXIT_USAGE, "%s:%d: \"%s\" must be %s, not %s", r->path,
                    line_of(r, key), key, wanted, type_name(value));
}

static int put(const reading *r, option_id id, const json_t *value)
{
    const option *o = &option_table[id];
    app *a = r->app;
    int line = line_of(r, o->key), status = EXIT_DONE;
    if (json_is_null(value))
        return EXIT_DONE; /* as if it were not there */
    if (o->kind == KIND_FLAG) {
        if (!json_is_boolean(value))
            return wrong_type(r, o->key, "true or false", value);
        return setting_put(a, id, FROM_FILE, json_is_true(value) ? "true" : "false",
                           r->path, line);
    }
    if (json_is_boolean(value) && o->yes)
        return setting_put(a, id, FROM_FILE, json_is_true(value) ? o->yes : o->no,
                           r->path, line);
    if (json_is_integer(value) && o->number)
        return setting_put(a, id, FROM_FILE,
                           app_print(a, "%lld", (long long)json_integer_value(value)),
                           r->path, line);
    if (json_is_string(value)) {
        const char *text = app_text(a, json_string_value(value));
        if (id != OPT_CFLAGS)
            return setting_put(a, id, FROM_FILE, text, r->path, line);
        texts words = text_words(a, text);
        for (size_t i = 0; i < words.len && !status; i++)
            status = setting_put(a, id, FROM_FILE, words.data[i], r->path, line);
        return status;
    }
    if (o->kind != KIND_LIST || !json_is_array(value))
        return wrong_type(
            r, o->key, o->kind == KIND_LIST ? "a text or an array of texts" : "a text",
            value);
    for (size_t i = 0; i < json_array_size(value) && !status; i++) {
        const json_t *element = json_array_get(value, i);
        if (!json_is_string(element))
            return wrong_type(r, o->key, "an array of texts, with nothing else in it",
                              element);
        status = setting_put(a, id, FROM_FILE, app_text(a, json_string_value(element)),
                             r->path, line);
    }
    return status;
}

/* ---- keys ---- */

static int option_of(const char *key)
{
    for (int i = 0; i < OPT_COUNT; i++) {
        if (option_table[i].key && strcmp(option_table[i].key, key) == 0)
            return i;
    }
    return -1;
}

static bool is_section(const char *key)
{
    size_t len = strlen(key);
    for (int i = 0; i < OPT_COUNT; i++) {
        const char *k = option_table[i].key;
        if (k && strncmp(k, key, len) == 0 && k[len] == '.')
            return true;
    }
    return false;
}

static int unknown_key(const reading *r, const char *key)
{
    app *a = r->app;
    for (size_t i = 0; i < refused_key_count; i++) {
        if (strcmp(refused_keys[i].key, key) != 0)
            continue;
        if (r->drizzle) { /* it may well mean something to drizzle-kit */
            texts_add(a, &a->ignored, app_text(a, key));
            return EXIT_DONE;
        }
        return app_fail(a, EXIT_USAGE, "%s:%d: \"%s\" means nothing to virga: %s",
                        r->path, line_of(r, key), key, refused_keys[i].reason);
    }
    const char *keys[OPT_COUNT];
    size_t count = 0;
    for (int i = 0; i < OPT_COUNT; i++) {
        if (option_table[i].key)
            keys[count++] = option_table[i].key;
    }
    const char *near = text_nearest(key, keys, count);
    /* "url" at the top, "table" in dbCredentials: the right word in the wrong place. */
    const char *last = strrchr(key, '.');
    last = last ? last + 1 : key;
    for (size_t i = 0; i < count && !near; i++) {
        const char *dot = strrchr(keys[i], '.');
        if (dot && text_nearest(last, (const char *const[]){dot + 1}, 1))
            near = keys[i];
    }
    return app_fail(a, EXIT_USAGE, "%s:%d: there is no key \"%s\"%s%s%s", r->path,
                    line_of(r, key), key, near ? "; did you mean \"" : "",
                    near ? near : "", near ? "\"?" : "; see man virga.json");
}

static int read_object(const reading *r, json_t *object, const char *section);

/* "roles": {"exclude": ...} is as good as true, and says more. */
static int read_section(const reading *r, json_t *object, const char *key, int id)
{
    int status = id < 0 ? EXIT_DONE
                        : setting_put(r->app, (option_id)id, FROM_FILE, "true", r->path,
                                      line_of(r, key));
    return status ? status : read_object(r, object, key);
}

static int read_object(const reading *r, json_t *object, const char *section)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        const char *key = *section ? app_print(r->app, "%s.%s", section, name)
                                   : app_text(r->app, name);
        int id = option_of(key), status = EXIT_DONE;
        if (is_section(key) && json_is_object(value))
            status = read_section(r, value, key, id);
        else if (id >= 0)
            status = put(r, (option_id)id, value);
        else if (is_section(key))
            status = wrong_type(r, key, "an object", value);
        else if (strcmp(key, "$schema") != 0)
            status = unknown_key(r, key);
        if (status)
            return status;
    }
    return EXIT_DONE;
}

static int read_file(app *a, const char *path, bool must)
{
    size_t len;
    reading r = {.app = a, .path = path, .text = app_read(a, path, &len)};
    if (!r.text && !must && errno == ENOENT)
        return EXIT_DONE;
    if (!r.text)
        return app_fail(a, EXIT_USAGE, "cannot read the configuration %s: %s", path,
                        strerror(errno));
    const char *base = strrchr(path, '/');
    r.drizzle = strncmp(base ? base + 1 : path, "drizzle.", 8) == 0;
    json_error_t wrong;
    json_t *object = json_loadb(r.text, len, JSON_REJECT_DUPLICATES, &wrong);
    if (!object) {
        /* Not what stands there: it may be a password. */
        char *near = strstr(wrong.text, " near ");
        if (near)
            *near = 0;
        return app_fail(a, EXIT_USAGE, "%s:%d:%d: %s", path, wrong.line, wrong.column,
                        wrong.text);
    }
    a->config_path = path;
    int status =
        json_is_object(object)
            ? read_object(&r, object, "")
            : app_fail(a, EXIT_USAGE, "%s:1: not an object, {\"schema\": ...}", path);
    json_decref(object);
    if (!status && r.drizzle)
        status = setting_put(a, OPT_OUT, FROM_DEFAULT, "./drizzle", NULL, 0);
    return status;
}

/* The dialect of the URL, where nobody has said another. */
static void find_dialect(app *a)
{
    const char *url = setting_text(a, OPT_URL);
    setting *s = &a->settings[OPT_DIALECT];
    if (s->source != FROM_DEFAULT ||
        (!setting_given(a, OPT_HOST) && !(url && url_is_server(url))))
        return;
    s->values = (texts){0};
    texts_add(a, &s->values, "postgresql");
}

/* What the dialect does not have. */
static int check_dialect(app *a)
{
    const char *dialect = setting_text(a, OPT_DIALECT);
    for (int i = 0; i < OPT_COUNT; i++) {
        const option *o = &option_table[i];
        const setting *s = &a->settings[i];
        if (!o->only || strcmp(o->only, dialect) == 0 ||
            !setting_given(a, (option_id)i))
            continue;
        const char *base = s->where ? strrchr(s->where, '/') : NULL;
        if (s->source == FROM_FILE &&
            strncmp(base ? base + 1 : s->where, "drizzle.", 8) == 0)
            texts_add(a, &a->ignored, o->key);
        else if (s->source == FROM_FILE)
            return app_fail(a, EXIT_USAGE, "%s:%d: \"%s\" means nothing to virga: %s",
                            s->where, s->line, o->key, o->otherwise);
        else
            return app_fail(a, EXIT_USAGE, "--%s means nothing here: %s", o->name,
                            o->otherwise);
    }
    return EXIT_DONE;
}

int config_read(app *a)
{
    const char *path = setting_text(a, OPT_CONFIG);
    int status = dotenv_read(a, ".env");
    if (!status && path)
        status = read_file(a, path, true);
    else if (!status)
        status = read_file(a, "virga.json", false);
    if (!status && !path && !a->config_path)
        status = read_file(a, "drizzle.config.json", false);
    for (int i = 0; i < OPT_COUNT && !status; i++) {
        const option *o = &option_table[i];
        const char *value = o->variable ? environment(a, o->variable) : NULL;
        bool dotenv = value && !getenv(o->variable);
        if (value && *value)
            status =
                setting_put(a, (option_id)i, dotenv ? FROM_DOTENV : FROM_ENVIRONMENT,
                            value, dotenv ? ".env" : NULL, 0);
        if (!status && o->fallback && a->settings[i].source == FROM_NOBODY)
            status = setting_put(a, (option_id)i, FROM_DEFAULT, o->fallback, NULL, 0);
    }
    if (status)
        return status;
    find_dialect(a);
    return check_dialect(a);
}
