/* Opening the bank of rt_bank.h and comparing what it holds. */
#include "rt_bank.h"
#include "check.h"
#include <sqlite3.h>

static uint64_t mix(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
    return (hash ^ len) * UINT64_C(0x100000001b3);
}

/* Hash all rows of `sql`; each first column that is a table's name goes to `each`. */
static uint64_t hash_rows(sqlite3 *raw, const char *sql, uint64_t hash, bool follow)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &stmt, NULL), SQLITE_OK);
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            int type = sqlite3_column_type(stmt, i);
            hash = mix(hash, &type, sizeof type);
            const void *bytes = sqlite3_column_blob(stmt, i);
            if (bytes)
                hash = mix(hash, bytes, (size_t)sqlite3_column_bytes(stmt, i));
        }
        if (follow) {
            char *all =
                sqlite3_mprintf("select * from \"%w\"", sqlite3_column_text(stmt, 0));
            assert_non_null(all);
            hash = hash_rows(raw, all, hash, false);
            sqlite3_free(all);
        }
    }
    assert_int_equal(rc, SQLITE_DONE);
    sqlite3_finalize(stmt);
    return hash;
}

uint64_t rt_fingerprint(vg_db *db)
{
    sqlite3 *raw = vg_raw(db);
    uint64_t hash =
        hash_rows(raw, "select type, name, sql from sqlite_schema order by name",
                  UINT64_C(0xcbf29ce484222325), false);
    return hash_rows(
        raw, "select name from sqlite_schema where type = 'table' order by name", hash,
        true);
}

void rt_check_sound_at(vg_db *db, const char *file, int line)
{
    check_rows_at(db, "pragma integrity_check", "ok", file, line);
    check_rows_at(db, "pragma foreign_key_check", "", file, line);
    if (sqlite3_get_autocommit(vg_raw(db)))
        return;
    print_error("a transaction is still open\n");
    _fail(file, line);
}

vg_db *rt_open(const char *url, const vg_options *options)
{
    vg_db *db;
    int rc = vg_open(&db, url, options);
    assert_non_null(db);
    check_ok(db, rc);
    return db;
}

static vg_db *open_bank(const char *url, const vg_options *options, bool create)
{
    vg_db *db = rt_open(url, options);
    if (create) {
        check_ok(db, vg_create(db, &bank));
        check_ok(db, vg_script(db, BANK_ROWS));
    }
    return db;
}

vg_db *rt_bank_open(const vg_options *options)
{
    return open_bank(":memory:", options, true);
}

vg_db *rt_bank_open_file(const char *path, const vg_options *options, bool create)
{
    return open_bank(path, options, create);
}
