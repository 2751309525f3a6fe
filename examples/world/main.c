/* world: loads what ISO says about countries, subdivisions, languages, currencies and
 * scripts into a database, SQLite's or PostgreSQL's, and shows some typed queries over it.
 *
 *     world [database [folder]]
 *
 * An older database of this program is replaced; any other one is left alone.
 *
 * SPDX-License-Identifier: MIT */
#include "table.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: world [database [folder]]\n"
    "\n"
    "Builds a database of countries, subdivisions, languages, currencies and scripts,\n"
    "then runs queries over it and shows the SQL and the rows.\n"
    "\n"
    "  database   the file to write; an older one is replaced (default: world.db);\n"
    "             or a URL: postgres://user:password@host/database\n"
    "  folder     where the JSON files of iso-codes are\n"
    "             (default: /usr/share/iso-codes/json)\n";

static int complain(const vg_db *db, const char *doing)
{
    const vg_error *e = vg_errinfo(db);
    fprintf(stderr, "world: %s: %s (%s)\n", doing, e->message, vg_code_name(e->code));
    if (*e->sql)
        fprintf(stderr, "       %s\n", e->sql);
    return 1;
}

/* Whether the file is a database that this program wrote. */
static bool is_ours(const char *path)
{
    vg_db *db;
    bool any = false;
    int rc = vg_open(&db, path, &(vg_options){.read_only = true});
    if (rc == VG_OK)
        rc = vg_exists(db, &any, FROM(imports), WHERE(EQ(imports.source, "3166-1")));
    vg_close(db);
    return rc == VG_OK; /* even if its loading failed */
}

static bool is_url(const char *path)
{
    return strstr(path, "://") != NULL;
}

/* Make room for a new database; what a server has is emptied later, in its tables. */
static bool clear_away(const char *path)
{
    if (is_url(path) || access(path, F_OK) != 0)
        return true;
    if (!is_ours(path)) {
        fprintf(stderr, "world: %s is there and is not a world database; not touched\n",
                path);
        return false;
    }
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s%s", path, endings[i]);
        if (unlink(file) != 0 && i == 0) {
            perror(path);
            return false;
        }
    }
    return true;
}

/* Tables that this program has filled before are emptied; another's are not touched. */
static int empty(vg_db *db)
{
    bool any = false;
    if (vg_exists(db, &any, FROM(countries)))
        return VG_OK; /* there is no such table */
    int rc = vg_exists(db, &any, FROM(imports));
    if (rc == VG_OK)
        rc = vg_exec(db, DELETE_FROM(visits), ALL_ROWS);
    if (rc == VG_OK)
        rc = vg_exec(db, DELETE_FROM(currencies), ALL_ROWS);
    if (rc == VG_OK)
        rc = vg_exec(db, DELETE_FROM(languages), ALL_ROWS);
    if (rc == VG_OK)
        rc = vg_exec(db, DELETE_FROM(scripts), ALL_ROWS);
    if (rc == VG_OK)
        rc = vg_exec(db, DELETE_FROM(countries), ALL_ROWS); /* and the subdivisions */
    return rc == VG_OK ? vg_exec(db, DELETE_FROM(imports), ALL_ROWS) : rc;
}

static int build(vg_db *db, const sources *s)
{
    if (empty(db))
        return complain(db, "emptying an older database");
    if (vg_create(db, &world))
        return complain(db, "creating the tables");
    if (load(db, s))
        return complain(db, "loading");
    return 0;
}

static int run(const char *path, const sources *s)
{
    struct show show = {0};
    vg_options options = {.log = show_statement, .log_ctx = &show};
    vg_db *db;
    int failed;

    if (vg_open(&db, path, &options) != VG_OK) {
        failed = complain(db, path);
    } else {
        printf("Loading into %s\n", path);
        failed = build(db, s);
        if (!failed) {
            show.on = true;
            failed = tour(db) == VG_OK ? 0 : complain(db, "the tour");
        }
        vg_stats stats = vg_statistics(db);
        printf("\n%" PRIu64 " statements were prepared, %" PRIu64
               " times one was reused.\n",
               stats.misses, stats.hits);
    }
    vg_close(db);
    return failed;
}

int main(int argc, char **argv)
{
    if (argc > 3 || (argc > 1 && argv[1][0] == '-')) {
        bool asked =
            argc == 2 && (!strcmp(argv[1], "-h") || !strcmp(argv[1], "--help"));
        fputs(usage, asked ? stdout : stderr);
        return asked ? 0 : 2;
    }
    const char *path = argc > 1 ? argv[1] : "world.db";
    const char *folder = argc > 2 ? argv[2] : "/usr/share/iso-codes/json";
    sources s;

    table_setup();
    if (!sources_read(&s, folder))
        return 1;
    int failed = clear_away(path) ? run(path, &s) : 1;
    sources_free(&s);
    const char *shell = is_url(path) ? "psql" : "sqlite3",
               *c = is_url(path) ? "-c " : "";
    if (!failed)
        printf("%s is yours now:  %s %s %s'select name from countries limit 5'\n", path,
               shell, path, c);
    return failed;
}
