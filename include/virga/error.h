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

/* One list gives the codes, their names, the SQLSTATE of a failure of which no more is known
 * (ISO 9075's where it has one, else PostgreSQL's) and a sentence. */
#define VG_CODES(X)                                                                \
    X(OK, "00000", "no error")                                                     \
    X(NOT_FOUND, "02000", "no row matches")                                        \
    X(INVALID, "42000", "the query or an argument is not valid")                   \
    X(UNIQUE, "23505", "a UNIQUE or PRIMARY KEY constraint refuses the row")       \
    X(FOREIGN_KEY, "23503", "a FOREIGN KEY constraint refuses the change")         \
    X(NOT_NULL, "23502", "a NOT NULL column has no value")                         \
    X(CHECK, "23514", "a CHECK constraint refuses the row")                        \
    X(NULL_VALUE, "22002", "a NULL arrived where the row's field cannot hold one") \
    X(VALUE, "22000", "a value does not fit its type")                             \
    X(BUSY, "55P03", "the database is locked by another connection")               \
    X(READ_ONLY, "25006", "the database cannot be written")                        \
    X(FULL, "53100", "the disk or the database is full")                           \
    X(CORRUPT, "XX001", "the file is damaged or is no database")                   \
    X(IO, "58030", "reading or writing failed")                                    \
    X(CONNECT, "08001", "the database cannot be opened")                           \
    X(SYNTAX, "42601", "the database does not understand the SQL")                 \
    X(SCHEMA, "42704", "a table or column is not there, or differs")               \
    X(NO_MEMORY, "53200", "out of memory")                                         \
    X(TOO_BIG, "54000", "a limit of the database is exceeded")                     \
    X(ROLLED_BACK, "40000", "the transaction was rolled back")                     \
    X(INTERRUPTED, "57014", "the query was interrupted")                           \
    X(MISUSE, "55000", "a handle is used in a way it does not allow")              \
    X(UNSUPPORTED, "0A000", "this database or library version cannot do that")     \
    X(DATABASE, "XX000", "the database reports an error of its own")

typedef enum vg_code {
#define VG_CODE_ENUM(name, sqlstate, text) VG_##name,
    VG_CODES(VG_CODE_ENUM)
#undef VG_CODE_ENUM
} vg_code;

/* What is known about the last failure of a handle. Strings are "" when unknown and
 * live, like the struct, in the handle until its next call. */
typedef struct vg_error {
    int code;         /* a vg_code */
    int native;       /* the database's own number (SQLite: the extended result code) */
    char sqlstate[6]; /* five characters of ISO 9075, as exact as is known */
    char constraint[64]; /* the constraint's or index's name */
    char table[64];      /* the database's name of the table */
    char column[130];    /* of the column or columns, comma-separated */
    char file[96];       /* where the call stands in the program ... */
    int line;            /* ... and its line; 0 when unknown */
    char sql[512]; /* the statement, cut when it is longer; never a parameter's value */
    int position; /* the byte of the statement that it is about, from 1; 0 when unknown */
    char message[512]; /* one line for a person */
} vg_error;

/* The name of a code, "VG_UNIQUE"; "VG_?" for a number that is none. Constant data. */
VG_API const char *vg_code_name(int code);

/* One sentence on what a code means. Constant data. */
VG_API const char *vg_code_text(int code);

/* The SQLSTATE of a code, "23505" of VG_UNIQUE; "HY000" for a number that is none. The one in
 * vg_error may be more exact: "42P01", no such table, of VG_SCHEMA. Constant data. */
VG_API const char *vg_code_sqlstate(int code);

/* Where the mistake is: the line of the statement that has it and, below, a caret, in `out`
 * of `room` bytes (200 are plenty); a long line is cut at both sides. `sql` is the text that
 * error->position counts in; NULL: error->sql, of which the end may be missing. Returns
 * `out`, which is "" when no position is known. Any thread.
 *     char where[200];
 *     fprintf(stderr, "%s\n%s", vg_errmsg(db),
 *             vg_error_caret(vg_errinfo(db), NULL, where, sizeof where));
 *
 *         column "emial" does not exist
 *         select "emial" from "users"
 *                ^                                                                       */
VG_API char *vg_error_caret(const vg_error *error, const char *sql, char *out,
                            size_t room);

VG_END_DECLS
