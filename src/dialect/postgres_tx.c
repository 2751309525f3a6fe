/* What PostgreSQL says of transactions. Texts are literals: their address is their name in
 * the cache of statements. */
#include "dialect/postgres.h"

#define EACH_ACCESS(level)                                                    \
    {                                                                         \
        {"begin" level, "begin" level " deferrable"},                         \
        {                                                                     \
            "begin" level " read only", "begin" level " read only deferrable" \
        }                                                                     \
    }

static const char *const begins[][2][2] = {
    [VG_ISOLATION_DEFAULT] = EACH_ACCESS(""),
    [VG_READ_UNCOMMITTED] = EACH_ACCESS(" isolation level read uncommitted"),
    [VG_READ_COMMITTED] = EACH_ACCESS(" isolation level read committed"),
    [VG_REPEATABLE_READ] = EACH_ACCESS(" isolation level repeatable read"),
    [VG_SERIALIZABLE] = EACH_ACCESS(" isolation level serializable"),
};

static const char *begin(const vg_tx_options *o, bool read_only)
{
    return begins[o->isolation][read_only][o->deferrable];
}

const vg_tx_words vg__postgres_tx = {
    .begin = begin,
    .defer_all = "set constraints all deferred",
    .check_all = "set constraints all immediate",
    .by_name = true,
};
