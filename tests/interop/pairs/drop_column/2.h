#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(c, TEXT))
SCHEMA(app, users)
