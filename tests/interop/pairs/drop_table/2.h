#include <virga/virga.h>

TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, b)
