/* What SQLite says of transactions: they are serializable, whichever level is asked for, and
 * read-only ones by a switch of the connection. */
#include "core/dialect.h"
#include "dialect/sqlite.h"

static const char *begin(const vg_tx_options *o, bool read_only)
{
    return read_only && o->mode == VG_TX_DEFAULT ? vg_dialect_sqlite.begin_read
                                                 : vg_dialect_sqlite.begin[o->mode];
}

const vg_tx_words vg__sqlite_tx = {
    .begin = begin,
    .read_on = "pragma query_only = 1",
    .read_off = "pragma query_only = 0",
    .defer_all = "pragma defer_foreign_keys = 1",
};
