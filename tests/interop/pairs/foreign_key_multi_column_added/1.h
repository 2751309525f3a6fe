#include <virga/virga.h>

TABLE(a, COLUMN(x, INTEGER, NOT_NULL), COLUMN(y, TEXT, NOT_NULL), PRIMARY_KEY(x, y))
TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, a, b)
