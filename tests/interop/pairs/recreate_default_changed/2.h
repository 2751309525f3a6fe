#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, INTEGER, DEFAULT(0)),
    COLUMN(b, BOOLEAN, DEFAULT(true)))
SCHEMA(app, t)
