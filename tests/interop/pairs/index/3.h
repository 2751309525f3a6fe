#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, INTEGER), INDEX(by_b, b))
SCHEMA(app, t)
