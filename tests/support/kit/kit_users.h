/* A schema that grows: `first` has users, `second` gives them an age. */
#pragma once
#include <virga/virga.h>

// clang-format off
TABLE(users,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL))
SCHEMA(first, users)

TABLE(users2,
    NAME("users"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    COLUMN(age,  INTEGER))
SCHEMA(second, users2)
// clang-format on
