/* The routes by hand, on libpq: one connection, each statement prepared once under a name,
 * parameters and results in binary, PQgetvalue and PQgetlength, rows as structs in a bump
 * arena that is reset per answer. */
#include <libpq-fe.h>

#define A1       "$1"
#define A2       "$2"
#define LIKE_    "ilike "
#define WHOLE(x) x "::bigint"
typedef struct place {
    const PGresult *result;
    int row;
} place;
#include "by_hand.h"

struct by_hand {
    PGconn *db;
    char names[STATEMENTS][8];
    struct arena arena;
};

static inline struct arena *arena_of(struct by_hand *h)
{
    return &h->arena;
}

/* --- values --- */

static inline bool null_at(place at, int column)
{
    return PQgetisnull(at.result, at.row, column);
}

static inline int64_t int_at(place at, int column)
{
    uint64_t n;
    memcpy(&n, PQgetvalue(at.result, at.row, column), sizeof n);
    return (int64_t)__builtin_bswap64(n);
}

static inline double real_at(place at, int column)
{
    int64_t bits = int_at(at, column);
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

static inline const char *text_at(struct arena *a, place at, int column)
{
    if (null_at(at, column))
        return NULL;
    return take_text(a, PQgetvalue(at.result, at.row, column),
                     (size_t)PQgetlength(at.result, at.row, column));
}

/* --- rows --- */

static PGresult *execute(struct by_hand *h, int statement, const struct parameters *p)
{
    static const int lengths[] = {8, 8}, formats[] = {1, 1};
    uint64_t room[2] = {__builtin_bswap64((uint64_t)p->numbers[0]),
                        __builtin_bswap64((uint64_t)p->numbers[1])};
    const char *numbers[] = {(const char *)&room[0], (const char *)&room[1]};
    PGresult *result = p->count
                           ? PQexecPrepared(h->db, h->names[statement], p->count,
                                            numbers, lengths, formats, 1)
                           : PQexecPrepared(h->db, h->names[statement], 1, &p->text,
                                            &(int){(int)strlen(p->text)}, formats, 1);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        die("%s: %s", statements[statement], PQerrorMessage(h->db));
    return result;
}

static inline __attribute__((always_inline)) size_t
read_all(struct by_hand *h, int statement, struct parameters p, size_t room,
         size_t size, read_fn *read, void **rows)
{
    (void)room; /* the result knows it */
    PGresult *result = execute(h, statement, &p);
    int count = PQntuples(result);
    char *data = take(&h->arena, (size_t)count * size);
    for (int i = 0; i < count; i++)
        read(&h->arena, (place){result, i}, data + (size_t)i * size);
    PQclear(result);
    *rows = data;
    return (size_t)count;
}

static inline __attribute__((always_inline)) void *
read_one(struct by_hand *h, int statement, int64_t key, size_t size, read_fn *read)
{
    void *row;
    struct parameters p = {.count = 1, .numbers = {key}};
    return read_all(h, statement, p, 1, size, read, &row) ? row : NULL;
}

/* --- the connection --- */

static void check(struct by_hand *h, PGresult *result, const char *sql)
{
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        die("%s: %s", sql, PQerrorMessage(h->db));
    PQclear(result);
}

struct by_hand *by_hand_open(const char *url, const char *const *script)
{
    struct by_hand *h = calloc(1, sizeof *h);
    if (!h)
        die("out of memory");
    new_arena(&h->arena);
    h->db = PQconnectdb(url);
    if (PQstatus(h->db) != CONNECTION_OK)
        die("%s", PQerrorMessage(h->db));
    for (; *script; script++)
        check(h, PQexec(h->db, *script), *script);
    for (int i = 0; i < STATEMENTS; i++) {
        h->names[i][0] = 's';
        h->names[i][1] = (char)('a' + i);
        check(h, PQprepare(h->db, h->names[i], statements[i], 0, NULL), statements[i]);
    }
    return h;
}

void by_hand_close(struct by_hand *h)
{
    PQfinish(h->db);
    free(h->arena.start);
    free(h);
}
