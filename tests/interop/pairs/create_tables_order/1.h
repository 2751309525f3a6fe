#include <virga/virga.h>

TABLE(first,  COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(zulu,   COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(v, TEXT), INDEX(zulu_v, v))
TABLE(middle, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, zulu, middle, first)
