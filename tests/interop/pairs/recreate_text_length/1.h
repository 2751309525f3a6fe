#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, TEXT(10)))
SCHEMA(app, t)
