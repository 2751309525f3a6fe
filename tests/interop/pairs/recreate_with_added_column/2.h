#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, NOT_NULL),
    COLUMN(b, TEXT, DEFAULT("new")))
SCHEMA(app, t)
