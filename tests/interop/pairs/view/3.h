#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL))
SCHEMA(app, users)
