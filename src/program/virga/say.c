/* What the command answers: text for people, one JSON object for programs, errors. */
#include "program/virga/app.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_colors(FILE *stream)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(no && *no) && term && strcmp(term, "dumb") != 0 && isatty(fileno(stream));
}

const char *paint(FILE *stream, style s)
{
    static const char *const escapes[] = {"\033[0m",  "\033[1m",  "\033[2m", "\033[31m",
                                          "\033[32m", "\033[33m", "\033[36m"};
    static enum { UNKNOWN, PLAIN, COLORED } known[2]; /* of stdout, and of stderr */
    int i = stream == stderr;
    if (known[i] == UNKNOWN)
        known[i] = has_colors(stream) ? COLORED : PLAIN;
    return known[i] == COLORED ? escapes[s] : "";
}

void say(const app *a, const char *format, ...)
{
    if (a->json)
        return;
    va_list args;
    va_start(args, format);
    vfprintf(stdout, format, args);
    va_end(args);
}

void tell(const app *a, const char *format, ...)
{
    if (a->json)
        return;
    fflush(stdout); /* in the order in which it was said */
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
}

int app_fail(app *a, int status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = app_print_args(a, format, args);
    va_end(args);
    const char *shown = text_hidden(a, text);
    a->failed = true;
    if (a->json) {
        answer_status(a, status == EXIT_UNDECIDED ? "undecided" : "error");
        answer_text(a, "message", shown);
    } else {
        fflush(stdout);
        fprintf(stderr, "%serror:%s %s\n", paint(stderr, STYLE_RED),
                paint(stderr, STYLE_NONE), shown);
    }
    return status;
}

void answer_set(app *a, const char *key, json_t *value)
{
    if (!a->json)
        json_decref(value);
    else if (json_object_set_new(a->answer, key, value))
        app_no_memory();
}

void answer_text(app *a, const char *key, const char *text)
{
    /* What is no UTF-8 (a file's name) is shown as far as it is ASCII. */
    json_t *value = text ? json_string(text) : json_null();
    if (!value) {
        char *plain = app_text(a, text);
        for (char *c = plain; *c; c++)
            *c = (*c & 0x80) ? '?' : *c;
        value = json_string(plain);
    }
    answer_set(a, key, value);
}

void answer_status(app *a, const char *status)
{
    answer_text(a, "status", status);
}
