/* What the hand-written side shares: its state, parameters, results, a row of customers. */
#pragma once
#include "../raw_rows.h"

#include <libpq-fe.h>
#include <stdlib.h>

/* --- the arena: one block, as large as any op needs --- */

enum { ARENA_BYTES = 1 << 20 };

struct arena {
    char *at, *end, *start;
};

static inline void *arena_alloc(struct arena *a, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if (size > (size_t)(a->end - a->at))
        die("the arena is full");
    void *p = a->at;
    a->at += size;
    return p;
}

static inline void arena_reset(struct arena *a)
{
    a->at = a->start;
}

/* --- state --- */

struct raw {
    PGconn *db;
    struct arena arena;
    void *rows; /* what the last op read, structs of the workload's type */
    size_t count;
    size_t capacity; /* of scan's array, in rows */
};

static inline struct raw *open_raw(const char *url, const char *const *script)
{
    struct raw *r = calloc(1, sizeof *r);
    char *block = malloc(ARENA_BYTES);
    if (!r || !block)
        die("out of memory");
    r->arena = (struct arena){block, block + ARENA_BYTES, block};
    r->db = PQconnectdb(url);
    if (PQstatus(r->db) != CONNECTION_OK)
        die("%s", PQerrorMessage(r->db));
    for (; *script; script++) {
        PGresult *result = PQexec(r->db, *script);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            die("%s: %s", *script, PQerrorMessage(r->db));
        PQclear(result);
    }
    return r;
}

static inline void prepare(struct raw *r, const char *name, const char *sql)
{
    PGresult *result = PQprepare(r->db, name, sql, 0, NULL);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        die("%s: %s", sql, PQerrorMessage(r->db));
    PQclear(result);
}

static inline void teardown(void *state)
{
    struct raw *r = state;
    PQfinish(r->db);
    free(r->arena.start);
    if (r->capacity)
        free(r->rows);
    free(r);
}

/* --- parameters --- */

enum { MAX_PARAMS = 10 };

struct params {
    int count;
    const char *values[MAX_PARAMS];
    int lengths[MAX_PARAMS], formats[MAX_PARAMS];
    uint64_t room[MAX_PARAMS];
};

static inline void bind_int(struct params *p, int64_t n)
{
    int i = p->count++;
    p->room[i] = __builtin_bswap64((uint64_t)n);
    p->values[i] = (const char *)&p->room[i];
    p->lengths[i] = 8;
    p->formats[i] = 1;
}

static inline void bind_real(struct params *p, double d)
{
    int64_t bits;
    memcpy(&bits, &d, sizeof bits);
    bind_int(p, bits);
}

static inline void bind_text(struct params *p, const char *text)
{
    int i = p->count++;
    p->values[i] = text;
    p->lengths[i] = text ? (int)strlen(text) : 0;
    p->formats[i] = 1;
}

static inline PGresult *execute(struct raw *r, const char *name, const struct params *p)
{
    PGresult *result =
        PQexecPrepared(r->db, name, p->count, p->values, p->lengths, p->formats, 1);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        die("%s: %s", name, PQerrorMessage(r->db));
    return result;
}

static inline void run(struct raw *r, const char *sql)
{
    PGresult *result = PQexec(r->db, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        die("%s: %s", sql, PQerrorMessage(r->db));
    PQclear(result);
}

/* --- results --- */

static inline int64_t get_int(const PGresult *r, int row, int column)
{
    uint64_t n;
    memcpy(&n, PQgetvalue(r, row, column), sizeof n);
    return (int64_t)__builtin_bswap64(n);
}

static inline double get_real(const PGresult *r, int row, int column)
{
    int64_t bits = get_int(r, row, column);
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

static inline const char *get_text(struct arena *a, const PGresult *r, int row,
                                   int column)
{
    if (PQgetisnull(r, row, column))
        return NULL;
    size_t len = (size_t)PQgetlength(r, row, column);
    char *copy = arena_alloc(a, len + 1);
    memcpy(copy, PQgetvalue(r, row, column), len + 1);
    return copy;
}

/* --- customers --- */

static inline void read_customer(struct arena *a, const PGresult *r, int row,
                                 struct customer *c)
{
    c->id = get_int(r, row, 0);
    c->company = get_text(a, r, row, 1);
    c->contact = get_text(a, r, row, 2);
    c->title = get_text(a, r, row, 3);
    c->address = get_text(a, r, row, 4);
    c->city = get_text(a, r, row, 5);
    c->region = get_text(a, r, row, 6);
    c->postal_code = get_text(a, r, row, 7);
    c->country = get_text(a, r, row, 8);
    c->phone = get_text(a, r, row, 9);
    c->fax = get_text(a, r, row, 10);
}

/* --- between the files --- */

/* All of order_details as one op of scan reads them, and their hash. */
void raw_read_details(struct raw *r);
uint64_t raw_hash_details(void *state);

/* Those of raw_many.c. */
extern const struct workload raw_many[];
