#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, users)
