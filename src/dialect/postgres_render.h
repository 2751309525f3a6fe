/* What the files of PostgreSQL's renderer share. */
#pragma once
#include "dialect/postgres.h"

/* postgres_class.c: the class of a value as SQL sees it, one VG_K_ bit; 0: not known. */
unsigned vg__pg_class(vg_value v);
/* Whether the server knows it as bigint or smaller, as double precision. */
bool vg__pg_is_int(vg_value v);
bool vg__pg_is_double(vg_value v);
/* A time without a time of day. */
bool vg__pg_is_date(vg_value v);

/* Whether it becomes a parameter, whose type the server has to guess. */
bool vg__pg_is_param(vg_value v);
/* A value with its type: $1::bigint. An expression is written as it stands. */
void vg__pg_typed(vg_render *r, vg_value v);
/* An operand before an operator such as :: that binds closely. */
void vg__pg_close(vg_render *r, vg_value v);
/* x::type, or cast(x as type) of what is more than a name. */
void vg__pg_cast(vg_render *r, vg_value v, const char *type);

/* One file a subject: write the node, or say false. */
bool vg__pg_operator(vg_render *r, const vg_node *x);
bool vg__pg_function(vg_render *r, const vg_node *x);
bool vg__pg_aggregate(vg_render *r, const vg_node *x);
bool vg__pg_json(vg_render *r, const vg_node *x);
void vg__pg_time(vg_render *r, const vg_node *x);
void vg__pg_time_as(vg_render *r, vg_value v, const vg_column *from,
                    const vg_column *to);
