#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT), COLUMN(x, INTEGER))
SCHEMA(app, users)
