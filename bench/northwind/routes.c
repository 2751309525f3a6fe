/* The list of routes, and what is asked of them. */
#include "routes.h"
#include "../data.h"

#include <stdio.h>
#include <string.h>

const struct route_info routes[ROUTE_COUNT] = {
#define ROUTE_INFO(name, path, asks, count) {#name, path, ASKS_##asks, count},
    ROUTES(ROUTE_INFO)
#undef ROUTE_INFO
};

enum route route_of(const char *path)
{
    for (int i = 0; i < ROUTE_COUNT; i++) {
        if (strcmp(routes[i].path, path) == 0)
            return (enum route)i;
    }
    return ROUTE_COUNT;
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
