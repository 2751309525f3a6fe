/* Faults; faults.h says what. SPDX-License-Identifier: MIT */
#include "faults.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Texts of the sender may stand in a fault, cut anywhere: keep what is printable ASCII. */
static void clean(char *text)
{
    for (; *text; text++)
        if (*text < ' ' || *text > '~')
            *text = '?';
}

/* Does a fault of `field` say enough about `other`? The same field does, and what contains
 * it: an item that is no object has no quantity, and a body that is no JSON ("") has nothing. */
static bool covers(const char *field, const char *other)
{
    size_t len = strlen(field);
    return strncmp(field, other, len) == 0 && strchr("/", other[len]);
}

void faults_add(faults *f, const char *field, const char *code, const char *problem,
                ...)
{
    for (size_t i = 0; i < f->len; i++)
        if (covers(f->list[i].field, field))
            return;
    if (f->len == FAULTS_MAX) {
        f->left_out++;
        return;
    }
    fault *one = &f->list[f->len++];
    snprintf(one->field, sizeof one->field, "%s", field);
    snprintf(one->code, sizeof one->code, "%s", code);
    va_list args;
    va_start(args, problem);
    vsnprintf(one->problem, sizeof one->problem, problem, args);
    va_end(args);
    clean(one->field);
    clean(one->problem);
}
