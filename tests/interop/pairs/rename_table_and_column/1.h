#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT), COLUMN(other, TEXT))
SCHEMA(app, a)
