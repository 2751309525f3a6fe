/* Random queries, twice: through Virga's builders, and as SQL text of another writer, which
 * sqlite3 runs on the same connection. Both must have the same rows, or both fail.
 *
 *     differential [queries [seed [url]]]  default: 2000 queries, a fixed seed
 *
 * With the URL of a PostgreSQL database ("-": that of VIRGA_POSTGRES_URL), in which a schema
 * "differential" is made anew, Virga runs them there, too: the rows are the same.
 *
 * A difference prints the seed that makes this query the first one, both texts and the
 * first row that differs. Each query runs twice through Virga, the second time prepared. */
#include "query.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PER_DATABASE = 100, CELL = 128, MOST_ROWS = 3000 };

static struct {
    long queries, rows, empty, failed, refused, skipped, both;
} counts;

static vg_db *postgres; /* NULL: there is none */

/* ---- rows as text ---- */

typedef struct answer {
    int rc;
    char why[200];
    size_t len;
    char **rows;
} answer;

static char *cells_text(vg_arena *arena, char cells[MAX_FIELDS][CELL], int count)
{
    char *out = take(arena, (size_t)count * (CELL + 1) + 1);
    for (int i = 0; i < count; i++) {
        strcat(out, i ? "|" : "");
        strcat(out, cells[i]);
    }
    return out;
}

static void real_text(char out[CELL], double x)
{
    snprintf(out, CELL, "%.15g", x == 0 ? 0.0 : x); /* -0.0 is 0.0 */
}

/* Text is cut, but a hash of all of it stays. */
static void text_text(char out[CELL], const char *text, size_t len)
{
    unsigned hash = 5381;
    for (size_t i = 0; i < len; i++)
        hash = hash * 33 + (unsigned char)text[i];
    snprintf(out, CELL, "'%.60s' %zu %08x", text, len, hash);
}

static void virga_cell(char out[CELL], const random_row *r, int i, type t)
{
    snprintf(out, CELL, "null");
    if (t == INT_ && r->field[i].i.has)
        snprintf(out, CELL, "%" PRId64, r->field[i].i.v);
    else if (t == BOOL_ && r->field[i].b.has)
        snprintf(out, CELL, "%d", r->field[i].b.v);
    else if (t == REAL_ && r->field[i].r.has)
        real_text(out, r->field[i].r.v);
    else if (t == TEXT_ && r->field[i].t)
        text_text(out, r->field[i].t, vg_text_len(r->field[i].t));
}

static void sqlite_cell(char out[CELL], sqlite3_stmt *s, int i, type t)
{
    if (sqlite3_column_type(s, i) == SQLITE_NULL)
        snprintf(out, CELL, "null");
    else if (t == TEXT_)
        text_text(out, (const char *)sqlite3_column_text(s, i),
                  (size_t)sqlite3_column_bytes(s, i));
    else if (t == REAL_)
        real_text(out, sqlite3_column_double(s, i));
    else if (t == BOOL_)
        snprintf(out, CELL, "%d", sqlite3_column_int64(s, i) != 0);
    else
        snprintf(out, CELL, "%" PRId64, (int64_t)sqlite3_column_int64(s, i));
}

static answer by_virga(vg_db *db, vg_arena *arena, const query *q, const vg_clause *c,
                       size_t count)
{
    char cells[MAX_FIELDS][CELL];
    row_list list;
    answer a = {.rc = vg_run_all(db, arena, &list, "differential:1", c, count)};
    snprintf(a.why, sizeof a.why, "%s", vg_errmsg(db));
    a.len = a.rc ? 0 : list.len;
    a.rows = take(arena, (a.len + 1) * sizeof *a.rows);
    for (size_t n = 0; n < a.len; n++) {
        for (int i = 0; i < q->fields; i++)
            virga_cell(cells[i], &list.data[n], i, q->field[i]->type);
        a.rows[n] = cells_text(arena, cells, q->fields);
    }
    return a;
}

/* An INTEGER that has overflowed into a real: Virga refuses to cut it, and is right. */
static bool overflowed(sqlite3_stmt *s, const query *q)
{
    for (int i = 0; i < q->fields; i++)
        if (q->field[i]->type == INT_ && sqlite3_column_type(s, i) == SQLITE_FLOAT)
            return true;
    return false;
}

static answer by_sqlite(sqlite3 *db, vg_arena *arena, const query *q, const char *sql,
                        bool *overflow)
{
    char cells[MAX_FIELDS][CELL];
    sqlite3_stmt *s = NULL;
    answer a = {.rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL)};
    a.rows = take(arena, MOST_ROWS * sizeof *a.rows);
    while (!a.rc && (a.rc = sqlite3_step(s)) == SQLITE_ROW && a.len < MOST_ROWS) {
        *overflow |= overflowed(s, q);
        for (int i = 0; i < q->fields; i++)
            sqlite_cell(cells[i], s, i, q->field[i]->type);
        a.rows[a.len++] = cells_text(arena, cells, q->fields);
        a.rc = SQLITE_OK;
    }
    a.rc = a.rc == SQLITE_DONE ? SQLITE_OK : a.rc;
    snprintf(a.why, sizeof a.why, "%s", sqlite3_errmsg(db));
    sqlite3_finalize(s);
    return a;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* ---- one query ---- */

static bool report(vg_arena *arena, uint64_t seed, const vg_clause *c, size_t count,
                   const char *sql, const char *what)
{
    vg_rendered text;
    int rc = vg_render_sql(arena, &vg_dialect_sqlite, &text, c, count);
    printf("seed %" PRIu64 ": %s\nvirga:  %s\n", seed, what,
           rc ? text.error : text.text);
    for (size_t i = 0; !rc && i < text.param_count; i++) {
        vg_value v = text.params[i];
        switch (vg_value_kind_of(v)) {
        case VG_V_TEXT: printf("        '%s'\n", v.s); break;
        case VG_V_REAL: printf("        %g\n", v.d); break;
        default: printf("        %" PRId64 "\n", v.i); break;
        }
    }
    printf("sqlite: %s\n", sql);
    return false;
}

static bool same(vg_arena *arena, const query *q, answer *v, answer *s, char **what)
{
    *what = take(arena, 4096);
    if (v->rc || s->rc) {
        snprintf(*what, 4096, "virga says %s %s, sqlite3 %s", vg_code_name(v->rc),
                 v->why, s->why);
        return v->rc && s->rc;
    }
    if (!q->orders) {
        qsort(v->rows, v->len, sizeof *v->rows, by_text);
        qsort(s->rows, s->len, sizeof *s->rows, by_text);
    }
    for (size_t i = 0; i < v->len || i < s->len; i++) {
        const char *a = i < v->len ? v->rows[i] : "(no row)";
        const char *b = i < s->len ? s->rows[i] : "(no row)";
        if (strcmp(a, b) != 0) {
            snprintf(*what, 4096, "row %zu differs\n    %s\n    %s", i, a, b);
            return false;
        }
    }
    return true;
}

/* Whether PostgreSQL has the same rows. Left out is what is otherwise there on purpose: which
 * rows a LIMIT leaves and a window has (NULLs sort at the other end), the case of letters
 * that are not ASCII, the text of a REAL, shifts by more than there is, errors of the server
 * where SQLite makes something of any value. */
static bool agrees(vg_arena *arena, const query *q, const vg_clause *c, size_t count,
                   answer *sqlite, char **what)
{
    static const char *const otherwise[] = {" limit ",  " offset ", " over ",
                                            "like ",    "upper(",   "lower(",
                                            "as text)", " << ",     " >> "};
    query unordered = *q;
    vg_rendered text;
    int rc = vg_render_sql(arena, &vg_dialect_postgres, &text, c, count);
    for (size_t i = 0; i < sizeof otherwise / sizeof *otherwise; i++)
        if (rc || strstr(text.text, otherwise[i]))
            return true;
    answer ours = by_virga(postgres, arena, q, c, count);
    if (ours.rc || sqlite->rc)
        return true;
    unordered.orders = false;
    counts.both++;
    return same(arena, &unordered, &ours, sqlite, what);
}

static bool check(vg_db *db, vg_arena *arena, uint64_t seed, query *q)
{
    size_t count;
    char *what;
    bool overflow = false;
    const char *sql = write_query(arena, q);
    const vg_clause *c = build_query(arena, q, &count);
    if (!c) {
        counts.skipped++;
        return true;
    }
    answer raw = by_sqlite(vg_raw(db), arena, q, sql, &overflow);
    if (raw.len == MOST_ROWS) {
        counts.skipped++;
        return true;
    }
    for (int run = 0; run < 2; run++) {
        answer ours = by_virga(db, arena, q, c, count);
        /* A sum overflows, or not, by the order of its rows, or is not asked for at all. */
        bool sum = !ours.rc != !raw.rc && (strstr(raw.why, "integer overflow") ||
                                           strstr(ours.why, "integer overflow"));
        if (sum || (overflow && ours.rc == VG_VALUE)) {
            counts.refused++;
            return true;
        }
        if (!same(arena, q, &ours, &raw, &what))
            return report(arena, seed, c, count, sql, what);
    }
    if (postgres && !agrees(arena, q, c, count, &raw, &what)) {
        vg_rendered text;
        vg_render_sql(arena, &vg_dialect_postgres, &text, c, count);
        printf("postgres: %s\n", text.text);
        return report(arena, seed, c, count, sql, what);
    }
    counts.failed += raw.rc != SQLITE_OK;
    counts.rows += (long)raw.len;
    counts.empty += raw.len == 0;
    return true;
}

/* A database, its data and some queries, all from one seed. */
static bool round_of(uint64_t seed, long queries)
{
    vg_db *db;
    vg_arena arena = {0};
    uint64_t next = seed;
    bool fine = vg_open(&db, ":memory:", NULL) == VG_OK &&
                vg_create(db, &shop) == VG_OK &&
                vg_script(db, generate_data(&arena, &next)) == VG_OK;
    uint64_t again = seed;
    if (fine && postgres)
        fine = vg_script(postgres, "drop schema if exists differential cascade; "
                                   "create schema differential; "
                                   "set search_path to differential") == VG_OK &&
               vg_create(postgres, &shop) == VG_OK &&
               vg_script(postgres, generate_data(&arena, &again)) == VG_OK;
    if (!fine)
        printf("set-up: %s\n", vg_errmsg(postgres ? postgres : db));
    for (long i = 0; fine && i < queries; i++) {
        counts.queries++;
        fine = check(db, &arena, seed, generate_query(&arena, &next));
    }
    vg_close(db);
    vg_arena_free(&arena);
    return fine;
}

int main(int argc, char **argv)
{
    long wanted = argc > 1 ? strtol(argv[1], NULL, 10) : 2000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    const char *url = argc > 3 ? argv[3] : NULL;
    if (url && strcmp(url, "-") == 0)
        url = getenv("VIRGA_POSTGRES_URL");
    bool fine = argc < 4 || vg_open(&postgres, url, NULL) == VG_OK;
    for (; fine && counts.queries < wanted; seed++) {
        long rest = wanted - counts.queries;
        fine = round_of(seed * UINT64_C(0x9e3779b97f4a7c15),
                        rest < PER_DATABASE ? rest : PER_DATABASE);
        if (!fine)
            printf("again: differential %d %" PRIu64 "\n", PER_DATABASE, seed);
    }
    printf("%ld queries, %ld rows; %ld without rows, %ld failed in both, "
           "%ld overflowed, %ld skipped\n",
           counts.queries, counts.rows, counts.empty, counts.failed, counts.refused,
           counts.skipped);
    if (postgres)
        printf("%ld the same on PostgreSQL\n", counts.both);
    vg_close(postgres);
    return fine && counts.failed * 20 < wanted ? 0 : 1;
}
