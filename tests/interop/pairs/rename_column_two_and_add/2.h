#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(b2, TEXT), COLUMN(d, TEXT), COLUMN(a2, TEXT))
SCHEMA(app, users)
