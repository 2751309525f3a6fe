/* Random schemas, and what a person might do to them: for tests of the kit. The same seed is
 * the same schema. Rows that fit: every table has a column `id` with 1, 2, 3. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

enum { RANDOM_TABLES = 6, RANDOM_COLUMNS = 8 };

typedef struct random_column {
    bool here, not_null, keyed,
        old;                /* keyed: a foreign key; old: in the first schema */
    char name[32], was[32]; /* was: in the first schema; "" */
    int type, value;        /* value: 0 no default */
    int generated;          /* 1 virtual, 2 stored, from column 0 */
    int parent, action;
    bool indexed, unique, checked;
} random_column;

typedef struct random_table {
    bool here, old, strict, without_rowid, pair; /* pair: the key is of two columns */
    bool autoincrement, viewed, triggered;
    int expression;         /* of an index; 0: none */
    char name[32], was[32]; /* was: in the first schema; "" */
    random_column columns[RANDOM_COLUMNS];
} random_table;

typedef struct random_schema {
    uint64_t state;
    unsigned names; /* used so far */
    random_table tables[RANDOM_TABLES];
} random_schema;

void random_schema_make(random_schema *s, uint64_t seed);
/* Do `steps` things to it. */
void random_schema_change(random_schema *s, int steps);
/* What was renamed, for renames_of; free it. */
char *random_schema_renames(const random_schema *s);
/* As lines for schema_of; free it. */
char *random_schema_lines(const random_schema *s);
/* INSERT statements for all tables; free it. */
char *random_schema_rows(const random_schema *s);
