/* The configuration's database, and the folder's migrations. */
#include "program/virga/commands.h"
#include <string.h>
#include <unistd.h>

const char *database_file(app *a, const char *url)
{
    static const char *const schemes[] = {"sqlite:", "file:", "//"};
    for (size_t i = 0; i < 3; i++) {
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
            url += strlen(schemes[i]);
    }
    return app_text_len(a, url, strcspn(url, "?"));
}

/* Why there can be no such file, which SQLite does not tell; NULL: it is something else. */
static const char *no_place(app *a, const char *url, const char *shown)
{
    const char *file = database_file(a, url), *slash = strrchr(file, '/');
    if (strstr(file, "://"))
        return app_print(a,
                         "%s is no database that this version of virga knows: app.db, "
                         "file:app.db, postgres://user@host/name",
                         shown);
    if (!slash || slash == file)
        return NULL;
    const char *folder = app_text_len(a, file, (size_t)(slash - file));
    return access(folder, F_OK) == 0
               ? NULL
               : app_print(a,
                           "there is no folder %s for the database %s: make it first",
                           folder, shown);
}

/* The migrations are of one dialect, and the database of another. */
static int check_dialect(app *a, bool server, const char *shown)
{
    const char *dialect = setting_text(a, OPT_DIALECT);
    if (server == (strcmp(dialect, "postgresql") == 0))
        return EXIT_DONE;
    if (!server && strstr(shown, "://") && strncmp(shown, "file:", 5) != 0 &&
        strncmp(shown, "sqlite:", 7) != 0)
        return app_fail(a, EXIT_USAGE,
                        "%s is no URL of a database; one begins with "
                        "postgres://, sqlite: or file:",
                        shown);
    return app_fail(a, EXIT_USAGE,
                    "the dialect is %s, and %s is %s: \"dialect\" in virga.json, or "
                    "--dialect, says which one it is",
                    dialect, shown,
                    server ? "a server of PostgreSQL" : "a file of SQLite");
}

int database_open(app *a, database *d, bool make)
{
    int status;
    *d = (database){0};
    const char *url = setting_url(a, &status);
    if (!url)
        return status;
    d->shown = url_hidden(a, url);
    bool server = url_is_server(url);
    d->there = server || access(database_file(a, url), F_OK) == 0;
    answer_text(a, "database", d->shown);
    status = check_dialect(a, server, d->shown);
    if (status)
        return status;
    /* The journal stays as it is: that is the program's choice. */
    bool fills = a->command == &command_table[CMD_SEED]; /* indexes stay in memory */
    vg_options how = {.journal = VG_JOURNAL_KEEP,
                      .synchronous = VG_SYNC_FULL,
                      .cache_kib = fills ? 200000 : 0};
    int code = vg_open(&d->db, make || d->there ? url : ":memory:", &how);
    const char *why = code && !d->there ? no_place(a, url, d->shown) : NULL;
    if (why)
        return app_fail(a, EXIT_FAILED, "%s", why);
    return database_said(a, d, code);
}

const char *said_plainly(app *a, const char *message)
{
    size_t name = strspn(message, "abcdefghijklmnopqrstuvwxyz_");
    if (strncmp(message, "vg_", 3) == 0 && strncmp(message + name, ": ", 2) == 0)
        message += name + 2;
    static const struct {
        const char *what, *then;
    } more[] = {
        {"is locked", "another program is writing to it; try again when it is done"},
        {"applied out of order", "virga migrate --out-of-order"},
        {"is not reachable", "is the server running, and the address right?"},
        {"password authentication failed",
         "the password comes from the URL, dbCredentials.password, PGPASSWORD or "
         "~/.pgpass"},
    };
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (strstr(message, more[i].what))
            return app_print(a, "%s: %s", message, more[i].then);
    return message;
}

int database_said(app *a, const database *d, int code)
{
    if (!code)
        return EXIT_DONE;
    answer_text(a, "code", vg_code_name(code));
    return app_fail(a, EXIT_FAILED, "%s",
                    d->db ? said_plainly(a, vg_errmsg(d->db))
                          : vg_code_text(VG_NO_MEMORY));
}

int folder_is_there(app *a)
{
    const char *out = setting_text(a, OPT_OUT);
    return access(out, F_OK) == 0
               ? EXIT_DONE
               : app_fail(a, EXIT_FAILED,
                          "there is no folder %s: virga generate makes it with the "
                          "first migration; \"out\" or --out names another",
                          out);
}

int migrations_load(app *a, vg_migrations *all)
{
    int status = a->kit ? EXIT_DONE : kit_open(a);
    return status ? status : kit_said(a, vg_kit_load(a->kit, all));
}

/* What stands behind "0003_" or "20261121101112_". */
static const char *after_number(const char *tag)
{
    size_t digits = strspn(tag, "0123456789");
    return tag[digits] == '_' ? tag + digits + 1 : tag;
}

static bool is_number(const char *tag, const char *text)
{
    size_t digits = strspn(tag, "0123456789"), n = strlen(text);
    while (digits > 1 && *tag == '0') {
        tag++;
        digits--;
    }
    while (n > 1 && *text == '0') {
        text++;
        n--;
    }
    return digits && digits == n && strncmp(tag, text, n) == 0;
}

const char *migration_named(app *a, const vg_migrations *all, const char *text,
                            option_id flag_id, int *status)
{
    const char *tags[256] = {NULL}, *found = NULL;
    size_t count = 0, fit = 0;
    *status = EXIT_DONE;
    for (size_t i = 0; i < all->len; i++) {
        const char *tag = all->data[i].tag;
        if (strcmp(tag, text) == 0)
            return tag;
        if (is_number(tag, text) || strcmp(after_number(tag), text) == 0) {
            found = tag;
            fit++;
        }
        if (count + 2 <= 256) {
            tags[count++] = tag;
            tags[count++] = after_number(tag);
        }
    }
    if (fit == 1)
        return found;
    const char *near = text_nearest(text, tags, count),
               *flag = option_table[flag_id].name;
    if (fit)
        *status = app_fail(a, EXIT_USAGE,
                           "--%s %s: %zu migrations are called that; give the "
                           "whole tag, such as %s",
                           flag, text, fit, found);
    else
        *status =
            app_fail(a, EXIT_USAGE, "--%s %s: there is no such migration in %s%s%s%s",
                     flag, text, setting_text(a, OPT_OUT),
                     near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return NULL;
}
