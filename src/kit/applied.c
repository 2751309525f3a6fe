/* The table of applied migrations, asked and mended. */
#include "kit/applied.h"
#include <sha2.h>
#include <string.h>
#include <virga/tx.h>

const char *vgk_hash(vg_kit *kit, const char *text, size_t len)
{
    char *hex = vgk_alloc(kit, SHA256_DIGEST_STRING_LENGTH);
    return SHA256Data((const uint8_t *)text, len, hex);
}

const char *vgk_hash_eol(vg_kit *kit, const char *text, size_t len)
{
    const char *newline = memchr(text, '\r', len) ? "\n" : "\r\n";
    vg_buf *out = vgk_buf(kit);
    for (const char *at = text, *end = text + len, *eol; at < end; at = eol + 1) {
        eol = memchr(at, '\n', (size_t)(end - at));
        size_t n = (size_t)((eol ? eol : end) - at);
        vg__buf_bytes(out, at, eol && n && at[n - 1] == '\r' ? n - 1 : n);
        if (!eol)
            break;
        vg__buf_text(out, newline);
    }
    size_t other_len;
    const char *other = vgk_buf_text(kit, out, &other_len);
    return vgk_hash(kit, other, other_len);
}

int vgk_applied(vg_kit *kit, vg_db *db, vg_applied_list *out)
{
    int rc = vg__migrator_of(db)->applied(db, &kit->ledger, &kit->arena, out);
    if (rc == VG_NO_MEMORY)
        vgk_no_memory(kit);
    return rc == VG_OK ? rc : vgk_fail(kit, rc, "%s", vg_errmsg(db));
}

const vg_applied *vgk_applied_row(const vg_applied_list *rows, const vgk_record_of *of)
{
    for (size_t i = 0; i < rows->len; i++)
        if (rows->data[i].when == of->when || strcmp(rows->data[i].hash, of->hash) == 0)
            return &rows->data[i];
    return NULL;
}

typedef struct replacing {
    vg_kit *kit;
    const vg_applied_list *rows;
    const char *sql;
    bool stale;
} replacing;

static bool same_rows(const vg_applied_list *a, const vg_applied_list *b)
{
    bool same = a->len == b->len;
    for (size_t i = 0; same && i < a->len; i++)
        same = a->data[i].key == b->data[i].key && a->data[i].when == b->data[i].when &&
               strcmp(a->data[i].hash, b->data[i].hash) == 0;
    return same;
}

/* In the transaction, which nothing may jump out of. */
static int replace(vg_db *db, void *args)
{
    replacing *r = args;
    vg_applied_list now;
    int rc = vg__migrator_of(db)->applied(db, &r->kit->ledger, &r->kit->arena, &now);
    r->stale = rc == VG_OK && !same_rows(&now, r->rows);
    return rc == VG_OK && !r->stale ? vg_script(db, r->sql) : rc;
}

int vgk_replace_rows(vg_kit *kit, vg_db *db, const vg_applied_list *rows,
                     const vgk_records_of *gone, const vgk_records_of *added,
                     bool *stale)
{
    const vg_migrator *migrator = vg__migrator_of(db);
    vg_buf *sql = vgk_buf(kit);
    for (size_t i = 0; i < gone->len; i++) {
        const vg_applied *row = vgk_applied_row(rows, &gone->data[i]);
        if (!row)
            continue;
        migrator->remove(sql, &kit->ledger, row->key);
        vg__buf_text(sql, ";\n");
    }
    for (size_t i = 0; i < added->len; i++) {
        migrator->add(sql, &kit->ledger, added->data[i].hash, added->data[i].when);
        vg__buf_text(sql, ";\n");
    }
    replacing r = {kit, rows, vgk_buf_text(kit, sql, NULL), false};
    int rc = vg_transaction(db, VG_TX_IMMEDIATE, replace, &r);
    *stale = r.stale;
    return rc == VG_OK ? rc : vgk_fail(kit, rc, "%s", vg_errmsg(db));
}
