#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT))
VIEW_SQL(ids, "select id from users", COLUMN(id, INTEGER))
SCHEMA(app, users, ids)
