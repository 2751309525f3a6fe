/* Insert structs straight into PostgreSQL's binary form, for VALUES and COPY: what becomes
 * of each column is found once, and whole columns of values go through one loop. What needs
 * more than that (codecs, arrays, defaults of the program's) goes as parameters. */
#pragma once
#include "driver/postgres/postgres.h"

enum { VG_PG_FIELDS = 64 }; /* masks have 64 bits */

/* One column that the structs give. */
typedef struct vg_pg_field {
    uint8_t form;  /* see structs.c */
    uint8_t size;  /* of its binary form; 0: as long as the text is */
    bool optional; /* it may be NULL; of numbers `has` says so */
    uint32_t has;  /* bytes from the struct's begin */
    uint32_t from; /* the same, of the value */
    uint32_t to;   /* COPY of rows of one size: bytes from the row's begin */
} vg_pg_field;

typedef struct vg_pg_fields {
    int count;
    size_t stride;   /* of the structs */
    size_t row_size; /* of a row in COPY; 0: it depends on the values */
    vg_pg_field field[VG_PG_FIELDS];
} vg_pg_fields;

/* False: some column must go as a parameter. `types` are the columns', in their order. */
bool vg__pg_fields_make(vg_pg_fields *f, const vg_structs *from, const Oid *types,
                        int type_count);

/* COPY: rows of one size have everything but their values laid out before, and stay. How
 * many of the values were put in, a value that cannot be ends them. */
void vg__pg_fields_lay(const vg_pg_fields *f, char *out, size_t count);
size_t vg__pg_fields_fill(const vg_pg_fields *f, const char *rows, char *out,
                          size_t count);
/* One row of any size; its end, NULL: it has no room, or must go as parameters. */
char *vg__pg_fields_row(const vg_pg_fields *f, const char *row, char *out,
                        const char *end);
