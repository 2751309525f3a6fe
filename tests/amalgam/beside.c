/* A program with the libraries beside the library, each of them two files. */
#include "virga_json.h"
#include "virga_seed.h"
#include <stdio.h>
#include <string.h>

TABLE(people, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT, NOT_NULL, UNIQUE))
SCHEMA(club, people)
RULE(people, email, EMAIL)

int main(void)
{
    static const char bad[] = "{\"email\": \"nobody\"}";
    vg_db *db = NULL;
    vg_arena arena = {0};
    people_list list;
    const char *json = "", *fault = "";
    struct people_new person;
    vg_json_reader reader = {.arena = &arena};
    int rc = vg_open(&db, ":memory:", NULL);
    if (rc == VG_OK)
        rc = vg_create(db, &club);
    if (rc == VG_OK)
        rc = vg_seed(db, &club, &(vg_seed_options){.count = 3});
    if (rc == VG_OK)
        rc = vg_all(db, &arena, &list, SELECT(people));
    if (rc == VG_OK)
        rc = vg_list_json(&arena, people, &list, &json);
    if (vg_from_json(&reader, people, bad, sizeof bad - 1, &person) == VG_VALUE)
        fault = reader.faults[0].message;
    bool good = rc == VG_OK && strstr(json, "{\"id\":3,\"email\":\"") &&
                strcmp(fault, "must be an email address") == 0;
    printf("%s\n", good ? "OK" : db ? vg_errmsg(db) : "no database");
    vg_arena_free(&arena);
    vg_close(db);
    return !good;
}
