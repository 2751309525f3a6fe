#include <virga/virga.h>

TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(m, TEXT, NOT_NULL), COLUMN(x, TEXT))
SCHEMA(app, b)
