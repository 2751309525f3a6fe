#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, a, b)
