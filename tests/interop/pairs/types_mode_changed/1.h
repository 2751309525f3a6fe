#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, INTEGER), COLUMN(b, TEXT))
SCHEMA(app, t)
