#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, INTEGER, DEFAULT(1)),
    COLUMN(b, BOOLEAN, DEFAULT(false)))
SCHEMA(app, t)
