#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, UNIQUE), COLUMN(b, INTEGER, NOT_NULL),
    INDEX(by_b, b), UNIQUE_INDEX(by_ab, a, b), INDEX_WHERE(some_b, "\"t\".\"b\" > 3", b))
SCHEMA(app, t)
