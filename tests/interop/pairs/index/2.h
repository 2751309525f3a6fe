#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, INTEGER),
    UNIQUE_INDEX(by_b, b), INDEX(by_ab, b, a), INDEX(by_ba, b))
SCHEMA(app, t)
