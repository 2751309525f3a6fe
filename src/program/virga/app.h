/* One run of the command: what it was told, what it holds, and how it answers.
 *
 * Memory comes from one arena that lives as long as the run; when it ends, the run does
 * (status 1). Functions that can fail return an exit status and have said why by app_fail. */
#pragma once
#include "program/virga/table.h"
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <virga/arena.h>
#include <virga/kit.h>

typedef struct texts {
    const char **data; /* NULL after the last */
    size_t len;
} texts;

/* Where a value came from. */
typedef enum source_kind {
    FROM_NOBODY,
    FROM_DEFAULT,
    FROM_FILE,
    FROM_DOTENV,
    FROM_ENVIRONMENT,
    FROM_FLAG
} source_kind;

typedef struct setting {
    source_kind source;
    texts values;      /* of a list any number, else one */
    const char *where; /* the file; NULL */
    int line;          /* in it */
} setting;

typedef struct variable {
    const char *name, *value;
} variable;

typedef struct app {
    vg_arena arena;
    const command *command;
    setting settings[OPT_COUNT];
    texts arguments;         /* what is no option */
    const char *config_path; /* that was read; NULL: none */
    variable *dotenv;
    size_t dotenv_count;
    texts secrets;  /* pieces of URLs that no message may have */
    texts ignored;  /* keys of drizzle.config.json that mean nothing here */
    bool json;      /* --output json */
    json_t *answer; /* the object it prints */
    vg_kit *kit;
    bool failed; /* an error was said */
} app;

/* ---- text.c: memory and text ---- */
void *app_alloc(app *a, size_t size); /* zeroed, never NULL */
_Noreturn void app_no_memory(void);
char *app_text(app *a, const char *text);
char *app_text_len(app *a, const char *text, size_t len);
char *app_print(app *a, const char *format, ...) VG_PRINTF(2, 3);
char *app_print_args(app *a, const char *format, va_list args) VG_PRINTF(2, 0);
void texts_add(app *a, texts *list, const char *text);
/* The file's text, or NULL with errno. */
char *app_read(app *a, const char *path, size_t *len);
/* Write a new file; an existing one only if `replace`. An exit status. */
int app_write(app *a, const char *path, const char *text, size_t len, bool replace);
/* The candidate that is most like `word`, if it is like it at all; else NULL. */
const char *text_nearest(const char *word, const char *const *candidates, size_t count);
/* The parts of `text` between blanks. */
texts text_words(app *a, const char *text);

/* ---- say.c: answers ---- */
typedef enum style {
    STYLE_NONE,
    STYLE_BOLD,
    STYLE_DIM,
    STYLE_RED,
    STYLE_GREEN,
    STYLE_YELLOW,
    STYLE_CYAN
} style;
/* The escape sequence that begins a style, or ends it (STYLE_NONE); "" where no colours are
 * wanted: no terminal, NO_COLOR, TERM=dumb. */
const char *paint(FILE *stream, style s);
/* A piece of text for people, on standard output; nothing with --output json. */
void say(const app *a, const char *format, ...) VG_PRINTF(2, 3);
/* The same on standard error: progress, warnings. */
void tell(const app *a, const char *format, ...) VG_PRINTF(2, 3);
/* "error: ..." on standard error, or in the JSON object; returns `status`. */
int app_fail(app *a, int status, const char *format, ...) VG_PRINTF(3, 4);
/* A member of the JSON object; takes the reference. */
void answer_set(app *a, const char *key, json_t *value);
void answer_text(app *a, const char *key, const char *text);
/* "status": "ok" unless it was said. */
void answer_status(app *a, const char *status);

/* ---- args.c ---- */
int args_read(app *a, int argc, char **argv);
/* ---- help.c ---- */
void help_overview(const app *a);
void help_command(const app *a, const command *c);
/* ---- config.c, dotenv.c ---- */
int config_read(app *a); /* file, .env, environment, defaults under the flags */
int dotenv_read(app *a, const char *path);
const char *environment(const app *a, const char *name); /* NULL: not set */
/* ---- settings.c ---- */
const char *setting_text(const app *a, option_id id); /* NULL: nothing */
bool setting_flag(const app *a, option_id id);
const texts *setting_list(const app *a, option_id id);
bool setting_given(const app *a, option_id id); /* by more than the default */
int setting_put(app *a, option_id id, source_kind source, const char *value,
                const char *where, int line);
/* Whether any is named, by its URL or by its parts. */
bool setting_database(const app *a);
/* The URL with what stands for variables replaced; NULL with an exit status in *status. */
const char *setting_url(app *a, int *status);
/* Whether it leads to a server: postgres://..., host=... */
bool url_is_server(const char *url);
/* A URL as it may be shown: passwords and tokens as ***. */
const char *url_hidden(app *a, const char *url);
/* `text` without the secrets of the URLs that url_hidden has seen. */
const char *text_hidden(app *a, const char *text);
