/* The schema of the link test, and a query in a header that several files include. */
#pragma once
#include <virga/virga.h>

// clang-format off
TABLE(things,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(name,  TEXT,    NOT_NULL, UNIQUE),
    COLUMN(owner, INTEGER, REFERENCES_LATER(things, id)))
SCHEMA(store, things)

QUERY(thing_in_header, ONE(things), PARAMS(INTEGER(id)), SELECT(things), WHERE(EQ(things.id, id)))
QUERY_DECLARE(thing_in_part, GET(INTEGER), PARAMS(TEXT(name)))
QUERY_DECLARE(thing_in_plugin, ALL(things), PARAMS())
// clang-format on

/* Run each of the file's queries once; the number of things seen, below 0: a failure. */
int use_part(vg_db *db);
int use_plugin(vg_db *db);
