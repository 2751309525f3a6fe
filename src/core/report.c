/* Reports: a record for each pair of statement and place, which statistics, the finder of
 * repeated queries and the slow-query log share.
 *
 *     vg_stmt.record ---> record { sql, here, counts }   the last place that ran it
 *     buckets[hash of both] ---> record ---> record      all of them
 *
 * What counts as once more is a run in the same unit: a transaction, or outside of one a
 * window of time. */
#include "core/watch.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUCKETS = 256, MAX_RECORDS = 1024, REPEATS = 10, WINDOW_MS = 100 };

typedef struct vg_record {
    struct vg_record *next;
    uint64_t hash;
    char *sql;
    const char *here; /* constant data of the program */
    vg_statement_stat stat;
    uint64_t unit, in_unit; /* runs in the unit at hand */
    bool reported;
} vg_record;

struct vg_ledger {
    vg_record *buckets[BUCKETS];
    size_t count;
    uint64_t unit;
    int64_t unit_started_ns;
    bool in_transaction;
};

/* ---- warnings ---- */

static bool has_sink(const vg_db *db)
{
#ifdef VIRGA_DEBUG
    (void)db;
    return true;
#else
    return db->options.warn != NULL;
#endif
}

void vg__warn(vg_db *db, vg_warning *warning, const char *format, ...)
{
    char message[1024];
    if (!has_sink(db))
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    warning->message = message;
    warning->here = warning->here ? warning->here : "";
    warning->sql = warning->sql ? warning->sql : "";
    warning->plan = warning->plan ? warning->plan : "";
    if (db->options.warn)
        db->options.warn(db->options.warn_ctx, warning);
#ifdef VIRGA_DEBUG
    else
        fprintf(stderr, "virga: %s\n%s%s", message, warning->plan,
                *warning->plan ? "\n" : "");
#endif
}

static int repeats_of(const vg_db *db)
{
    int limit = db->options.repeat_limit;
    return limit ? (limit > 0 ? limit : 0) : REPEATS;
}

bool vg__report_wanted(const vg_db *db)
{
    return has_sink(db) || db->options.statement_stats;
}

/* ---- records ---- */

/* Not the connection's memory: that there is none for a record must not matter to it. */
static void *memory(void *ptr, size_t old_size, size_t new_size)
{
    static const vg_allocator library;
    return vg__alloc(&library, ptr, old_size, new_size);
}

static uint64_t hash_of(const char *sql, const char *here)
{
    uint64_t hash = (uintptr_t)here;
    for (; *sql; sql++)
        hash = (hash ^ (unsigned char)*sql) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static vg_record *new_record(const vg_db *db, vg_ledger *r, const char *sql,
                             uint64_t hash)
{
    if (r->count == MAX_RECORDS)
        return NULL;
    size_t size = strlen(sql) + 1;
    vg_record *record = memory(NULL, 0, sizeof *record);
    char *text = record ? memory(NULL, 0, size) : NULL;
    if (!text) {
        if (record)
            memory(record, sizeof *record, 0);
        return NULL;
    }
    memcpy(text, sql, size);
    *record = (vg_record){.hash = hash, .sql = text, .here = db->here};
    record->next = r->buckets[hash % BUCKETS];
    r->buckets[hash % BUCKETS] = record;
    r->count++;
    return record;
}

static vg_record *record_of(vg_db *db, vg_stmt *stmt)
{
    vg_ledger *r = db->watch->report;
    vg_record *record = stmt->record;
    if (record && record->here == db->here)
        return record;
    uint64_t hash = hash_of(stmt->sql, db->here);
    record = r->buckets[hash % BUCKETS];
    while (record && (record->hash != hash || record->here != db->here ||
                      strcmp(record->sql, stmt->sql) != 0))
        record = record->next;
    if (!record && !(record = new_record(db, r, stmt->sql, hash)))
        return NULL;
    record->stat.prepared += !stmt->record; /* its first run */
    stmt->record = record;
    return record;
}

/* ---- what is reported ---- */

static uint64_t unit_now(vg_db *db, vg_ledger *r, int64_t now)
{
    bool in = db->driver->in_transaction(db) && !db->tree_holds;
    int window =
        db->options.repeat_window_ms > 0 ? db->options.repeat_window_ms : WINDOW_MS;
    bool over = !in && now - r->unit_started_ns > (int64_t)window * 1000000;
    if (in != r->in_transaction || over) {
        r->unit++;
        r->unit_started_ns = now;
        r->in_transaction = in;
    }
    return r->unit;
}

void vg__report_new_unit(vg_db *db)
{
    if (db->watch && db->watch->report)
        db->watch->report->unit_started_ns = 0;
}

/* Reads, and writes in our words; of RAW without rows nobody knows what it is for. */
static const char *advice_for(const vg_stmt *stmt)
{
    if (stmt->bulk) /* it is all at once already */
        return NULL;
    switch (stmt->kind) {
    case VG_CLAUSE_INSERT: return "give VALUES all rows at once";
    case VG_CLAUSE_UPDATE:
    case VG_CLAUSE_DELETE: return "one statement with IN_ARRAY does the same";
    case VG_CLAUSE_RAW: return stmt->plan.slot_count ? "join, or ask by a list" : NULL;
    default: return "join the tables, or ask once with IN_ARRAY";
    }
}

static void check_repeated(vg_db *db, vg_record *record, const vg_stmt *stmt,
                           int64_t now)
{
    uint64_t unit = unit_now(db, db->watch->report, now);
    int limit = repeats_of(db);
    if (record->unit != unit)
        record->in_unit = 0;
    record->unit = unit;
    const char *advice = advice_for(stmt);
    if (++record->in_unit <= (uint64_t)limit || !limit || record->reported || !advice ||
        !record->here)
        return;
    record->reported = true;
    vg__warn(db,
             &(vg_warning){.kind = VG_WARN_REPEATED,
                           .here = record->here,
                           .sql = record->sql,
                           .count = (int64_t)record->in_unit},
             "%s: the same statement ran %llu times %s; %s: %s", record->here,
             (unsigned long long)record->in_unit,
             db->watch->report->in_transaction ? "in one transaction" : "in one moment",
             advice, record->sql);
}

static void check_slow(vg_db *db, const vg_watching *x, int64_t duration, int64_t rows)
{
    int limit = db->options.slow_ms;
    if (limit <= 0 || duration < (int64_t)limit * 1000000)
        return;
    vg_buf plan;
    vg__buf_init(&plan, &db->allocator, 64 * 1024);
    if (x->stmt && x->stmt->kind != VG_CLAUSE_RAW && db->driver->telling)
        db->driver->telling->explain(db, x->sql, &plan);
    vg__warn(db,
             &(vg_warning){.kind = VG_WARN_SLOW,
                           .here = db->here,
                           .sql = x->sql,
                           .plan = plan.len && !plan.failed ? plan.text : "",
                           .duration_ns = duration,
                           .rows = rows},
             "%s: took %lld.%03lld ms for %lld rows: %s", db->here ? db->here : "?",
             (long long)(duration / 1000000), (long long)(duration / 1000 % 1000),
             (long long)rows, x->sql);
    vg__buf_free(&plan);
}

void vg__report_run(vg_db *db, const vg_watching *x, int64_t duration, int64_t rows,
                    int code)
{
    vg_record *record = x->stmt ? record_of(db, x->stmt) : NULL;
    if (record) {
        vg_statement_stat *s = &record->stat;
        s->runs++;
        s->failed += code != VG_OK;
        s->cache_hits += x->cached;
        s->rows += rows;
        s->total_ns += duration;
        if (duration > s->max_ns)
            s->max_ns = duration;
        if (has_sink(db) && !x->cached)
            check_repeated(db, record, x->stmt, x->started_ns + duration);
    }
    if (has_sink(db))
        check_slow(db, x, duration, rows);
}

/* ---- opening, closing, statistics ---- */

int vg__report_open(vg_db *db)
{
    vg_ledger *r = memory(NULL, 0, sizeof *r);
    if (!r)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    *r = (vg_ledger){.unit = 1};
    db->watch->report = r;
    return VG_OK;
}

void vg__report_free(vg_db *db)
{
    vg_ledger *r = db->watch->report;
    if (!r)
        return;
    for (size_t i = 0; i < BUCKETS; i++) {
        while (r->buckets[i]) {
            vg_record *record = r->buckets[i];
            r->buckets[i] = record->next;
            memory(record->sql, strlen(record->sql) + 1, 0);
            memory(record, sizeof *record, 0);
        }
    }
    memory(r, sizeof *r, 0);
    db->watch->report = NULL;
}

static int by_total_time(const void *a, const void *b)
{
    const vg_statement_stat *x = a, *y = b;
    if (x->total_ns != y->total_ns)
        return x->total_ns < y->total_ns ? 1 : -1;
    return strcmp(x->sql, y->sql);
}

int vg_statement_stats(vg_db *db, vg_arena *arena, vg_statement_stat_list *out)
{
    vg_ledger *r = db->watch ? db->watch->report : NULL;
    *out = (vg_statement_stat_list){NULL, 0};
    vg__begin(db, NULL);
    if (!r || !db->options.statement_stats)
        return vg__fail(db, VG_MISUSE, NULL,
                        "vg_statement_stats: open the database with "
                        "options.statement_stats");
    if (!r->count)
        return VG_OK;
    vg_statement_stat *list = vg__arena_alloc(arena, r->count * sizeof *list);
    size_t count = 0;
    for (size_t i = 0; list && i < BUCKETS; i++) {
        for (const vg_record *record = r->buckets[i]; record; record = record->next) {
            vg_statement_stat *s = &list[count++];
            *s = record->stat;
            s->sql = vg__arena_text(arena, record->sql, strlen(record->sql));
            s->here = vg__arena_text(arena, record->here ? record->here : "",
                                     record->here ? strlen(record->here) : 0);
            if (!s->sql || !s->here)
                return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        }
    }
    if (!list)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    qsort(list, count, sizeof *list, by_total_time);
    *out = (vg_statement_stat_list){list, count};
    return VG_OK;
}
