#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(y, TEXT))
TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(z, TEXT))
SCHEMA(app, a, b)
