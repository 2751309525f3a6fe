#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, UNIQUE), COLUMN(b, TEXT),
    COLUMN(c, TEXT),
    UNIQUE(bc, c, b), UNIQUE(ca, c, a))
SCHEMA(app, t)
