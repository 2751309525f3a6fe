/* Faults on purpose. What counts is a point: a statement about to run, a COMMIT, an
 * allocation. The allocator of the connection is wrapped when it is opened. */
#include "core/watch.h"
#include <ctype.h>
#include <time.h>

struct vg_faults {
    vg_allocator base; /* what the connection would have used */
    vg_fault fault;
    bool armed;
    uint64_t passed, struck;
    uint64_t lot; /* the random state */
};

/* splitmix64: good enough for lots, the same everywhere. */
static double draw(vg_faults *f)
{
    uint64_t x = f->lot += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (double)((x ^ x >> 31) >> 11) / (double)(UINT64_C(1) << 53);
}

/* A point that matches: is it the one? */
static bool strikes(vg_faults *f)
{
    const vg_fault *w = &f->fault;
    uint64_t nth = w->nth ? w->nth : 1;
    f->passed++;
    bool now = w->chance > 0  ? draw(f) < w->chance
               : w->all_after ? f->passed >= nth
                              : f->passed == nth;
    f->struck += now;
    return now;
}

static void *allocate(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    vg_faults *f = ctx;
    if (new_size > old_size && f->armed && (f->fault.at & VG_FAULT_ALLOCATION) &&
        !f->fault.here && !f->fault.table && strikes(f))
        return NULL;
    return vg__alloc(&f->base, ptr, old_size, new_size);
}

int vg__fault_open(vg_db *db)
{
    if (!db->options.faults)
        return VG_OK;
    vg_faults *f = vg__db_alloc(db, NULL, 0, sizeof *f);
    if (!f || !vg__watch_make(db)) {
        if (f)
            vg__db_alloc(db, f, sizeof *f, 0);
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    }
    *f = (vg_faults){.base = db->allocator};
    db->watch->faults = f;
    db->allocator = (vg_allocator){allocate, f};
    return VG_OK;
}

void vg__fault_close(vg_faults *f)
{
    vg_allocator base = f->base;
    vg__alloc(&base, f, sizeof *f, 0);
}

static bool begins(const char *sql, const char *lower)
{
    while (isspace((unsigned char)*sql))
        sql++;
    for (; *lower; sql++, lower++)
        if (tolower((unsigned char)*sql) != *lower)
            return false;
    return true;
}

static bool ends_in(const char *path, const char *end)
{
    const char *colon = strrchr(path, ':');
    size_t len = strlen(path), n = strlen(end);
    if (!strchr(end, ':') && colon)
        len = (size_t)(colon - path);
    return len >= n && strncmp(path + len - n, end, n) == 0 &&
           (len == n || path[len - n - 1] == '/');
}

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool names(const char *sql, const char *table)
{
    size_t len = strlen(table);
    for (const char *at = sql; (at = strstr(at, table)); at += len)
        if ((at == sql || !is_letter(at[-1])) && !is_letter(at[len]))
            return true;
    return false;
}

static bool matches(const vg_db *db, const vg_fault *w, const char *sql)
{
    unsigned point = begins(sql, "commit") ? VG_FAULT_COMMIT : VG_FAULT_STATEMENT;
    unsigned at = w->at ? w->at : VG_FAULT_STATEMENT | VG_FAULT_COMMIT;
    return (at & point) && !begins(sql, "rollback") &&
           (!w->here || (db->here && ends_in(db->here, w->here))) &&
           (!w->table || names(sql, w->table));
}

int vg__fault_check(vg_db *db, const char *sql)
{
    vg_faults *f = db->watch->faults;
    const vg_fault *w = &f->fault;
    if (!f->armed || !matches(db, w, sql) || !strikes(f))
        return VG_OK;
    if (w->delay_ms > 0) {
        struct timespec wait = {w->delay_ms / 1000,
                                (long)(w->delay_ms % 1000) * 1000000};
        nanosleep(&wait, NULL);
        if (!w->code)
            return VG_OK;
    }
    int code = w->code ? w->code : VG_IO;
    return vg__fail(db, code, sql, "%s (injected by vg_fault_set)", vg_code_text(code));
}

/* ---- what the user calls ---- */

static vg_faults *of(const vg_db *db)
{
    return db->watch ? db->watch->faults : NULL;
}

int vg_fault_set(vg_db *db, const vg_fault *fault)
{
    vg_faults *f = of(db);
    vg__begin(db, NULL);
    if (!f)
        return vg__fail(db, VG_MISUSE, NULL,
                        "vg_fault_set: open the database with options.faults");
    f->fault = *fault;
    f->passed = f->struck = 0;
    f->lot = fault->seed;
    f->armed = true;
    return VG_OK;
}

bool vg_fault_stop(vg_db *db)
{
    vg_faults *f = of(db);
    if (f)
        f->armed = false;
    return f && f->struck;
}

uint64_t vg_fault_struck(const vg_db *db)
{
    return of(db) ? of(db)->struck : 0;
}

uint64_t vg_fault_passed(const vg_db *db)
{
    return of(db) ? of(db)->passed : 0;
}

bool vg_fault_next(vg_db *db, uint64_t *n, vg_fault fault)
{
    bool none = *n && !vg_fault_stop(db);
    fault.nth = ++*n;
    return !none && vg_fault_set(db, &fault) == VG_OK;
}
