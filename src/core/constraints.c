/* When deferrable constraints are checked. */
#include "core/dialect.h"
#include "core/guard.h"
#include "core/run.h"

static int set_named(vg_db *db, const char *name, bool deferred)
{
    vg_buf *sql = &db->sql;
    vg__buf_reset(sql);
    vg__buf_text(sql, "set constraints ");
    vg__buf_name(sql, db->dialect->quote, name);
    vg__buf_text(sql, deferred ? " deferred" : " immediate");
    return sql->failed ? vg__fail(db, VG_NO_MEMORY, NULL, "out of memory")
                       : db->driver->script(db, sql->text);
}

static int set(vg_db *db, const char *name, bool deferred)
{
    const char *call = deferred ? "vg_defer_constraints" : "vg_check_constraints";
    const vg_tx_words *words = db->dialect->tx;
    const char *all = deferred ? words->defer_all : words->check_all;
    VG_GUARD(db, NULL, VG_MISUSE);
    int rc = vg__start(db, NULL);
    if (rc != VG_OK)
        return rc;
    if (!db->driver->in_transaction(db))
        return vg__fail(db, VG_MISUSE, NULL,
                        "%s: no transaction is open, and it would last no longer than "
                        "this call",
                        call);
    if (!all)
        return vg__fail(db, VG_UNSUPPORTED, NULL,
                        "%s: %s checks what is deferred at the commit, and not before",
                        call, db->dialect->name);
    if (name && !words->by_name)
        return vg__fail(db, VG_UNSUPPORTED, NULL,
                        "%s: %s defers all foreign keys or none; the name must be NULL",
                        call, db->dialect->name);
    return name ? set_named(db, name, deferred) : vg__control(db, all);
}

int vg_defer_constraints(vg_db *db, const char *name)
{
    return set(db, name, true);
}

int vg_check_constraints(vg_db *db, const char *name)
{
    return set(db, name, false);
}
