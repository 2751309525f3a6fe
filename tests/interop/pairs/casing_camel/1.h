#include <virga/virga.h>

#undef VG_CASING
#define VG_CASING CAMEL_CASE
TABLE(accounts, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(first_name, TEXT), COLUMN(last_name, TEXT))
SCHEMA(app, accounts)
