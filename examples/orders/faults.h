/* What is wrong with what somebody sent, all of it at once: where, and what to do about it.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_FAULTS_H
#define ORDERS_FAULTS_H

#include <virga/api.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct fault {
    char
        field[64]; /* "/items/2/quantity", a JSON pointer, or the name of an argument */
    char code[16]; /* "max": for programs, as vg_json_fault_name has them */
    char problem[128]; /* "must be at most 10000" */
} fault;

enum { FAULTS_MAX = 20 };

/* Valid when zeroed. Those beyond FAULTS_MAX are only counted. */
typedef struct faults {
    fault list[FAULTS_MAX];
    size_t len, left_out;
} faults;

/* Add one. It is ignored if the field, or what contains it, has one already: what is missing
 * is not also out of range. */
void faults_add(faults *f, const char *field, const char *code, const char *problem,
                ...) VG_PRINTF(4, 5);

#endif
