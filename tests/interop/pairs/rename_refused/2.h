#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(mail, TEXT))
SCHEMA(app, users)
