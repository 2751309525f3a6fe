#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL))
VIEW_SQL(names,
    "select id, upper(name) as name from users", COLUMN(id, INTEGER), COLUMN(name, TEXT))
SCHEMA(app, names, users)
