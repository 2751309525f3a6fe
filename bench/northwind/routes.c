/* The list of routes, and what is asked of them. */
#include "routes.h"
#include "../data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct route_info routes[ROUTE_COUNT] = {
#define ROUTE_INFO(name, path, asks, count) {#name, path, ASKS_##asks, count},
    ROUTES(ROUTE_INFO)
#undef ROUTE_INFO
};

enum route route_of(const char *path, size_t len)
{
    static const uint8_t lens[ROUTE_COUNT] = {
#define ROUTE_LEN(name, path, asks, count) sizeof(path) - 1,
        ROUTES(ROUTE_LEN)
#undef ROUTE_LEN
    };
    for (int i = 0; i < ROUTE_COUNT; i++) {
        if (lens[i] == len && memcmp(routes[i].path, path, len) == 0)
            return (enum route)i;
    }
    return ROUTE_COUNT;
}

bool whole_number(const char *text, int64_t *n)
{
    char *end;
    if (*text < '0' || *text > '9')
        return false;
    *n = strtoll(text, &end, 10);
    return !*end;
}

void question_term(struct question *q, const char *term)
{
    snprintf(q->pattern, sizeof q->pattern, "%%%s%%", term);
}

struct question question_of(enum route route, uint64_t op)
{
    const struct route_info *r = &routes[route];
    int64_t n = (int64_t)(mix(op) % (uint64_t)data_part(r->count));
    struct question q = {.id = n + 1};
    char term[24];
    switch (r->asks) {
    case ASKS_ID: break;
    case ASKS_PAGE:
        q.limit = route == ROUTE_employees ? 20 : 50;
        q.offset = n * q.limit;
        break;
    case ASKS_TERM: /* names end in the number of their row */
        snprintf(term, sizeof term, "%d", 100 + (int)n);
        question_term(&q, term);
        break;
    }
    return q;
}
