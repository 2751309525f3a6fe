/* What can go wrong, and what is known about it.
 *
 * Every call that can fail returns a vg_code: VG_OK (zero) or the reason. The text and
 * the details live in the handle that failed, until its next call:
 *
 *     if (vg_exec(db, INSERT_INTO(users, SET(email, "a@b.c"))) == VG_UNIQUE)
 *         fprintf(stderr, "%s\n", vg_errmsg(db));
 *
 * Nothing aborts, nothing jumps; reporting never allocates. */
#pragma once
#pragma GCC system_header
#include <virga/api.h>
#include <stddef.h>

VG_BEGIN_DECLS

/* One list gives the codes, their names and a sentence. */
#define VG_CODES(X)                                                       \
    X(OK, "no error")                                                     \
    X(NOT_FOUND, "no row matches")                                        \
    X(INVALID, "the query or an argument is not valid")                   \
    X(UNIQUE, "a UNIQUE or PRIMARY KEY constraint refuses the row")       \
    X(FOREIGN_KEY, "a FOREIGN KEY constraint refuses the change")         \
    X(NOT_NULL, "a NOT NULL column has no value")                         \
    X(CHECK, "a CHECK constraint refuses the row")                        \
    X(NULL_VALUE, "a NULL arrived where the row's field cannot hold one") \
    X(VALUE, "a value does not fit its type")                             \
    X(BUSY, "the database is locked by another connection")               \
    X(READ_ONLY, "the database cannot be written")                        \
    X(FULL, "the disk or the database is full")                           \
    X(CORRUPT, "the file is damaged or is no database")                   \
    X(IO, "reading or writing failed")                                    \
    X(CONNECT, "the database cannot be opened")                           \
    X(SYNTAX, "the database does not understand the SQL")                 \
    X(SCHEMA, "a table or column is not there, or differs")               \
    X(NO_MEMORY, "out of memory")                                         \
    X(TOO_BIG, "a limit of the database is exceeded")                     \
    X(ROLLED_BACK, "the transaction was rolled back")                     \
    X(INTERRUPTED, "the query was interrupted")                           \
    X(MISUSE, "a handle is used in a way it does not allow")              \
    X(UNSUPPORTED, "this database or library version cannot do that")     \
    X(DATABASE, "the database reports an error of its own")

typedef enum vg_code {
#define VG_CODE_ENUM(name, text) VG_##name,
    VG_CODES(VG_CODE_ENUM)
#undef VG_CODE_ENUM
} vg_code;

/* What is known about the last failure of a handle. Strings are "" when unknown and
 * live, like the struct, in the handle until its next call. */
typedef struct vg_error {
    int code;         /* a vg_code */
    int native;       /* the database's own number (SQLite: the extended result code) */
    char sqlstate[6]; /* five characters of ISO 9075, or "" */
    char constraint[64]; /* the constraint's or index's name */
    char table[64];      /* the database's name of the table */
    char column[130];    /* of the column or columns, comma-separated */
    char file[96];       /* where the call stands in the program ... */
    int line;            /* ... and its line; 0 when unknown */
    char sql[512]; /* the statement, cut when it is longer; never a parameter's value */
    char message[512]; /* one line for a person */
} vg_error;

/* The name of a code, "VG_UNIQUE"; "VG_?" for a number that is none. Constant data. */
VG_API const char *vg_code_name(int code);

/* One sentence on what a code means. Constant data. */
VG_API const char *vg_code_text(int code);

VG_END_DECLS
