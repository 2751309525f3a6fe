/* The outside program, with JSON: reads a row, writes it, and tells what it looks like.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

#include <stdio.h>
#include <string.h>
#include <virga/json_schema.h>

RULE(authors, name, MIN_LENGTH(2))

int main(void)
{
    static const char good[] = "{\"id\":1,\"name\":\"Ada\"}",
                      bad[] = "{\"name\":\"A\"}";
    vg_arena arena = {0};
    vg_json_reader r = {.arena = &arena};
    struct authors row;
    struct authors_new new_row;
    const char *json = "", *schema = "";
    int rc = vg_row_from_json(&r, authors, good, sizeof good - 1, &row);
    if (rc == VG_OK)
        rc = vg_row_json(&arena, authors, &row, &json);
    if (rc == VG_OK)
        rc = vg_insert_json(&arena, authors, &schema);
    bool refused = vg_from_json(&r, authors, bad, sizeof bad - 1, &new_row) == VG_VALUE;
    bool fine = rc == VG_OK && refused && strcmp(json, good) == 0 &&
                strstr(schema, "\"minLength\":2");
    puts(fine ? "OK" : "wrong");
    vg_arena_free(&arena);
    return !fine;
}
