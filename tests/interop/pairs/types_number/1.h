#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(r,  REAL),
    COLUMN(n,  NUMERIC),
    COLUMN(nn, NUMERIC),
    COLUMN(nb, NUMERIC))
SCHEMA(app, t)
