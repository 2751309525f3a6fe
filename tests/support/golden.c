/* Reading and comparing golden SQL. */
#include "golden.h"
#include <stdio.h>
#include <stdlib.h>

enum { MAX_ROWS = 200, FIELDS = 6 };

struct golden {
    const char *name;
    char *text;
    golden_row rows[MAX_ROWS];
    size_t count;
};

static void take_line(golden *g, char *line)
{
    char *fields[FIELDS] = {NULL};
    size_t n = 0;
    for (char *at = line; at; n++) {
        char *tab = strchr(at, '\t');
        if (tab)
            *tab++ = '\0';
        assert_true(n < FIELDS);
        fields[n] = at;
        at = tab;
    }
    if (n != 3 && n != FIELDS)
        fail_msg("\"%s\" has %zu fields, not 3 or 6", fields[0], n);
    assert_true(g->count < MAX_ROWS);
    g->rows[g->count++] =
        (golden_row){fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]};
}

int golden_open(void **state, const char *name)
{
    golden *g = calloc(1, sizeof *g);
    *state = g;
    char path[1024];
    const char *source = getenv("VIRGA_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/tests/golden/%s", source ? source : ".", name);
    if (g)
        g->name = name;
    FILE *file = fopen(path, "r");
    if (!g || !file) {
        print_error("cannot read %s (VIRGA_SOURCE_DIR is the source tree)\n", path);
        return -1;
    }
    enum { ROOM = 1 << 18 };
    g->text = malloc(ROOM);
    size_t len = g->text ? fread(g->text, 1, ROOM - 1, file) : 0;
    fclose(file);
    if (!len || len == ROOM - 1)
        return -1;
    g->text[len] = '\0';
    bool title = false;
    for (char *line = g->text, *next; *line; line = next) {
        char *end = strchr(line, '\n');
        next = end ? end + 1 : line + strlen(line);
        if (end)
            *end = '\0';
        if (*line == '#')
            continue;
        if (title)
            take_line(g, line);
        title = true;
    }
    return 0;
}

int golden_close(void **state)
{
    golden *g = *state;
    free(g->text);
    free(g);
    return 0;
}

static const golden_row *find_row(const golden *g, const char *name)
{
    for (size_t i = 0; i < g->count; i++)
        if (strcmp(g->rows[i].name, name) == 0)
            return &g->rows[i];
    return NULL;
}

void golden_check_cases(const golden *g, const golden_case *cases, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        if (!find_row(g, cases[i].name)) {
            print_error("no row in %s: %s\n", g->name, cases[i].name);
            wrong++;
        }
    }
    for (size_t i = 0; i < g->count; i++) {
        size_t found = 0;
        for (size_t j = 0; j < count; j++)
            found += strcmp(cases[j].name, g->rows[i].name) == 0;
        if (found != 1 || find_row(g, g->rows[i].name) != &g->rows[i]) {
            print_error("%zu cases for row \"%s\", or the row stands twice\n", found,
                        g->rows[i].name);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(g->count, count);
}

void golden_check_deviations(const golden *g)
{
    size_t deviations = 0;
    for (size_t i = 0; i < g->count; i++) {
        const golden_row *row = &g->rows[i];
        if (!row->virga_sql)
            continue;
        deviations++;
        assert_true(strlen(row->why) > 10);
        assert_true(strcmp(row->sql, row->virga_sql) != 0 ||
                    strcmp(row->params, row->virga_params) != 0);
    }
    assert_true(deviations > 0);
}

static bool is_right(const golden_row *row, const vg_rendered *got)
{
    char params[512];
    const char *sql = row->virga_sql ? row->virga_sql : row->sql;
    const char *expected = row->virga_sql ? row->virga_params : row->params;
    params_json(got->params, got->param_count, params, sizeof params);
    if (strcmp(got->text, sql) == 0 && strcmp(params, expected) == 0)
        return true;
    print_error("%s\n  got:      %s %s\n  expected: %s %s\n", row->name, got->text,
                params, sql, expected);
    return false;
}

void golden_check_text(const golden *g, const golden_case *cases, size_t count)
{
    size_t wrong = 0, checked = 0;
    for (size_t i = 0; i < count; i++) {
        const golden_row *row = find_row(g, cases[i].name);
        vg_arena arena = {0};
        vg_rendered got;
        if (!row)
            continue; /* file_and_cases_agree says so */
        checked++;
        if (cases[i].render(&arena, &got) == VG_OK) {
            wrong += !is_right(row, &got);
        } else {
            print_error("%s: %s\n", cases[i].name, got.error);
            wrong++;
        }
        vg_arena_free(&arena);
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(checked, count);
}
