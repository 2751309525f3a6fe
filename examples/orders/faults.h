/* What is wrong with what somebody sent, all of it at once: a field and what to do about it.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_FAULTS_H
#define ORDERS_FAULTS_H

#include <virga/api.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct fault {
    char field[64];    /* "items[2].quantity" */
    char problem[128]; /* "must be a whole number from 1 to 10000" */
} fault;

enum { FAULTS_MAX = 20 };

/* Valid when zeroed. Those beyond FAULTS_MAX are only counted. */
typedef struct faults {
    fault list[FAULTS_MAX];
    size_t len, left_out;
} faults;

/* The field of a fault of all that was sent. */
#define FAULTS_ALL "body"

/* Add one. It is ignored if the field, or what contains it, has one already: what is missing
 * is not also out of range. */
void faults_add(faults *f, const char *field, const char *problem, ...) VG_PRINTF(3, 4);

#endif
