#include <virga/virga.h>

TABLE(t,
    COLUMN(a, INTEGER, NOT_NULL), COLUMN(b, TEXT, NOT_NULL), COLUMN(c, TEXT, NOT_NULL),
    PRIMARY_KEY(a, b, c))
SCHEMA(app, t)
