/* Plain values: what columns hold once they are in C. No database here.
 *
 *     INTEGER   int64_t        vg_opt_int         BLOB     vg_bytes (data NULL: no value)
 *     REAL      double         vg_opt_real        JSON     const char * (NULL: no value)
 *     BOOLEAN   bool           vg_opt_bool        TEXT     const char * (NULL: no value)
 *     TIMESTAMP vg_timestamp   vg_opt_time        NUMERIC  const char * (NULL: no value)
 *     DATE      vg_timestamp   vg_opt_time        UUID     vg_uuid, vg_opt_uuid
 *
 * The left type is the field of a NOT NULL column, the vg_opt_ type that of a
 * column that may be NULL. All of them are plain data: copy them freely. */
#pragma once
#pragma GCC system_header
#include <virga/api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

VG_BEGIN_DECLS

/* A point in time: microseconds since 1970-01-01T00:00:00Z, negative before it.
 * Whatever a column stores (seconds, milliseconds, microseconds, ISO text), it is
 * read into this one type; a DATE is its midnight in UTC. */
typedef struct vg_timestamp {
    int64_t us; /* microseconds since the epoch, UTC */
} vg_timestamp;

/* A UUID of RFC 9562: 16 bytes in network order. Passed to queries by address. */
typedef struct vg_uuid {
    uint8_t bytes[16];
} vg_uuid;

/* Bytes that somebody else owns. In a row they lie in the row's arena. */
typedef struct vg_bytes {
    const void *data; /* NULL: no value (SQL NULL); an empty blob has data and len 0 */
    size_t len;       /* in bytes */
} vg_bytes;

/* Text of a known length that need not end in NUL and may hold NULs; somebody else
 * owns it. Accepted wherever a query takes a string. */
typedef struct vg_str {
    const char *ptr; /* NULL: no value */
    size_t len;      /* in bytes */
} vg_str;

/* Values that may be missing. Zero-initialised they are NULL.
 *     if (row->age.has) printf("%" PRId64, row->age.v); */
typedef struct vg_opt_int {
    bool has;
    int64_t v;
} vg_opt_int;
typedef struct vg_opt_real {
    bool has;
    double v;
} vg_opt_real;
typedef struct vg_opt_bool {
    bool has;
    bool v;
} vg_opt_bool;
typedef struct vg_opt_time {
    bool has;
    vg_timestamp v;
} vg_opt_time;
typedef struct vg_opt_uuid {
    bool has;
    vg_uuid v;
} vg_opt_uuid;

/* An initialiser for one that has a value, of any of these types:
 *     struct users_new user = {.email = "a@b.c", .age = VG_SOME(36)}; */
#define VG_SOME(...)      \
    {                     \
        true, __VA_ARGS__ \
    }

/* Lists of single values, for SELECT_VALUE. The arena that was passed owns `data`. */
typedef struct vg_int_list {
    int64_t *data;
    size_t len;
} vg_int_list;
typedef struct vg_real_list {
    double *data;
    size_t len;
} vg_real_list;
typedef struct vg_text_list {
    const char **data;
    size_t len;
} vg_text_list;
typedef struct vg_time_list {
    vg_timestamp *data;
    size_t len;
} vg_time_list;
typedef struct vg_uuid_list {
    vg_uuid *data;
    size_t len;
} vg_uuid_list;
typedef struct vg_opt_int_list {
    vg_opt_int *data;
    size_t len;
} vg_opt_int_list;

/* The length in bytes of a text that a query returned, O(1), embedded NULs counted.
 * `text` is a field of a row (or NULL: 0); for any other string the result is
 * meaningless. Any thread. */
VG_API size_t vg_text_len(const char *text);

/* The current time, microseconds since the epoch. Any thread. */
VG_API vg_timestamp vg_now(void);

/* Read ISO 8601: "2026-11-21", "2026-11-21 10:30", "…T10:30:00.123456Z", "…+02:00";
 * `len` bytes. Without a zone it is UTC. Returns false, *out untouched, when the text
 * is no such time. Any thread. */
VG_API bool vg_timestamp_parse(const char *text, size_t len, vg_timestamp *out);

/* Room for any time that vg_timestamp_format writes, its NUL included. */
#define VG_TIMESTAMP_ROOM 40

/* Write `t` as "YYYY-MM-DDTHH:MM:SS.ffffffZ" (27 bytes, so that texts order as times)
 * and return `out`. Years beyond 0–9999 get a sign and more digits. Any thread.
 *     char text[VG_TIMESTAMP_ROOM];
 *     puts(vg_timestamp_format(row->created_at, text)); */
VG_API char *vg_timestamp_format(vg_timestamp t, char out[VG_TIMESTAMP_ROOM]);

/* Write the day of `t` in UTC as "YYYY-MM-DD" and return `out`. Any thread. */
VG_API char *vg_date_format(vg_timestamp t, char out[VG_TIMESTAMP_ROOM]);

/* Read 32 hexadecimal digits, with hyphens or without, either case. Returns false,
 * *out untouched, when `len` bytes of `text` are no UUID. Any thread. */
VG_API bool vg_uuid_parse(const char *text, size_t len, vg_uuid *out);

/* Write "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx" in lower case and return `out`. */
VG_API char *vg_uuid_format(const vg_uuid *uuid, char out[37]);

/* A random UUID (RFC 9562 version 4). Any thread. */
VG_API vg_uuid vg_uuid_v4(void);

/* A UUID that begins with the time in milliseconds (RFC 9562 version 7): new keys
 * land at the end of an index. Any thread. */
VG_API vg_uuid vg_uuid_v7(void);

/* Write a cuid2 (24 lower-case letters and digits, the first a letter; random, no
 * order in time) and return `out`. Any thread. */
VG_API char *vg_cuid2(char out[25]);

VG_END_DECLS
