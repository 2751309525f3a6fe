#include <virga/virga.h>

#undef VG_CASING
#define VG_CASING SNAKE_CASE
TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(eMail, TEXT, UNIQUE))
SCHEMA(app, users)
