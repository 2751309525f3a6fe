#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, INTEGER), COLUMN(c, REAL),
    COLUMN(d, BLOB), COLUMN(e, NUMERIC))
SCHEMA(app, t)
