/* The file .env: NAME=value, one to a line, as docker, node's dotenv and shells read it.
 *
 *     # a comment
 *     export DATABASE_URL="file:app.db"   # quotes, and what follows a value
 *     TEXT='as it is: $no \n escapes'
 *     LINES="first\nsecond"
 *
 * The environment itself counts more. */
#include "program/virga/app.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *environment(const app *a, const char *name)
{
    const char *value = getenv(name);
    if (value)
        return value;
    for (size_t i = a->dotenv_count; i-- > 0;) {
        if (strcmp(a->dotenv[i].name, name) == 0)
            return a->dotenv[i].value;
    }
    return NULL;
}

static void add(app *a, const char *name, const char *value)
{
    variable *more = app_alloc(a, (a->dotenv_count + 1) * sizeof *more);
    if (a->dotenv_count)
        memcpy(more, a->dotenv, a->dotenv_count * sizeof *more);
    more[a->dotenv_count++] = (variable){name, value};
    a->dotenv = more;
}

/* What stands between quotes; *at is behind the first of them, then behind the last. */
static const char *quoted(app *a, const char **at, char quote)
{
    const char *p = *at;
    char *value = app_alloc(a, strlen(p) + 1), *out = value;
    for (; *p && *p != quote; p++) {
        if (quote != '"' || *p != '\\' || !p[1]) {
            *out++ = *p;
            continue;
        }
        p++;
        *out++ = *p == 'n' ? '\n' : *p == 'r' ? '\r' : *p == 't' ? '\t' : *p;
    }
    *out = 0;
    *at = *p ? p + 1 : NULL; /* NULL: the quote does not end */
    return value;
}

static const char *plain(app *a, const char **at)
{
    const char *p = *at;
    size_t len = strcspn(p, "\n");
    *at = p + len;
    for (size_t i = 0; i < len; i++) {
        if (p[i] == '#' && (i == 0 || p[i - 1] == ' ' || p[i - 1] == '\t'))
            len = i;
    }
    while (len && strchr(" \t\r", p[len - 1]))
        len--;
    return app_text_len(a, p, len);
}

static int line_at(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

int dotenv_read(app *a, const char *path)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
        "0123456789.-";
    char *text = app_read(a, path, NULL);
    if (!text)
        return errno == ENOENT ? EXIT_DONE
                               : app_fail(a, EXIT_USAGE, "cannot read %s: %s", path,
                                          strerror(errno));
    const char *p = text;
    if (strncmp(p, "\xef\xbb\xbf", 3) == 0)
        p += 3;
    while (*(p += strspn(p, " \t\r\n"))) {
        const char *start = p;
        if (*p == '#') {
            p += strcspn(p, "\n");
            continue;
        }
        if (strncmp(p, "export", 6) == 0 && (p[6] == ' ' || p[6] == '\t'))
            p += 6 + strspn(p + 6, " \t");
        size_t len = strspn(p, letters);
        const char *name = app_text_len(a, p, len);
        p += len;
        p += strspn(p, " \t");
        if (!len || *p != '=')
            return app_fail(a, EXIT_USAGE, "%s:%d: this is no NAME=value", path,
                            line_at(text, start));
        p++;
        p += strspn(p, " \t");
        const char *value;
        if (*p == '"' || *p == '\'' || *p == '`') {
            char quote = *p++;
            value = quoted(a, &p, quote);
            if (!p)
                return app_fail(a, EXIT_USAGE, "%s:%d: the quote of %s does not end",
                                path, line_at(text, start), name);
            p += strcspn(p, "\n"); /* a comment */
        } else {
            value = plain(a, &p);
        }
        add(a, name, value);
    }
    return EXIT_DONE;
}
