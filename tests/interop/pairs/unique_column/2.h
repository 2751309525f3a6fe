#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, TEXT, UNIQUE("key_b")),
    COLUMN(c, TEXT, UNIQUE))
SCHEMA(app, t)
