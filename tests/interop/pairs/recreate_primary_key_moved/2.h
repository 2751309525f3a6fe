#include <virga/virga.h>

TABLE(t, COLUMN(a, INTEGER, NOT_NULL), COLUMN(b, INTEGER, PRIMARY_KEY))
SCHEMA(app, t)
