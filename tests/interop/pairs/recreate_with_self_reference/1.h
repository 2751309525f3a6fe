#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(up, INTEGER, REFERENCES(t, id)), COLUMN(n, TEXT))
SCHEMA(app, t)
