/* The dialects by name. */
#include "kit/dialect.h"
#include <string.h>

static const vgk_dialect *const dialects[] = {&vgk_dialect_sqlite,
                                              &vgk_dialect_postgres};

const vgk_dialect *vgk_dialect_named(const char *name)
{
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        if (strcmp(dialects[i]->name, name) == 0)
            return dialects[i];
    return NULL;
}
