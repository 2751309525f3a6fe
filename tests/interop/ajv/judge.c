/* Virga's side of the comparison.
 *
 *     judge schemas      a line for each shape and use: its name, a tab, its JSON Schema
 *     judge documents    reads lines of a name, a tab and a document; writes "ok", or the faults
 *                        with their pointers and codes
 *
 * SPDX-License-Identifier: MIT */
#include "people.h"
#include <stdio.h>
#include <stdlib.h>
#include <virga/json_schema.h>

static const struct target {
    const char *name;
    const vg_shape *shape;
    vg_json_use use;
} targets[] = {
    {"people_insert", &people.vg_shape, VG_JSON_INSERT_USE},
    {"people_update", &people.vg_shape, VG_JSON_UPDATE_USE},
    {"people_select", &people.vg_shape, VG_JSON_SELECT_USE},
    {"places_insert", &places.vg_shape, VG_JSON_INSERT_USE},
    {"places_select", &places.vg_shape, VG_JSON_SELECT_USE},
    {"things_insert", &things.vg_shape, VG_JSON_INSERT_USE},
    {"things_update", &things.vg_shape, VG_JSON_UPDATE_USE},
    {"things_select", &things.vg_shape, VG_JSON_SELECT_USE},
    {"card_select", &card.vg_shape, VG_JSON_SELECT_USE},
};
enum { COUNT = sizeof targets / sizeof *targets };

static int print_schemas(void)
{
    vg_arena arena = {0};
    for (int i = 0; i < COUNT; i++) {
        const char *json;
        if (vg_shape_schema_json(&arena, targets[i].shape, targets[i].use, NULL, &json))
            return 1;
        printf("%s\t%s\n", targets[i].name, json);
    }
    vg_arena_free(&arena);
    return 0;
}

static void judge(const struct target *t, const char *json, size_t len)
{
    static char row[4096];
    vg_arena arena = {0};
    vg_json_reader r = {.arena = &arena};
    int rc = vg_shape_from_json(&r, t->shape, t->use, json, len, row);
    if (rc == VG_OK)
        printf("ok");
    else if (rc != VG_VALUE)
        printf("%s", vg_code_name(rc));
    for (size_t i = 0; i < r.fault_count; i++)
        printf("%s%s %s", i ? "; " : "", r.faults[i].pointer,
               vg_json_fault_name(r.faults[i].code));
    printf("\n");
    vg_arena_free(&arena);
}

static int judge_documents(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    while ((len = getline(&line, &room, stdin)) > 0) {
        size_t name = strcspn(line, "\t");
        int i = 0;
        len -= line[len - 1] == '\n';
        while (i < COUNT &&
               (strncmp(line, targets[i].name, name) != 0 || targets[i].name[name]))
            i++;
        if (i == COUNT || !line[name])
            return 1;
        judge(&targets[i], line + name + 1, (size_t)len - name - 1);
    }
    free(line);
    return 0;
}

int main(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";
    return strcmp(verb, "schemas") == 0 ? print_schemas() : judge_documents();
}
