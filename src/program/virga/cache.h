/* Compiled schemas, kept from run to run: most runs of the command find the headers as they were.
 *
 * A shared object is taken from the cache when it was made by the same command line, and no file
 * that the compiler read has another size or time since. It is in $VIRGA_CACHE, or virga/ below
 * $XDG_CACHE_HOME or ~/.cache; an empty VIRGA_CACHE turns it off. One for each project. */
#pragma once
#include "program/virga/app.h"
#include <time.h>

typedef struct cached {
    const char *library; /* the path of the shared object */
    texts notes;         /* what was kept with it */
} cached;

/* `key` is all that the result depends on but the files' content. */
bool cache_find(app *a, const char *key, cached *out);

/* Keep `library` and `notes`, which are lines. `rule` is the make rule that the compiler wrote
 * (-MD) after `begin`; files below `own` do not count. What cannot be kept is not. */
void cache_keep(app *a, const char *key, const char *rule, const char *own,
                const struct timespec *begin, const char *library, const texts *notes);
