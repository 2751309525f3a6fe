#include <virga/virga.h>

TABLE(t, COLUMN(a, INTEGER, PRIMARY_KEY), COLUMN(b, TEXT, NOT_NULL))
SCHEMA(app, t)
