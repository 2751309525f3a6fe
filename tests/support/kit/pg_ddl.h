/* Databases of PostgreSQL as other programs make them: by hand, and at random. */
#pragma once
#include <stdint.h>

extern const char pg_everything[]; /* each kind of thing once */
extern const char pg_shop[];       /* two schemas, enums, views */
extern const char pg_names[];      /* in capitals, in quotes, reserved, with signs */
extern const char pg_partitions[];
extern const char pg_tenants[]; /* row security */

/* CREATE statements; the same seed is the same text. Free it. */
char *random_pg_ddl(uint64_t seed);
