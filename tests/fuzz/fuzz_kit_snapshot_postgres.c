/* The same for PostgreSQL. */
#define FUZZ_DIALECT "postgresql"
#include "fuzz_kit_snapshot.c"
