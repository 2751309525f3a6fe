#include <virga/virga.h>

TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, TEXT, NOT_NULL))
SCHEMA(app, b)
