#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, TEXT),
    COLUMN(v, TEXT, GENERATED(STORED, "upper(a)")))
SCHEMA(app, t)
