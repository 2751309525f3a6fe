#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, REAL), COLUMN(b, TEXT), COLUMN(c, NUMERIC),
    COLUMN(d, TEXT), COLUMN(e, BLOB))
SCHEMA(app, t)
