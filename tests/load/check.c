/* What must hold in a ledger, after whatever has happened to it. */
#include "ledger.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct keys {
    int64_t *data;
    size_t len, cap;
} keys;

static bool complain(const char *what, const char *more)
{
    fprintf(stderr, "load: %s%s%s\n", what, *more ? ": " : "", more);
    return false;
}

static bool add(keys *k, int64_t key)
{
    if (k->len == k->cap) {
        size_t cap = k->cap ? k->cap * 2 : 4096;
        int64_t *data = realloc(k->data, cap * sizeof *data);
        if (!data)
            return false;
        k->data = data;
        k->cap = cap;
    }
    k->data[k->len++] = key;
    return true;
}

/* A record cut short at the end was not acknowledged; one that is wrong inside is a bug. */
static bool read_acknowledged(const char *folder, keys *k)
{
    for (int i = 0; i < THREADS; i++) {
        char path[200];
        int64_t record[2];
        snprintf(path, sizeof path, "%s/acknowledged-%d", folder, i);
        FILE *f = fopen(path, "rb");
        bool good = f != NULL || errno == ENOENT;
        while (f && good && fread(record, sizeof record, 1, f) == 1)
            good = record[1] == ~record[0] && add(k, record[0]);
        if (f)
            fclose(f);
        if (!good)
            return complain("the acknowledgements cannot be read", path);
    }
    return true;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Both are sorted: walk along. */
static bool find_all(vg_db *db, const keys *k, checked *out)
{
    vg_cursor *cursor;
    int64_t *key;
    size_t at = 0;
    int64_t lost = -1;
    if (vg_query(db, &cursor, &key, SELECT_VALUE(entries.key), FROM(entries),
                 ORDER_BY(entries.key)) != VG_OK)
        return complain("the entries cannot be read", vg_errmsg(db));
    for (; vg_next(cursor); out->entries++) {
        if (at < k->len && k->data[at] < *key && lost < 0)
            lost = k->data[at];
        at += at < k->len && k->data[at] == *key;
    }
    if (vg_finish(cursor) != VG_OK)
        return complain("the entries cannot be read", vg_errmsg(db));
    if (at == k->len)
        return true;
    fprintf(stderr, "load: %zu acknowledged entries are lost or doubled, first %lld\n",
            k->len - at, (long long)(lost < 0 ? k->data[at] : lost));
    return false;
}

/* The file, the references, and each purse against its entries. */
static bool adds_up(vg_db *db, vg_arena *arena)
{
    vg_defect_list defects;
    int64_t wrong = -1;
    vg_opt_int sum;
    if (vg_check_integrity(db, arena, VG_INTEGRITY_FULL, &defects) != VG_OK)
        return complain("the check failed", vg_errmsg(db));
    if (defects.len)
        return complain("the database is not sound", defects.data[0].message);
    if (vg_get(db, NULL, &sum, SELECT_VALUE(SUM(purses.amount)), FROM(purses)) !=
            VG_OK ||
        vg_count(
            db, &wrong, FROM(purses),
            WHERE(NE(purses.amount,
                     SQL(INTEGER,
                         "1000 + (select total(amount) from entries where to_id = ?)"
                         " - (select total(amount) from entries where from_id = ?)",
                         purses.id, purses.id)))) != VG_OK)
        return complain("the sums cannot be read", vg_errmsg(db));
    if (sum.has && sum.v != PURSES * START)
        return complain("the sum has changed", "");
    return wrong == 0 || complain("a purse does not hold what its entries say", "");
}

static bool check_open(vg_db *db, const char *folder, checked *out)
{
    keys k = {NULL, 0, 0};
    vg_arena arena = {0};
    bool good = adds_up(db, &arena) && read_acknowledged(folder, &k);
    vg_arena_free(&arena);
    if (good && k.len)
        qsort(k.data, k.len, sizeof *k.data, by_number);
    out->acknowledged = (int64_t)k.len;
    good = good && find_all(db, &k, out);
    free(k.data);
    return good;
}

bool ledger_check(const char *folder, checked *out)
{
    char path[200];
    vg_db *db;
    checked none;
    snprintf(path, sizeof path, "%s/load.db", folder);
    out = out ? out : &none;
    *out = (checked){0, 0};
    /* A kill may have come before there was anything; then there must be nothing. */
    bool good = vg_open(&db, path, NULL) == VG_OK && vg_create(db, &ledger) == VG_OK;
    if (!good)
        complain("opening", db ? vg_errmsg(db) : "out of memory");
    good = good && check_open(db, folder, out);
    vg_close(db);
    return good;
}

void ledger_remove(const char *folder)
{
    static const char *const names[] = {"load.db", "load.db-wal", "load.db-shm",
                                        "copy.db"};
    char path[200];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    for (int i = 0; i < THREADS; i++) {
        snprintf(path, sizeof path, "%s/acknowledged-%d", folder, i);
        unlink(path);
    }
    rmdir(folder);
}
