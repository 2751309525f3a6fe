#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a2, TEXT), COLUMN(n, TEXT, NOT_NULL))
SCHEMA(app, t)
