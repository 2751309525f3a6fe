#include <virga/virga.h>

TABLE(t, COLUMN(a, INTEGER, NOT_NULL), COLUMN(b, TEXT), PRIMARY_KEY(a))
SCHEMA(app, t)
