#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, BOOLEAN), COLUMN(b, JSON))
SCHEMA(app, t)
