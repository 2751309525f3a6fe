/* SQLite: the data set in a file, a copy for each side. */
#include "../data.h"
#include "../workload.h"
#include "plans.h"

#include <stdio.h>

static const char *const read_script[] = {
    "pragma journal_mode = delete",
    "pragma foreign_keys = off",
    "pragma cache_size = -65536",
    "pragma locking_mode = exclusive",
    NULL,
};

/* Each side gets its own file, so that the pragmas of one cannot slow down the other. */
static const char *place(const char *data, const char *side, char room[4096])
{
    snprintf(room, 4096, "%s-%s", data, side);
    data_copy(data, room);
    return room;
}

static const struct plan plans[] = {PLANS(1.00, 1.02, 1){0}};

const struct suite suite = {
    plans, CLOCK_PROCESS_CPUTIME_ID, 0.003, data_write, place, NULL, read_script, NULL};
