#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, INTEGER),
    INDEX_WHERE(some, "\"t\".\"b\" > 18", a), UNIQUE_INDEX_WHERE(one, "b is not null", a))
SCHEMA(app, t)
