#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(x, TEXT))
TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(x, TEXT))
SCHEMA(app, a, b)
