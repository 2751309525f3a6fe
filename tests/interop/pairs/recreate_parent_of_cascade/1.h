#include <virga/virga.h>

TABLE(parent, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, TEXT))
TABLE(child,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(parent_id, INTEGER, NOT_NULL, REFERENCES(parent, id, ON_DELETE(CASCADE))))
SCHEMA(app, child, parent)
