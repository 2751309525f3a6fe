/* Output for people: headings and indented lines; bold where the terminal knows how.
 *
 * SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "lms.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void heading(const char *text)
{
    bool styled = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    printf("\n%s%s%s\n", styled ? "\033[1m" : "", text, styled ? "\033[0m" : "");
}

void line(const char *format, ...)
{
    va_list values;
    fputs("  ", stdout);
    va_start(values, format);
    vprintf(format, values);
    va_end(values);
    putchar('\n');
}
