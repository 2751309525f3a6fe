#include <virga/virga.h>

TABLE(a,   COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(old, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, a, old)
