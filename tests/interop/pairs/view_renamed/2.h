#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT))
VIEW_SQL(new_names, "select name from users", COLUMN(name, TEXT))
SCHEMA(app, users, new_names)
