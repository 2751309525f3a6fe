#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT),
    COLUMN(v, TEXT, GENERATED(VIRTUAL, "upper(a)")))
SCHEMA(app, t)
