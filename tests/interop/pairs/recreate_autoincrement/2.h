#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY, AUTOINCREMENT), COLUMN(n, TEXT))
SCHEMA(app, t)
