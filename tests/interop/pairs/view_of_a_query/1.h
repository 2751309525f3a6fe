#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL), COLUMN(age, INTEGER))
VIEW(adults, users, SELECT(users), WHERE(GTE(users.age, 18)))
SCHEMA(app, adults, users)
