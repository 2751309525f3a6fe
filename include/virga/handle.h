/* Handles: connections and cursors. What needs no SQL words, C++ included. */
#pragma once
#pragma GCC system_header
#include <virga/arena.h>
#include <virga/error.h>
#include <virga/cache.h>
#include <virga/report.h>
#include <virga/value.h>

VG_BEGIN_DECLS

/* "file:line" of the place where it stands, for error messages and logs. */
#define VG_HERE            __FILE__ ":" VG_HERE_LINE(__LINE__)
#define VG_HERE_LINE(line) VG_HERE_TEXT(line)
#define VG_HERE_TEXT(line) #line

/* A connection. One thread at a time. */
typedef struct vg_db vg_db;

/* A query whose rows are read one by one. Belongs to its connection's thread. */
typedef struct vg_cursor vg_cursor;

/* One statement that has run, for a log. Strings live until the hook returns. */
typedef struct vg_log_event {
    const char *sql;
    const vg_value *params; /* NULL when they are redacted */
    size_t param_count;
    int64_t duration_ns; /* from before the bind to after the last row was read */
    int64_t rows;        /* read, or changed when none were read */
    int code;            /* vg_code */
    const char *here;    /* "file:line" of the call */
} vg_log_event;

/* Called after each statement, on the thread that ran it. It must not use the
 * connection. */
typedef void (*vg_log_fn)(void *ctx, const vg_log_event *event);

typedef enum vg_journal {
    VG_JOURNAL_WAL,
    VG_JOURNAL_KEEP,
    VG_JOURNAL_DELETE
} vg_journal;
typedef enum vg_synchronous {
    VG_SYNC_NORMAL,
    VG_SYNC_FULL,
    VG_SYNC_OFF,
    VG_SYNC_EXTRA
} vg_synchronous;

/* How to open a database; all zero is a good choice. What is marked `SQLite` is about its files
 * and has no effect on a server, which has settings of its own (there foreign keys are always
 * enforced, and `set synchronous_commit` is a statement like others). */
typedef struct vg_options {
    vg_journal journal;         /* SQLite. 0: WAL for files that can be written */
    vg_synchronous synchronous; /* SQLite. 0: NORMAL */
    bool foreign_keys_off; /* SQLite: foreign keys are enforced unless this is set */
    bool read_only;        /* the same as ?mode=ro */
    bool redact_params;    /* the log gets no parameter values */
    int busy_timeout_ms;   /* 0: 5000; below 0: do not wait */
    int query_timeout_ms;  /* of one call, waits included; 0: no limit */
    int busy_retries;      /* of a whole transaction; 0: 5; below 0: none */
    int statement_cache;   /* kept prepared statements; 0: 128 */
    int checkpoint_pages;  /* SQLite: of the write-ahead log, until it is moved into the
                                   database; 0: 1000, below 0: never by itself */
    int log_limit_kib;     /* SQLite: of the log's file when it begins anew; 0: none */
    int cache_kib;         /* SQLite: page cache; 0: the database's default */
    vg_log_fn log;         /* NULL: no log */
    void *log_ctx;
    vg_warning_fn warn; /* see report.h; NULL: no warnings, in debug builds to stderr */
    void *warn_ctx;
    int repeat_limit;     /* warn of more runs than that; 0: 10; below 0: never */
    int repeat_window_ms; /* outside of transactions, within that; 0: 100 */
    int slow_ms;          /* warn of statements that take so long; 0: never */
    bool statement_stats; /* count for vg_statement_stats */
    bool faults;          /* let vg_fault_set make things fail; for tests */
    int change_limit;     /* of a batch for vg_on_change; 0: 65536 */
    vg_query_cache *query_cache; /* NULL: no results are kept; see cache.h */
    vg_allocator allocator;      /* zeroed: the C library */
} vg_options;

/* What the statement cache has done. */
typedef struct vg_stats {
    uint64_t hits;    /* statements found prepared */
    uint64_t misses;  /* rendered and prepared */
    uint64_t evicted; /* finalised to make room */
    uint64_t nested;  /* prepared once more because the first was in use */
    uint64_t cached;  /* in the cache now */
} vg_stats;

/* Open a database by URL or path and store the handle in *db: "blog.db",
 * "file:blog.db?mode=ro" (ro, rw, rwc, memory; percent-encoding as in RFC 3986),
 * ":memory:", "sqlite:blog.db"; or a server of PostgreSQL, "postgres://user@host/name" or
 * libpq's "host=... dbname=...", with libpq's parameters and prepared=auto, on or off (off:
 * no statement is kept on the server, for poolers; auto finds out). `options` may be NULL.
 * Even when this fails *db is a handle (unless it is VG_NO_MEMORY, then NULL) that has the
 * error's text; close it either way. Any thread. */
VG_API int vg_open(vg_db **db, const char *url, const vg_options *options);

/* Finish what is open (cursors, a transaction: rolled back), finalise the statements and
 * close. NULL is ignored. Returns VG_OK, or VG_MISUSE when cursors were still open; of a
 * pool's connection too, which is not closed. options.warn is told of each cursor, and of
 * the transaction, with its place. */
VG_API int vg_close(vg_db *db);

/* The last call's message, one line, "" if it succeeded. Lives until the next call. */
VG_API const char *vg_errmsg(const vg_db *db);

/* The last call's failure in detail. Lives until the next call. */
VG_API const vg_error *vg_errinfo(const vg_db *db);

/* Rows that the last INSERT, UPDATE or DELETE changed; the key of the last inserted row
 * that has an integer key. On PostgreSQL the last value that the session has had of a sequence
 * (lastval(); a key that was given is none), 0: none yet; it asks the server, at most once
 * after each insert. RETURNING tells more, and with the insert itself. */
VG_API int64_t vg_changes(const vg_db *db);
VG_API int64_t vg_last_id(const vg_db *db);

/* What the statement cache has done since the database was opened. */
VG_API vg_stats vg_statistics(const vg_db *db);

/* The database's own handle, a sqlite3 * or a PGconn *. It stays Virga's: do not close it,
 * and let nothing be under way on it when Virga is called again. NULL when the database is
 * not open or its server is gone. */
VG_API void *vg_raw(vg_db *db);

/* What SQL the connection speaks: "sqlite" or "postgresql", as virga.json calls it. For a
 * program that brings migrations for both; what a database cannot do is told by the call
 * that asks for it, VG_UNSUPPORTED. Constant data, known even when vg_open has failed.
 *     const vg_migrations *mine = strcmp(vg_dialect_name(db), "sqlite") == 0 ? &a : &b; */
VG_API const char *vg_dialect_name(const vg_db *db);

/* Run SQL text of several statements, as in a migration. `script` must be the program's
 * own: nothing is bound or escaped. Stops at the first failure; wrap it in a transaction
 * if it must be all or nothing. */
VG_API int vg_script(vg_db *db, const char *script);

/* The next row of a cursor: true, or false at the end and on failure. */
VG_API bool vg_next(vg_cursor *cursor);

/* End a cursor, at any row, and tell how it went: VG_OK or the failure of vg_next. NULL
 * is ignored (VG_OK). */
VG_API int vg_finish(vg_cursor *cursor);

VG_END_DECLS
