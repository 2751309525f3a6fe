/* Choosing a generator for a column of which the plan says nothing. */
#pragma once
#include "seed/make.h"

/* One at file scope, so that it lasts. */
#define GEN(kind, ...) (const vg_gen *)(const void *)VG_GEN(kind, __VA_ARGS__)

/* by_name.c: NULL: the names say nothing. */
const vg_gen *vgs_by_name(uint32_t sql_class, const vgs_table *t, const vg_column *c);
/* choose_text.c: the generator is prepared, too. */
void vgs_choose_text(vgs_plan *plan, vgs_table *t, vgs_column *column);
/* choose_number.c */
const vg_gen *vgs_int_of(vgs_plan *plan, const vgs_table *t, const vgs_column *column);
const vg_gen *vgs_number_of(vgs_plan *plan, const vgs_table *t,
                            const vgs_column *column);
const vg_gen *vgs_time_of(vgs_plan *plan, const vgs_table *t, const vgs_column *column);
/* choose_list.c: the values that CHECKs list; NULL: they do not. */
const vg_gen *vgs_listed(vgs_plan *plan, const vgs_column *column);
/* A number that CHECKs exclude from those between min and max; NULL: none. */
const double *vgs_excluded(const vgs_column *column, double min, double max);
