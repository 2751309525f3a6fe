#include <virga/virga.h>

TABLE(t, COLUMN(a, INTEGER, NOT_NULL), COLUMN(b, TEXT, NOT_NULL), COLUMN(c, TEXT))
SCHEMA(app, t)
