/* PostgreSQL: `data` is a URL, of both sides. */
#include "../postgres/data.h"
#include "../workload.h"
#include "plans.h"

static const char *const read_script[] = {"set max_parallel_workers_per_gather = 0",
                                          "set jit = off", NULL};

static const char *place(const char *data, const char *side, char room[4096])
{
    (void)side;
    (void)room;
    return data;
}

static const struct plan plans[] = {PLANS(1.05, 1.02, 10){0}};

const struct suite suite = {plans, CLOCK_MONOTONIC, 0.02, data_write_postgres, place,
                            NULL,  read_script,     NULL};
