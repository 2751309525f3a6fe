/* Lists the registered queries, runs them, loads a library if one is named, lists again,
 * closes it, lists again; verifies what there is. */
#include "schema.h"
#include <dlfcn.h>
#include <stdio.h>

// clang-format off
QUERY(thing_in_main, EXEC, PARAMS(INTEGER(id), TEXT(name)),
      INSERT_INTO(things, SET(id, id), SET(name, name)))
// clang-format on

static int print_one(void *ctx, const vg_registration *entry)
{
    (void)ctx;
    if (entry->query)
        printf(" %s", entry->query->name);
    return 0;
}

static void list(void)
{
    vg_registry_each(print_one, NULL);
    puts("");
}

static int load(vg_db *db, const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    int (*use)(vg_db *);
    void *symbol = library ? dlsym(library, "use_plugin") : NULL;
    if (!symbol)
        return -1;
    list();
    memcpy(&use, &symbol, sizeof use);
    int count = use(db);
    return dlclose(library) ? -1 : count;
}

int main(int argc, char **argv)
{
    vg_db *db;
    vg_arena arena = {0};
    vg_findings report = {0};
    struct things *one;
    list();
    int rc = vg_open(&db, ":memory:", NULL);
    if (rc == VG_OK)
        rc = vg_create(db, &store);
    if (rc == VG_OK)
        rc = thing_in_main(db, 1, "first");
    if (rc == VG_OK)
        rc = thing_in_main(db, 2, "second");
    if (rc == VG_OK)
        rc = thing_in_header(db, &arena, &one, 2);
    if (rc == VG_OK && use_part(db) != 2)
        rc = -1;
#ifdef WITH_PLUGIN
    if (rc == VG_OK && use_plugin(db) != 2)
        rc = -2;
#endif
    if (rc == VG_OK && argc > 1) {
        rc = load(db, argv[1]) == 2 ? VG_OK : -3;
        list();
    }
    if (rc == VG_OK)
        rc = vg_verify(db, &store, &arena, &report);
    if (rc == VG_INVALID)
        fputs(vg_findings_text(&report, &arena), stdout);
    if (rc != VG_OK)
        printf("%d: %s\n", rc, db ? vg_errmsg(db) : "");
    vg_arena_free(&arena);
    vg_close(db);
    return rc != VG_OK;
}
