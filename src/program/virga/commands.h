/* What the commands share, and the commands: each takes the run with its options read, and
 * returns an exit status. */
#pragma once
#include "program/virga/app.h"
#include <virga/migrate.h>
#include <virga/virga.h>

/* ---- kit.c: the library behind them ---- */
/* Open the kit by the configuration: app.kit. */
int kit_open(app *a);
/* What a call of the kit returned, said: EXIT_DONE or EXIT_FAILED. */
int kit_said(app *a, int code);

/* ---- database.c ---- */
/* Open the database of the configuration; *shown is its URL without secrets. One that does not
 * exist is made only if `make`; else *db is an empty one in memory and *there is false. An exit
 * status; what went wrong is said. Close *db either way. */
typedef struct database {
    vg_db *db;
    const char *shown;
    bool there;
} database;
int database_open(app *a, database *d, bool make);
/* The path in a URL. */
const char *database_file(app *a, const char *url);
/* What a call on the database returned, said. */
/* A library's message as one of the command: without the function's name, and with what to do. */
const char *said_plainly(app *a, const char *message);
int database_said(app *a, const database *d, int code);
/* The folder's migrations. */
/* EXIT_DONE, or said that there is no such folder. */
int folder_is_there(app *a);
int migrations_load(app *a, vg_migrations *all);
/* The tag that `text` means: a tag, a number, or a name; NULL with an exit status. */
const char *migration_named(app *a, const vg_migrations *all, const char *text,
                            option_id flag, int *status);

/* ---- prompt.c: a person's answers ---- */
/* Whether there is a person to ask. */
bool prompt_possible(const app *a);
/* One of `count` lines, *chosen at first. EXIT_DONE; EXIT_INTERRUPTED: the person does not want
 * to answer. */
int prompt_choose(app *a, const char *question, const char *const *choices,
                  size_t count, size_t *chosen);
/* Yes or no, no at first. EXIT_DONE: yes. EXIT_FAILED: no, which is said. EXIT_UNDECIDED: there
 * is nobody to ask, which is said with `flag`, the option that would have been the answer. */
int prompt_confirm(app *a, const char *question, const char *yes, const char *flag);

/* ---- questions.c: was it renamed? ---- */
typedef struct answers {
    vg_kit_decision *data;
    size_t len;
    texts renames, creates; /* of the command line: "old=new", "name" */
    texts from_file;        /* of the decisions file, both kinds: "old=new", "name" */
    bool *used_rename, *used_create;
} answers;
/* What the command line and the decisions file say. */
int answers_read(app *a, answers *said);
vg_kit_decisions answers_given(const answers *said);
/* Answer some of `questions`, which are some: by what was said, else by asking. After EXIT_DONE
 * the kit is to be asked again. */
int answers_find(app *a, answers *said, const vg_kit_questions *questions);
/* When there are no more questions: refuse answers that answered none. */
int answers_check(app *a, const answers *said);

/* ---- show.c ---- */
/* The statements, with what is to be said of them; `losses`: also that they lose data. */
void show_statements(const app *a, const vg_kit_statements *statements, bool sql,
                     bool losses);
json_t *json_statements(const vg_kit_statements *statements);
json_t *json_texts(const vg_kit_texts *list);
/* "1 table", "3 tables" */
const char *counted(app *a, size_t n, const char *noun);

int run_init(app *a);
int run_generate(app *a);
int run_export(app *a);
int run_doctor(app *a);
int run_migrate(app *a);
int run_rollback(app *a);
int run_status(app *a);
int run_push(app *a);
int run_check(app *a);
int run_up(app *a);
int run_drop(app *a);
int run_embed(app *a);
int run_squash(app *a);
int run_rebase(app *a);
int run_pull(app *a);
int run_seed(app *a);
