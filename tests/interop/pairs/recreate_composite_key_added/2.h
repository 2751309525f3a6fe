#include <virga/virga.h>

TABLE(t,
    COLUMN(a, INTEGER, NOT_NULL), COLUMN(b, TEXT, NOT_NULL), COLUMN(c, TEXT),
    PRIMARY_KEY(a, b))
SCHEMA(app, t)
