#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, TEXT))
SCHEMA(app, a, b)
