/* virga-verify: checks the registered queries of a shared library against its schema.
 *
 *     virga-verify ./libapp.so blog
 *
 * It loads the library, finds the schema by its name and the copy of Virga that the library
 * itself uses, and prints what vg_verify_main finds. An executable cannot be loaded like
 * that: there `int main(void) { return vg_verify_main(&blog); }` does the same. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <virga/verify.h>

typedef int (*verify_fn)(const vg_schema *schema);

static int fail(const char *what, const char *name)
{
    const char *why = dlerror();
    fprintf(stderr, "virga-verify: %s %s%s%s\n", what, name, why ? ": " : "",
            why ? why : "");
    return 2;
}

int main(int argc, char **argv)
{
    char path[4096], symbol[300];
    if (argc != 3) {
        fputs("usage: virga-verify LIBRARY SCHEMA\n"
              "Checks each QUERY of the shared library against SCHEMA(...) in it.\n"
              "Status 0: nothing found; 1: findings; 2: it could not look.\n",
              stderr);
        return 2;
    }
    /* Without a slash it would be looked for among the system's libraries. */
    snprintf(path, sizeof path, "%s%s", strchr(argv[1], '/') ? "" : "./", argv[1]);
    snprintf(symbol, sizeof symbol, "vg_schema_%s", argv[2]);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return fail("cannot load", path);
    const vg_schema *schema = dlsym(library, symbol);
    if (!schema)
        return fail("no exported SCHEMA", argv[2]);
    void *found = dlsym(library, "vg_verify_main");
    if (!found)
        return fail("the library does not use the shared libvirga:", path);
    verify_fn verify; /* C converts no object pointer to one of a function */
    memcpy(&verify, &found, sizeof verify);
    return verify(schema);
}
