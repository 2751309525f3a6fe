/* Prints what the routes answer by hand, as a measure for servers:
 *
 *     northwind_by_hand PLACE OPS [DIVISOR]
 *
 * makes the data set at PLACE if it is not there, and prints for OPS questions of each route
 * a line: the request, a tab, the answer. With a DIVISOR there are as many times fewer rows. */
#include "../data.h"
#include "../workload.h"
#include "routes.h"

#include <stdio.h>
#include <stdlib.h>

static void print_request(enum route route, const struct question *q)
{
    printf("%s?", routes[route].path);
    switch (routes[route].asks) {
    case ASKS_ID: printf("id=%lld", (long long)q->id); break;
    case ASKS_PAGE:
        printf("limit=%lld&offset=%lld", (long long)q->limit, (long long)q->offset);
        break;
    case ASKS_TERM: /* without the signs around it */
        printf("term=%.*s", (int)strlen(q->pattern) - 2, q->pattern + 1);
        break;
    }
}

int main(int argc, char **argv)
{
    if (argc < 3)
        die("usage: northwind_by_hand PLACE OPS [DIVISOR]");
    if (argc > 3)
        data_divide(atoi(argv[3]));
    suite.prepare(argv[1]);
    struct by_hand *h = by_hand_open(argv[1], suite.read_script);
    vg_arena arena = {0};
    for (int i = 0; i < ROUTE_COUNT; i++) {
        for (uint64_t op = 0; op < strtoull(argv[2], NULL, 10); op++) {
            enum route route = (enum route)i;
            struct question q = question_of(route, op);
            struct answer answer;
            size_t len;
            by_hand_answer(h, route, &q, &answer);
            vg_arena_reset(&arena);
            print_request(route, &q);
            printf("\t%s\n", answer_json(&answer, &arena, &len));
        }
    }
    vg_arena_free(&arena);
    by_hand_close(h);
    return 0;
}
