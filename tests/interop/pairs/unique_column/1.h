#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, UNIQUE),
    COLUMN(b, TEXT, UNIQUE("b_key")), COLUMN(c, TEXT))
SCHEMA(app, t)
