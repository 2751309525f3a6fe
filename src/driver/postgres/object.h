/* Values that are structs in C: times of day, intervals, points (object.c), arrays
 * (object_array.c). Both ways, in PostgreSQL's binary form and as text. */
#pragma once
#include "driver/postgres/postgres.h"

enum {
    VG_OID_POINT = 600,
    VG_OID_TIME = 1083,
    VG_OID_INTERVAL = 1186,
    VG_OID_TIMETZ = 1266,
    VG_OID_BOX_ARRAY = 1020
};

/* A value as it came. */
typedef struct vg_pg_cell {
    const char *data;
    size_t len;
    Oid type;   /* 0: as text */
    Oid column; /* its type, also when it came as text */
} vg_pg_cell;

/* Whether the binary form of the type is known here; whether it can fill such a slot. */
bool vg__pg_is_object(Oid type);
bool vg__pg_object_fits(Oid type, const vg_slot *slot);

/* Read it into a field that holds a value (a vg_interval, a vg_int_array), memory from
 * `arena`, which may be NULL for all but arrays. VG_OK, VG_VALUE or VG_NO_MEMORY. */
int vg__pg_read_object(vg_arena *arena, vg_slot_kind kind, const vg_pg_cell *cell,
                       void *out);
int vg__pg_read_array(vg_arena *arena, vg_slot_kind kind, const vg_pg_cell *cell,
                      void *out);

/* The text of a value in binary, of any type that is known, in `arena`. */
int vg__pg_text_of(vg_arena *arena, Oid type, const char *data, size_t len,
                   vg_str *out);
int vg__pg_text_of_array(vg_arena *arena, const char *data, size_t len, vg_str *out);

/* The element type of an array type; 0: it is none that is known. */
Oid vg__pg_element_of(Oid array);

/* A parameter. What is sent is in `own`, of 48 bytes, or in `arena`. VG_OK, VG_VALUE or
 * VG_NO_MEMORY. */
typedef struct vg_pg_sent {
    const char *bytes;
    size_t len;
    bool binary;
} vg_pg_sent;
int vg__pg_send_object(vg_arena *arena, vg_value value, Oid type, char *own,
                       vg_pg_sent *out);
int vg__pg_send_array(vg_arena *arena, vg_value value, Oid type, vg_pg_sent *out);

static inline void vg__pg_put32(char *out, uint32_t n)
{
    n = VG_PG_BE32(n);
    memcpy(out, &n, 4);
}

static inline void vg__pg_put64(char *out, uint64_t n)
{
    n = VG_PG_BE64(n);
    memcpy(out, &n, 8);
}

static inline uint64_t vg__pg_bits_of(double d)
{
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return bits;
}

static inline double vg__pg_real_of(uint64_t bits)
{
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}
