/* From JSON files to tables.
 *
 * Every list becomes an array of insert structs for one INSERT_INTO(t, VALUES(...)).
 * The strings stay jansson's: an insert only borrows them. All five lists go into one
 * transaction, so that a database is either complete or empty, and because a commit
 * per row would take minutes.
 *
 * SPDX-License-Identifier: MIT */
#include "world.h"

#include <stdio.h>
#include <string.h>

typedef int load_fn(vg_db *db, vg_arena *arena, const json_t *list);

static const char *text(const json_t *entry, const char *key)
{
    return json_string_value(json_object_get(entry, key)); /* NULL when it has none */
}

/* A code that the program looks into: never NULL; the database refuses an empty one. */
static const char *code_of(const json_t *entry, const char *key)
{
    const char *code = text(entry, key);
    return code ? code : "";
}

static int load_countries(vg_db *db, vg_arena *arena, const json_t *list)
{
    size_t n = json_array_size(list);
    struct countries_new *rows = vg_arena_alloc(arena, n * sizeof *rows);
    if (!rows)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const json_t *e = json_array_get(list, i);
        const char *common_name = text(e, "common_name");
        rows[i] = (struct countries_new){
            .code = text(e, "alpha_2"),
            .alpha_3 = text(e, "alpha_3"),
            .number = text(e, "numeric"),
            .name = common_name ? common_name : text(e, "name"),
            .official_name = text(e, "official_name"),
            .flag = text(e, "flag"),
        };
    }
    return vg_exec(db, INSERT_INTO(countries, VALUES(rows, n)));
}

/* The code of the subdivision that `entry` belongs to: the file says "SCT" or "GB-SCT".
 * NULL for one that belongs to the country itself. */
static const char *parent_of(vg_arena *arena, const json_t *entry)
{
    const char *parent = text(entry, "parent");
    if (!parent || strchr(parent, '-'))
        return parent;
    char code[16];
    int len = snprintf(code, sizeof code, "%.2s-%s", code_of(entry, "code"), parent);
    return vg_arena_text(arena, code, (size_t)len);
}

/* Parents before children, so that the foreign key holds at every row: each round takes
 * those whose parent is in already, and the file has two or three generations. */
static int load_subdivisions(vg_db *db, vg_arena *arena, const json_t *list)
{
    size_t left = json_array_size(list), taken = 0, n = left;
    struct subdivisions_new *rows = vg_arena_alloc(arena, n * sizeof *rows);
    struct subdivisions_new *round = vg_arena_alloc(arena, n * sizeof *round);
    json_t *known = json_object();
    int rc = rows && round && known ? VG_OK : VG_NO_MEMORY;

    for (size_t i = 0; rc == VG_OK && i < n; i++) {
        const json_t *e = json_array_get(list, i);
        const char *code = code_of(e, "code");
        rows[i] = (struct subdivisions_new){
            .code = code,
            .country_code = vg_arena_text(arena, code, strnlen(code, 2)),
            .parent_code = parent_of(arena, e),
            .name = text(e, "name"),
            .kind = text(e, "type"),
        };
    }
    do {
        size_t waiting = 0;
        taken = 0;
        for (size_t i = 0; rc == VG_OK && i < left; i++) {
            const char *parent = rows[i].parent_code;
            if (!parent || json_object_get(known, parent))
                round[taken++] = rows[i];
            else
                rows[waiting++] = rows[i];
        }
        for (size_t i = 0; i < taken; i++)
            json_object_set_new(known, round[i].code, json_true());
        if (rc == VG_OK)
            rc = vg_exec(db, INSERT_INTO(subdivisions, VALUES(round, taken)));
        left = waiting;
    } while (rc == VG_OK && left && taken);

    json_decref(known);
    if (rc == VG_OK && left) /* a parent that is not in the list: let the key say so */
        rc = vg_exec(db, INSERT_INTO(subdivisions, VALUES(rows, left)));
    return rc;
}

static int load_languages(vg_db *db, vg_arena *arena, const json_t *list)
{
    size_t n = json_array_size(list);
    struct languages_new *rows = vg_arena_alloc(arena, n * sizeof *rows);
    if (!rows)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const json_t *e = json_array_get(list, i);
        rows[i] = (struct languages_new){
            .code = text(e, "alpha_3"),
            .alpha_2 = text(e, "alpha_2"),
            .name = text(e, "name"),
            .inverted_name = text(e, "inverted_name"),
            .scope = text(e, "scope"),
            .kind = text(e, "type"),
        };
    }
    return vg_exec(db, INSERT_INTO(languages, VALUES(rows, n)));
}

/* A national currency begins with its country's code: CHF is the Swiss franc. Those of
 * several countries, of none, and metals have no country. */
static int load_currencies(vg_db *db, vg_arena *arena, const json_t *list)
{
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < json_array_size(list); i++) {
        const json_t *e = json_array_get(list, i);
        const char *code = code_of(e, "alpha_3");
        vg_str country = {code, strnlen(code, 2)};
        bool national = false;
        rc = vg_exists(db, &national, FROM(countries),
                       WHERE(EQ(countries.code, country)));
        if (rc == VG_OK)
            rc = vg_exec(db, INSERT_INTO(currencies, SET(code, code),
                                         SET(number, text(e, "numeric")),
                                         SET(name, text(e, "name")),
                                         SET_IF(national, country_code, country)));
    }
    (void)arena;
    return rc;
}

static int load_scripts(vg_db *db, vg_arena *arena, const json_t *list)
{
    size_t n = json_array_size(list);
    struct scripts_new *rows = vg_arena_alloc(arena, n * sizeof *rows);
    if (!rows)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const json_t *e = json_array_get(list, i);
        rows[i] = (struct scripts_new){
            .code = text(e, "alpha_4"),
            .number = text(e, "numeric"),
            .name = text(e, "name"),
        };
    }
    return vg_exec(db, INSERT_INTO(scripts, VALUES(rows, n)));
}

/* In the order in which they refer to each other. The standard's number also names the
 * one list in its file. */
static const struct {
    const char *standard;
    const char *what;
    load_fn *load;
} files[SOURCE_COUNT] = {
    // clang-format off
    {"3166-1", "countries",    load_countries},
    {"3166-2", "subdivisions", load_subdivisions},
    {"639-3",  "languages",    load_languages},
    {"4217",   "currencies",   load_currencies},
    {"15924",  "scripts",      load_scripts},
    // clang-format on
};

bool sources_read(sources *s, const char *folder)
{
    *s = (sources){0};
    for (size_t i = 0; i < SOURCE_COUNT; i++) {
        char path[512];
        json_error_t error;
        snprintf(path, sizeof path, "%s/iso_%s.json", folder, files[i].standard);
        json_t *root = json_load_file(path, 0, &error);
        json_t *list = json_object_get(root, files[i].standard);
        s->lists[i] = json_incref(list);
        json_decref(root);
        if (!json_is_array(list)) {
            fprintf(stderr,
                    "world: cannot read the %s from %s\n"
                    "       %s\n"
                    "The file comes with the package iso-codes:  sudo apt install "
                    "iso-codes\n",
                    files[i].what, path, root ? "it holds no such list" : error.text);
            sources_free(s);
            return false;
        }
    }
    return true;
}

void sources_free(sources *s)
{
    for (size_t i = 0; i < SOURCE_COUNT; i++)
        json_decref(s->lists[i]);
    *s = (sources){0};
}

int load(vg_db *db, const sources *s)
{
    vg_arena arena = {0};
    int rc = VG_OK;
    VG_TRANSACTION(db, tx) {
        rc = VG_OK;
        for (size_t i = 0; rc == VG_OK && i < SOURCE_COUNT; i++) {
            int64_t n = (int64_t)json_array_size(s->lists[i]);
            printf("  %-14s", files[i].what);
            fflush(stdout);
            vg_timestamp start = vg_now();
            rc = files[i].load(db, &arena, s->lists[i]);
            if (rc == VG_OK)
                rc = vg_exec(db, INSERT_INTO(imports, SET(source, files[i].standard),
                                             SET(row_count, n)));
            if (rc == VG_OK)
                printf("%6lld rows %6.1f ms\n", (long long)n,
                       (double)(vg_now().us - start.us) / 1000);
            else
                puts("failed");
            fflush(stdout);
            vg_arena_reset(&arena);
        }
        if (rc != VG_OK)
            vg_rollback(tx);
    }
    vg_arena_free(&arena);
    return rc != VG_OK ? rc : vg_result(db);
}
