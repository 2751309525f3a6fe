#include <virga/virga.h>

TABLE(node,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(up, INTEGER, REFERENCES(node, id, ON_DELETE(CASCADE))))
SCHEMA(app, node)
