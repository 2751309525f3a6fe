#include <virga/virga.h>

TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT))
SCHEMA(app, b)
