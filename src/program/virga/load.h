/* The schema, from its header: compiled to a shared object by the user's compiler and read. */
#pragma once
#include "program/virga/app.h"

/* The tables, views and triggers of the configuration's headers; lives as long as the process.
 * An exit status; what the compiler says is shown as it is. */
int load_schema(app *a, const vg_schema **schema);

/* What the loaded schema, or a file of "sources", calls so; NULL: nothing does. */
void *load_symbol(const char *name);

/* The compiler and where it comes from, for doctor: words of a command line. */
texts load_compiler(app *a, const char **where);
/* The folder with virga/virga.h that belongs to this command; NULL: not found. */
const char *load_headers(app *a);
/* The files of the configuration's `schema`; an exit status. */
int load_files(app *a, option_id id, texts *files);
/* "schema.h:7: git left a conflict here", of which the compiler would say anything else; NULL. */
const char *load_conflict(app *a, const texts *headers);
