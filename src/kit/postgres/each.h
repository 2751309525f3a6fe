/* The changes one by one, and a statement about a table. */
#pragma once
#include "kit/dialect.h"
#include "kit/postgres/postgres.h"

#define EACH_ALTERED(r, c)                                    \
    for (size_t i_ = 0; i_ < (r)->changes->altered.len; i_++) \
        for (const vgk_table_change *c = &(r)->changes->altered.data[i_]; c; c = NULL)

#define EACH_PART(p, parts)                      \
    for (size_t j_ = 0; j_ < (parts)->len; j_++) \
        for (const vgk_part *p = &(parts)->data[j_]; p; p = NULL)

/* ALTER TABLE of `t`. */
#define SAY(r, t, pattern, ...)                                   \
    vgk_postgres_say(r, (t)->name,                                \
                     vgk_sql((r)->kit, "ALTER TABLE %s " pattern, \
                             vgk_postgres_table_name((r)->kit, t), __VA_ARGS__))

/* What is gone, then what is altered; and what is made, then altered. */
typedef enum side { GONE, MADE, ALTERED } side;

static inline bool is_side(const vgk_part *p, side s)
{
    return s == (!p->to ? GONE : !p->from ? MADE : ALTERED);
}
