#include <virga/virga.h>

TABLE(a2, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(full_name, TEXT), COLUMN(other, TEXT))
SCHEMA(app, a2)
