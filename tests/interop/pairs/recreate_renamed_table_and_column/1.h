#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, TEXT), COLUMN(x, TEXT))
SCHEMA(app, a)
