#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(b,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(a_id, INTEGER, REFERENCES(a, id, ON_DELETE(CASCADE))))
SCHEMA(app, a, b)
