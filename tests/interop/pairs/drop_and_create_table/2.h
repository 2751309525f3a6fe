#include <virga/virga.h>

TABLE(a,     COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(fresh, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, a, fresh)
