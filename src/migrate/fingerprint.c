/* A number for a schema: the 64-bit FNV-1a of its objects, token by token. It tells what was
 * changed by accident, not by somebody who wants to deceive.
 *
 * A word, a number and a quoted name are all written as their length, a colon and their lower-case
 * letters, so quotes do not matter and nothing runs together; other tokens as they are. */
#include "core/guard.h"
#include "core/migrator.h"
#include "core/run.h"
#include "migrate/lexer.h"
#include <inttypes.h>
#include <stdio.h>
#include <virga/migrate.h>

typedef struct reading {
    uint64_t hash;
    const vg_lexis *lexis;
    const char *table; /* that does not count */
} reading;

static void add(reading *r, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        r->hash = (r->hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
}

static void add_length(reading *r, size_t len)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%zu:", len);
    add(r, text, (size_t)n);
}

/* A name in any quotes, or in none. */
static void add_name(reading *r, const vg_token *token)
{
    size_t len = 0, at = 0;
    while (vg__token_byte(token, &at) >= 0)
        len++;
    add_length(r, len);
    at = 0;
    for (int c; (c = vg__token_byte(token, &at)) >= 0;)
        add(r, &(char){(char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)}, 1);
}

static void add_sql(reading *r, const char *sql)
{
    vg_lexer lexer;
    vg__lexer_begin(&lexer, r->lexis, sql, strlen(sql));
    for (;;) {
        vg_token token = vg__lexer_next(&lexer);
        if (token.kind == VG_TOKEN_END)
            return;
        if (token.kind == VG_TOKEN_WORD || token.kind == VG_TOKEN_NAME ||
            token.kind == VG_TOKEN_NUMBER)
            add_name(r, &token);
        else
            add(r, token.text, token.len);
    }
}

static void add_text(reading *r, const char *text)
{
    add_name(r, &(vg_token){VG_TOKEN_WORD, text, strlen(text), 0});
}

static int add_object(void *ctx, const char *type, const char *name, const char *table,
                      const char *sql)
{
    reading *r = ctx;
    if (strcmp(table, r->table) == 0)
        return VG_OK;
    add_text(r, type);
    add_text(r, name);
    add_text(r, table);
    if (sql)
        add_sql(r, sql);
    add(r, "", 1);
    return VG_OK;
}

int vg_fingerprint(vg_db *db, const char *table, char out[VG_FINGERPRINT_ROOM])
{
    VG_GUARD(db, NULL, VG_MISUSE);
    out[0] = 0;
    int rc = vg__start(db, NULL);
    if (rc != VG_OK)
        return rc;
    const vg_migrator *migrator = vg__migrator_of(db);
    reading r = {.hash = UINT64_C(0xcbf29ce484222325),
                 .lexis = migrator->lexis,
                 .table = table ? table : VG_MIGRATIONS_TABLE};
    rc = migrator->objects(db, add_object, &r);
    if (rc == VG_OK)
        snprintf(out, VG_FINGERPRINT_ROOM, "%016" PRIx64, r.hash);
    return rc;
}

int vg_check_fingerprint(vg_db *db, const char *table, const char *expected)
{
    char now[VG_FINGERPRINT_ROOM];
    int rc = vg_fingerprint(db, table, now);
    if (rc == VG_OK && !expected)
        return vg__fail(db, VG_MISUSE, NULL, "vg_check_fingerprint: expected is NULL");
    if (rc == VG_OK && strcmp(now, expected) != 0)
        rc = vg__fail(db, VG_SCHEMA, NULL,
                      "the database has another schema than the one expected: its "
                      "fingerprint is %s, not %.40s",
                      now, expected);
    return rc;
}
