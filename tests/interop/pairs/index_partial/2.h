#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, INTEGER),
    INDEX_WHERE(some, "\"t\".\"b\" > 21", a), UNIQUE_INDEX(one, a))
SCHEMA(app, t)
