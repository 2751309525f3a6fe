/* Golden SQL: what Drizzle ORM renders, in tests/golden/NAME.tsv, against what Virga renders
 * for the same query. A row without a case, a case without a row, and a difference without
 * a reason fail. */
#pragma once
#include "check.h"

typedef struct golden_case {
    const char *name;
    int (*render)(vg_arena *arena, vg_rendered *out);
} golden_case;

typedef struct golden_row {
    const char *name, *sql, *params, *virga_sql, *virga_params,
        *why; /* NULL: missing */
} golden_row;

typedef struct golden golden;

/* Read tests/golden/NAME; for setup and teardown functions of the group. */
int golden_open(void **state, const char *name);
int golden_close(void **state);

/* The file and the program have the same cases, each once; a deviation is one, and says
 * why; text and parameters are right. */
void golden_check_cases(const golden *g, const golden_case *cases, size_t count);
void golden_check_deviations(const golden *g);
void golden_check_text(const golden *g, const golden_case *cases, size_t count);
