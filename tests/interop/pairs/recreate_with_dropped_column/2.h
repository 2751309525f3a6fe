#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(b, INTEGER, NOT_NULL))
SCHEMA(app, t)
