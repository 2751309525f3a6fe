#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT))
VIEW_SQL(old_names, "select name from users", COLUMN(name, TEXT))
SCHEMA(app, users, old_names)
