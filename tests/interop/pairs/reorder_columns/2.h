#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(b, TEXT), COLUMN(a, TEXT))
SCHEMA(app, users)
