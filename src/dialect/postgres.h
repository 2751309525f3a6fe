/* PostgreSQL's dialect: postgres.c queries, postgres_types.c types and values, postgres_ddl.c
 * tables, postgres_objects.c what stands beside them. */
#pragma once
#include "core/ddl.h"
#include "core/render.h"

extern const vg_tx_words vg__postgres_tx;
extern const vg_lexis vg__postgres_lexis;

void vg__pg_type(vg_buf *out, const vg_column *column);
/* The two parts of it: `integer` and `[3][]`. */
void vg__pg_element_type(vg_buf *out, const vg_column *column);
void vg__pg_dimensions(vg_buf *out, const vg_column *column);
void vg__pg_default_now(vg_buf *out, const vg_column *column);
bool vg__pg_literal(vg_buf *out, const vg_column *column);
const char *vg__pg_value(vg_buf *out, vg_value value, const vg_column *codec);

/* All of a schema: see vg_dialect.create. */
int vg__pg_create(vg_buf *out, const vg_schema *schema, const char *database,
                  vg_ddl_fn each, void *ctx);
void vg__pg_view_open(vg_buf *out, const vg_shape *view);
void vg__pg_view_close(vg_buf *out, const vg_shape *view);

/* Names: "schema"."name", the default schema said (or not, as drizzle-kit does for tables). */
void vg__pg_name(vg_buf *out, const char *name);
void vg__pg_qualified(vg_buf *out, const char *schema, const char *name);
void vg__pg_table_name(vg_buf *out, const vg_shape *table);

/* A statement that runs unless `there`, a query, has rows:
 *     vg__pg_unless(out); ...the query...; vg__pg_then(out); ...statement...; vg__pg_end(out) */
void vg__pg_unless(vg_buf *out);
void vg__pg_then(vg_buf *out);
void vg__pg_end(vg_buf *out);

/* The objects that tables need, and those that need tables. */
int vg__pg_objects_before(vg_buf *out, const vg_schema *schema, vg_ddl_fn each,
                          void *ctx);
int vg__pg_policies(vg_buf *out, const vg_schema *schema, vg_ddl_fn each, void *ctx);
/* What an IDENTITY or a SEQUENCE says: " INCREMENT BY 2 START WITH 5". */
void vg__pg_sequence_options(vg_buf *out, const vg_sequence_options *options);
/* The name of an enum's type in this schema. */
void vg__pg_enum_name(vg_buf *out, const vg_schema *schema, const vg_coder *coder);
