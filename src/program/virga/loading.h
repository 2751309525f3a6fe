/* A schema that is being loaded; shared by the files that do it: compile.c makes the shared object,
 * loaded.c looks what is in it, load.c has one or finds one in the cache. */
#pragma once
#include "program/virga/load.h"

typedef struct loading {
    app *app;
    texts compiler;
    const char *folder, *source, *object, *library; /* paths of files */
    texts undefined;                                /* symbols that are nobody's */
    texts schemas, objects; /* names, in the order of declaration */
    void *handle;
} loading;

/* The compiler with all flags, but without files. */
texts loading_command(const loading *l);
/* Compile the headers in l->folder and open what comes of it. An exit status. */
int loading_compile(loading *l, const texts *headers, const texts *sources);

/* Find the names of the schemas and objects in l->library. An exit status. */
int loading_names(loading *l);
/* It must be compiled with the headers that belong to this command. An exit status. */
int loading_check(loading *l);
/* What the configuration wants of it. An exit status. */
int loading_pick(loading *l, const vg_schema **schema);
