#include <virga/virga.h>

TABLE(x, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(y, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, x, y)
