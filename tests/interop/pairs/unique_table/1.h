#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, UNIQUE), COLUMN(b, TEXT),
    COLUMN(c, TEXT),
    UNIQUE(bc, b, c), INDEX(ic, c), UNIQUE_INDEX(ub, b))
SCHEMA(app, t)
