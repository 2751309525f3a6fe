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

int database_open(app *a, database *d, bool make)
{
    int status;
    *d = (database){0};
    const char *url = setting_url(a, &status);
    if (!url)
        return status;
    d->shown = url_hidden(a, url);
    d->there = access(database_file(a, url), F_OK) == 0;
    answer_text(a, "database", d->shown);
    /* The journal stays as it is: that is the program's choice. */
    vg_options how = {.journal = VG_JOURNAL_KEEP, .synchronous = VG_SYNC_FULL};
    return database_said(a, d,
                         vg_open(&d->db, make || d->there ? url : ":memory:", &how));
}

int database_said(app *a, const database *d, int code)
{
    if (!code)
        return EXIT_DONE;
    answer_text(a, "code", vg_code_name(code));
    return app_fail(a, EXIT_FAILED, "%s",
                    d->db ? vg_errmsg(d->db) : vg_code_text(VG_NO_MEMORY));
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
