/* virga seed: fill the tables of a database with believable data. */
#include "program/virga/commands.h"
#include "program/virga/load.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <virga/seed.h>

typedef struct seeding {
    app *app;
    const vg_schema *schema;
    vg_seed_options options;
    vg_seed_entry *plan;
    size_t len, room;
    bool shown; /* a line of progress stands on the terminal */
} seeding;

/* ---- what the options say ---- */

static int number_of(app *a, option_id id, const char *text, uint64_t *out)
{
    char *end = NULL;
    unsigned long long n =
        text && *text >= '0' && *text <= '9' ? strtoull(text, &end, 10) : 0;
    if (!end || *end)
        return app_fail(a, EXIT_USAGE, "--%s %s: not a number", option_table[id].name,
                        text ? text : "");
    *out = n;
    return EXIT_DONE;
}

static const vg_shape *table_named(const vg_schema *schema, const char *name,
                                   size_t len)
{
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->kind != VG_SHAPE_TABLE)
            continue;
        if ((strlen(t->name) == len && strncmp(t->name, name, len) == 0) ||
            (strlen(vg_table_name(t)) == len &&
             strncmp(vg_table_name(t), name, len) == 0))
            return t;
    }
    return NULL;
}

static int find_table(const seeding *s, option_id id, const char *name, size_t len,
                      const vg_shape **out)
{
    *out = table_named(s->schema, name, len);
    if (*out)
        return EXIT_DONE;
    const char **names =
        app_alloc(s->app, (s->schema->table_count + 1) * sizeof *names);
    for (size_t i = 0; i < s->schema->table_count; i++)
        names[i] = s->schema->tables[i]->name;
    const char *word = app_text_len(s->app, name, len);
    const char *near = text_nearest(word, names, s->schema->table_count);
    return app_fail(s->app, EXIT_USAGE, "--%s %s: there is no such table%s%s%s",
                    option_table[id].name, word, near ? "; did you mean " : "",
                    near ? near : "", near ? "?" : "");
}

static void add(seeding *s, vg_seed_entry entry)
{
    s->plan[s->len++] = entry;
}

/* --count 10 and --count users=100 */
static int read_counts(seeding *s)
{
    const texts *counts = setting_list(s->app, OPT_ROWS);
    for (size_t i = 0; i < counts->len; i++) {
        const char *text = counts->data[i], *equals = strchr(text, '=');
        const vg_shape *table = NULL;
        uint64_t n;
        int status =
            equals ? find_table(s, OPT_ROWS, text, (size_t)(equals - text), &table)
                   : EXIT_DONE;
        if (!status)
            status = number_of(s->app, OPT_ROWS, equals ? equals + 1 : text, &n);
        if (status)
            return status;
        if (table)
            add(s, (vg_seed_entry){.kind = VG_SEED_ROWS, .table = table, .count = n});
        else if (n)
            s->options.count = n;
        else
            return app_fail(
                s->app, EXIT_USAGE,
                "--count 0: no rows at all; --count TABLE=0 leaves out one");
    }
    return EXIT_DONE;
}

/* --only and --except: all others are left as they are. */
static int read_choice(seeding *s)
{
    const texts *only = setting_list(s->app, OPT_ONLY),
                *except = setting_list(s->app, OPT_EXCEPT);
    const vg_shape *table;
    bool *wanted = app_alloc(s->app, (s->schema->table_count + 1) * sizeof *wanted);
    for (size_t i = 0; i < s->schema->table_count; i++)
        wanted[i] = !only->len;
    for (size_t pass = 0; pass < 2; pass++) {
        const texts *list = pass ? except : only;
        for (size_t i = 0; i < list->len; i++) {
            int status = find_table(s, pass ? OPT_EXCEPT : OPT_ONLY, list->data[i],
                                    strlen(list->data[i]), &table);
            if (status)
                return status;
            for (size_t t = 0; t < s->schema->table_count; t++)
                if (s->schema->tables[t] == table)
                    wanted[t] = !pass;
        }
    }
    for (size_t i = 0; i < s->schema->table_count; i++)
        if (!wanted[i] && s->schema->tables[i]->kind == VG_SHAPE_TABLE &&
            !s->schema->tables[i]->fts)
            add(s,
                (vg_seed_entry){.kind = VG_SEED_PASSED, .table = s->schema->tables[i]});
    return EXIT_DONE;
}

/* The program's own plan first, VG_SEED_PLAN_OF(schema, ...) in a file of "sources". */
static void read_plan(seeding *s)
{
    const vg_seed_entry *own =
        load_symbol(app_print(s->app, "vg_seed_plan_%s", s->schema->name));
    size_t n = 0;
    while (own && own[n].kind != VG_SEED_END)
        n++;
    size_t most = n + s->schema->table_count + setting_list(s->app, OPT_ROWS)->len;
    s->plan = app_alloc(s->app, (most + 1) * sizeof *s->plan); /* zeroed: it ends */
    for (size_t i = 0; i < n; i++)
        add(s, own[i]);
}

static bool progress(void *ctx, const char *table, uint64_t done, uint64_t total);

static int read_options(seeding *s)
{
    app *a = s->app;
    int status = number_of(a, OPT_SEED, setting_text(a, OPT_SEED), &s->options.seed);
    if (status)
        return status;
    read_plan(s);
    status = read_counts(s);
    if (!status)
        status = read_choice(s);
    s->options.reset = setting_flag(a, OPT_RESET);
    s->options.plan = s->plan;
    if (isatty(STDERR_FILENO) && !a->json) {
        s->options.progress = progress;
        s->options.progress_ctx = s;
    }
    return status;
}

/* ---- what is said ---- */

static bool progress(void *ctx, const char *table, uint64_t done, uint64_t total)
{
    seeding *s = ctx;
    fprintf(stderr, "\r\033[K%s: %llu of %llu rows", table, (unsigned long long)done,
            (unsigned long long)total);
    fflush(stderr);
    s->shown = true;
    return true;
}

static bool is_left(const seeding *s, const vg_shape *table)
{
    for (size_t i = 0; i < s->len; i++)
        if (s->plan[i].kind == VG_SEED_PASSED && s->plan[i].table == table)
            return true;
    return table->kind != VG_SHAPE_TABLE || table->fts;
}

static int count_rows(const seeding *s, const database *d, const vg_shape *table,
                      int64_t *n)
{
    const vg_clause query[] = {vg_select_count(), vg_from(table)};
    return database_said(s->app, d, vg_run_get(d->db, NULL, n, VG_HERE, query, 2));
}

/* --reset deletes what somebody may want to keep. */
static int confirm_reset(const seeding *s, const database *d)
{
    app *a = s->app;
    int64_t sum = 0;
    if (!s->options.reset || setting_flag(a, OPT_FORCE))
        return EXIT_DONE;
    for (size_t i = 0; i < s->schema->table_count; i++) {
        int64_t n = 0;
        if (is_left(s, s->schema->tables[i]))
            continue;
        int status = count_rows(s, d, s->schema->tables[i], &n);
        if (status)
            return status;
        sum += n;
    }
    if (!sum)
        return EXIT_DONE;
    return prompt_confirm(
        a, app_print(a, "--reset deletes the rows of %s. Go on?", d->shown),
        app_print(a, "Yes, delete %s", counted(a, (size_t)sum, "row")), "--force");
}

static int show(const seeding *s, const database *d)
{
    app *a = s->app;
    json_t *tables = json_array();
    size_t sum = 0, seeded = 0;
    for (size_t i = 0; i < s->schema->table_count; i++) {
        const vg_shape *t = s->schema->tables[i];
        int64_t n = 0;
        if (is_left(s, t))
            continue;
        int status = count_rows(s, d, t, &n);
        if (status) {
            json_decref(tables);
            return status;
        }
        say(a, "  %s: %s\n", vg_table_name(t), counted(a, (size_t)n, "row"));
        json_array_append_new(tables, json_pack("{s:s,s:I}", "table", vg_table_name(t),
                                                "rows", (json_int_t)n));
        sum += (size_t)n;
        seeded++;
    }
    answer_set(a, "tables", tables);
    answer_set(a, "seed", json_integer((json_int_t)s->options.seed));
    say(a, "%s\xe2\x9c\x93%s %s seeded by the number %llu: %s in %s\n",
        paint(stdout, STYLE_GREEN), paint(stdout, STYLE_NONE), d->shown,
        (unsigned long long)s->options.seed, counted(a, sum, "row"),
        counted(a, seeded, "table"));
    return EXIT_DONE;
}

static int seed(seeding *s, const database *d)
{
    int status = confirm_reset(s, d);
    if (status)
        return status;
    int code = vg_seed(d->db, s->schema, &s->options);
    if (s->shown)
        fputs("\r\033[K", stderr);
    if (code == VG_SCHEMA && !strstr(vg_errmsg(d->db), "Hint:"))
        return app_fail(s->app, EXIT_FAILED, "%s; virga push or virga migrate makes it",
                        said_plainly(s->app, vg_errmsg(d->db)));
    status = database_said(s->app, d, code);
    return status ? status : show(s, d);
}

int run_seed(app *a)
{
    seeding s = {.app = a};
    database d = {0};
    int status = kit_open(a);
    if (!status)
        status = load_schema(a, &s.schema);
    if (!status)
        status = read_options(&s);
    if (!status)
        status = database_open(a, &d, false);
    if (!status && !d.there)
        status = app_fail(a, EXIT_FAILED,
                          "%s does not exist; virga push or virga migrate makes it",
                          d.shown);
    if (!status)
        status = seed(&s, &d);
    vg_close(d.db);
    return status;
}
