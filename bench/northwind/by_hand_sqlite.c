/* The routes by hand, on sqlite3: default open flags, each statement prepared once and kept,
 * sqlite3_column_text and _bytes, rows as structs in a bump arena that is reset per answer. */
#include <sqlite3.h>

#define A1       "?"
#define A2       "?"
#define LIKE_    "like "
#define WHOLE(x) x
typedef sqlite3_stmt *place;
#include "by_hand.h"

struct by_hand {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    struct arena arena;
};

static inline struct arena *arena_of(struct by_hand *h)
{
    return &h->arena;
}

/* --- values --- */

static inline bool null_at(place at, int column)
{
    return sqlite3_column_type(at, column) == SQLITE_NULL;
}

static inline int64_t int_at(place at, int column)
{
    return sqlite3_column_int64(at, column);
}

static inline double real_at(place at, int column)
{
    return sqlite3_column_double(at, column);
}

static inline const char *text_at(struct arena *a, place at, int column)
{
    const unsigned char *text = sqlite3_column_text(at, column);
    return text ? take_text(a, text, (size_t)sqlite3_column_bytes(at, column)) : NULL;
}

/* --- rows --- */

static inline void finish(struct by_hand *h, sqlite3_stmt *s, int rc)
{
    if (rc != SQLITE_DONE)
        die("%s: %s", sqlite3_sql(s), sqlite3_errmsg(h->db));
    sqlite3_reset(s);
}

static inline __attribute__((always_inline)) size_t
read_all(struct by_hand *h, int statement, struct parameters p, size_t room,
         size_t size, read_fn *read, void **rows)
{
    sqlite3_stmt *s = h->statements[statement];
    char *data = take(&h->arena, room * size);
    size_t len = 0;
    int rc;
    for (int i = 0; i < p.count; i++)
        sqlite3_bind_int64(s, i + 1, p.numbers[i]);
    if (!p.count)
        sqlite3_bind_text(s, 1, p.text, -1, SQLITE_STATIC);
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        if (len == room) {
            char *more = take(&h->arena, 2 * room * size);
            memcpy(more, data, len * size);
            data = more;
            room *= 2;
        }
        read(&h->arena, s, data + len++ * size);
    }
    finish(h, s, rc);
    *rows = data;
    return len;
}

/* There is no need to step on after the row. */
static inline __attribute__((always_inline)) void *
read_one(struct by_hand *h, int statement, int64_t key, size_t size, read_fn *read)
{
    sqlite3_stmt *s = h->statements[statement];
    void *row = NULL;
    sqlite3_bind_int64(s, 1, key);
    int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        row = take(&h->arena, size);
        read(&h->arena, s, row);
        rc = SQLITE_DONE;
    }
    finish(h, s, rc);
    return row;
}

/* --- the connection --- */

struct by_hand *by_hand_open(const char *file, const char *const *script)
{
    struct by_hand *h = calloc(1, sizeof *h);
    if (!h)
        die("out of memory");
    new_arena(&h->arena);
    if (sqlite3_open(file, &h->db) != SQLITE_OK)
        die("%s: %s", file, sqlite3_errmsg(h->db));
    /* Where SQLite has lookaside memory, the default is small for kept statements. */
    sqlite3_db_config(h->db, SQLITE_DBCONFIG_LOOKASIDE, NULL, 1200, 400);
    for (; *script; script++) {
        if (sqlite3_exec(h->db, *script, NULL, NULL, NULL) != SQLITE_OK)
            die("%s: %s", *script, sqlite3_errmsg(h->db));
    }
    for (int i = 0; i < STATEMENTS; i++) {
        if (sqlite3_prepare_v3(h->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &h->statements[i], NULL))
            die("%s: %s", statements[i], sqlite3_errmsg(h->db));
    }
    return h;
}

void by_hand_close(struct by_hand *h)
{
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(h->statements[i]);
    sqlite3_close(h->db);
    free(h->arena.start);
    free(h);
}
