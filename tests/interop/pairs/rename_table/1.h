#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT))
SCHEMA(app, a)
