#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT, UNIQUE), COLUMN(name, TEXT))
SCHEMA(app, users)
