/* Random databases, as other programs make them: any spelling that SQLite takes. */
#pragma once
#include <stdint.h>

enum { RANDOM_DATABASES = 32 }; /* whose names differ from each other */

/* CREATE statements; the same seed is the same text. All names have `number` in them. Free
 * it. */
char *random_ddl(uint64_t seed, unsigned number);
