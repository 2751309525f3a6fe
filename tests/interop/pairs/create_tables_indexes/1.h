#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(x, TEXT, UNIQUE), INDEX(a_x, x))
TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(x, TEXT, UNIQUE("b_key")), UNIQUE(b_ux, x, id))
SCHEMA(app, a, b)
