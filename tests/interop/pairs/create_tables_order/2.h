#include <virga/virga.h>

TABLE(zulu,   COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(v, TEXT), INDEX(zulu_v, v))
TABLE(b2,     COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(a1,     COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(middle, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, INTEGER))
TABLE(first,  COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, INTEGER))
SCHEMA(app, zulu, b2, a1, middle, first)
