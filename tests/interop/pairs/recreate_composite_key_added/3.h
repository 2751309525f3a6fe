#include <virga/virga.h>

TABLE(t,
    COLUMN(a, INTEGER, NOT_NULL), COLUMN(b, TEXT, NOT_NULL), COLUMN(c, TEXT),
    PRIMARY_KEY(b, a))
SCHEMA(app, t)
