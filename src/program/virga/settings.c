/* The value of each option, and where it came from: a flag counts more than the environment,
 * that more than the configuration, and that more than the default. */
#include "program/virga/app.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* "--prefix" or "virga.json:3: migrations.prefix": what a message begins with. */
static const char *place(app *a, option_id id, source_kind source, const char *where,
                         int line)
{
    const option *o = &option_table[id];
    if (source == FROM_FILE)
        return app_print(a, "%s:%d: \"%s\"", where, line, o->key);
    if (source == FROM_ENVIRONMENT || source == FROM_DOTENV)
        return app_print(a, "%s%s%s", o->variable, where ? " in " : "",
                         where ? where : "");
    return app_print(a, "--%s", o->name);
}

static int check_choice(app *a, option_id id, source_kind source, const char *value,
                        const char *where, int line)
{
    const option *o = &option_table[id];
    texts choices = text_words(a, o->choices);
    for (size_t i = 0; i < choices.len; i++) {
        if (strcmp(choices.data[i], value) == 0)
            return EXIT_DONE;
    }
    const char *near = text_nearest(value, choices.data, choices.len);
    if (id == OPT_DIALECT)
        return app_fail(a, EXIT_USAGE,
                        "%s: this version of virga knows sqlite and postgresql, not "
                        "\"%s\"%s",
                        place(a, id, source, where, line), value,
                        near ? "; did you mean postgresql?" : "");
    return app_fail(a, EXIT_USAGE, "%s: there is no \"%s\"%s%s%s; it is one of: %s",
                    place(a, id, source, where, line), value,
                    near ? ", did you mean \"" : "", near ? near : "",
                    near ? "\"?" : "", o->choices);
}

int setting_put(app *a, option_id id, source_kind source, const char *value,
                const char *where, int line)
{
    const option *o = &option_table[id];
    setting *s = &a->settings[id];
    if (o->kind == KIND_FLAG) {
        if (strcasecmp(value, "true") == 0 || strcmp(value, "1") == 0)
            value = "true";
        else if (strcasecmp(value, "false") == 0 || strcmp(value, "0") == 0)
            value = "false";
        else
            return app_fail(a, EXIT_USAGE, "%s is true or false, not \"%s\"",
                            place(a, id, source, where, line), value);
    }
    int status =
        o->choices ? check_choice(a, id, source, value, where, line) : EXIT_DONE;
    if (status || s->source > source)
        return status;
    if (s->source < source || o->kind != KIND_LIST)
        s->values = (texts){0};
    s->source = source;
    s->where = where;
    s->line = line;
    if (id != OPT_CFLAGS || source == FROM_FILE) {
        texts_add(a, &s->values, value);
        return EXIT_DONE;
    }
    texts words = text_words(a, value);
    for (size_t i = 0; i < words.len; i++)
        texts_add(a, &s->values, words.data[i]);
    return EXIT_DONE;
}

const char *setting_text(const app *a, option_id id)
{
    const texts *values = &a->settings[id].values;
    return values->len ? values->data[values->len - 1] : NULL;
}

bool setting_flag(const app *a, option_id id)
{
    const char *text = setting_text(a, id);
    return text && strcmp(text, "true") == 0;
}

const texts *setting_list(const app *a, option_id id)
{
    return &a->settings[id].values;
}

bool setting_given(const app *a, option_id id)
{
    return a->settings[id].source > FROM_DEFAULT;
}

bool setting_database(const app *a)
{
    return setting_text(a, OPT_URL) || setting_given(a, OPT_HOST) ||
           setting_given(a, OPT_DATABASE);
}

/* The value of ${NAME} or ${NAME:-text}, of `len` bytes between the braces. */
static const char *replaced(app *a, option_id id, const char *inside, size_t len,
                            int *status)
{
    char *name = app_text_len(a, inside, len), *otherwise = strstr(name, ":-");
    if (otherwise) {
        *otherwise = 0;
        otherwise += 2;
    }
    const char *value = environment(a, name);
    if (value && (*value || !otherwise))
        return value;
    if (otherwise)
        return otherwise;
    const setting *s = &a->settings[id];
    *status =
        app_fail(a, EXIT_USAGE,
                 "%s wants the variable %s, which is neither in the environment nor in "
                 ".env",
                 place(a, id, s->source, s->where, s->line), name);
    return "";
}

/* A text with what stands for variables replaced. */
static const char *expand(app *a, option_id id, const char *text, int *status)
{
    const char *result = "";
    if (strncmp(text, "env:", 4) == 0)
        text = replaced(a, id, text + 4, strlen(text + 4), status);
    for (const char *mark, *end;
         (mark = strstr(text, "${")) && (end = strchr(mark, '}')); text = end + 1)
        result = app_print(a, "%s%.*s%s", result, (int)(mark - text), text,
                           replaced(a, id, mark + 2, (size_t)(end - mark - 2), status));
    return app_print(a, "%s%s", result, text);
}

/* ---- a server's URL out of its parts ---- */

static const char *encoded(app *a, const char *text)
{
    const char *result = "";
    for (; *text; text++) {
        bool plain = strchr("-._~", *text) || (*text >= '0' && *text <= '9') ||
                     ((*text | 32) >= 'a' && (*text | 32) <= 'z');
        result = app_print(a, plain ? "%s%c" : "%s%%%02X", result,
                           plain ? *text : (unsigned char)*text);
    }
    return result;
}

/* The part as it stands in the URL; "": it is not set. */
static const char *part(app *a, option_id id, int *status)
{
    const char *text = setting_text(a, id);
    return text ? encoded(a, expand(a, id, text, status)) : "";
}

static const char *url_of_parts(app *a, int *status)
{
    const char *host = part(a, OPT_HOST, status), *port = part(a, OPT_PORT, status),
               *user = part(a, OPT_USER, status),
               *password = part(a, OPT_PASSWORD, status),
               *database = part(a, OPT_DATABASE, status),
               *ssl = setting_text(a, OPT_SSL);
    if (*password) /* as it is, too: messages of the server's library */
        texts_add(a, &a->secrets,
                  expand(a, OPT_PASSWORD, setting_text(a, OPT_PASSWORD), status));
    return app_print(a, "postgresql://%s%s%s%s%s%s%s/%s%s%s", user,
                     *password ? ":" : "", password, *user || *password ? "@" : "",
                     host, *port ? ":" : "", port, database, ssl ? "?sslmode=" : "",
                     ssl ? ssl : "");
}

const char *setting_url(app *a, int *status)
{
    *status = EXIT_DONE;
    const char *url = setting_text(a, OPT_URL);
    bool parts = setting_given(a, OPT_HOST) || setting_given(a, OPT_DATABASE);
    const setting *s = &a->settings[OPT_URL], *h = &a->settings[OPT_HOST];
    if (parts && url && *url && s->source == h->source)
        *status =
            app_fail(a, EXIT_USAGE,
                     "%s and dbCredentials.host both say which database: give one",
                     place(a, OPT_URL, s->source, s->where, s->line));
    else if (parts && (!url || !*url || h->source > s->source))
        url = url_of_parts(a, status);
    else if (!url || !*url)
        *status =
            app_fail(a, EXIT_USAGE,
                     "which database? Write dbCredentials.url in %s, DATABASE_URL in "
                     ".env, or --url app.db",
                     a->config_path ? a->config_path : "virga.json");
    else
        url = expand(a, OPT_URL, url, status);
    return *status ? NULL : url;
}

bool url_is_server(const char *url)
{
    static const char *const begins[] = {
        "postgres:", "postgresql:", "host=",   "hostaddr=",
        "port=",     "user=",       "dbname=", "service="};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(url, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

/* Whether a parameter of a URL is nobody's business. */
static bool is_secret(const char *name, size_t len)
{
    static const char *const words[] = {"pass", "token", "secret",
                                        "key",  "auth",  "pwd"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        for (size_t at = 0; at + n <= len; at++) {
            if (strncasecmp(name + at, words[i], n) == 0)
                return true;
        }
    }
    return false;
}

static void secret(app *a, const char *text, size_t len)
{
    if (len > 2) /* less would be found in any word */
        texts_add(a, &a->secrets, app_text_len(a, text, len));
}

/* host=h password='a b' user=u, as libpq has it. */
static const char *words_hidden(app *a, const char *text)
{
    const char *result = "";
    while (*text) {
        size_t name = strcspn(text, "= "), blanks;
        const char *value = text + name + (text[name] == '='), *end = value;
        if (text[name] == '=' && *value == '\'') {
            for (end = value + 1; *end && *end != '\''; end++)
                end += *end == '\\' && end[1];
            end += *end == '\'';
        } else if (text[name] == '=') {
            end += strcspn(value, " ");
        }
        bool hide = is_secret(text, name);
        blanks = strspn(end, " ");
        size_t quote = *value == '\'';
        if (hide && (size_t)(end - value) > 2 * quote)
            secret(a, value + quote, (size_t)(end - value) - 2 * quote);
        result =
            app_print(a, "%s%.*s%s%.*s", result, (int)((hide ? value : end) - text),
                      text, hide ? "***" : "", (int)blanks, end);
        text = end + blanks;
        if (!name && !blanks) /* a stray = */
            text += *text != 0;
    }
    return result;
}

const char *url_hidden(app *a, const char *url)
{
    if (url_is_server(url) && !strstr(url, "://"))
        return words_hidden(a, url);
    const char *result = "", *authority = strstr(url, "://");
    if (authority) {
        authority += 3;
        size_t len = strcspn(authority, "/?#");
        const char *at = memchr(authority, '@', len), *next = at;
        while (next &&
               (next = memchr(next + 1, '@', len - (size_t)(next + 1 - authority))))
            at = next;
        const char *colon =
            at ? memchr(authority, ':', (size_t)(at - authority)) : NULL;
        if (at && (colon || !url_is_server(url))) {
            /* "token@host" has no name before it that could be shown; a server's user is
             * no secret. */
            const char *from = colon ? colon + 1 : authority;
            result = app_print(a, "%.*s***", (int)(from - url), url);
            secret(a, from, (size_t)(at - from));
            url = at;
        }
    }
    size_t plain = strcspn(url, "?");
    result = app_print(a, "%s%.*s", result, (int)plain, url);
    for (url += plain; *url;) {
        size_t len = 1 + strcspn(url + 1, "&"), name = 1 + strcspn(url + 1, "=&");
        if (is_secret(url + 1, name - 1)) {
            result = app_print(a, "%s%.*s=***", result, (int)name, url);
            if (len > name + 1)
                secret(a, url + name + 1, len - name - 1);
        } else {
            result = app_print(a, "%s%.*s", result, (int)len, url);
        }
        url += len;
    }
    return result;
}

const char *text_hidden(app *a, const char *text)
{
    for (size_t i = 0; i < a->secrets.len; i++) {
        const char *word = a->secrets.data[i], *result = "";
        for (const char *at; (at = strstr(text, word)); text = at + strlen(word))
            result = app_print(a, "%s%.*s***", result, (int)(at - text), text);
        text = app_print(a, "%s%s", result, text);
    }
    return text;
}
