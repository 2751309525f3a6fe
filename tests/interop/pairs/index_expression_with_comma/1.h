#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(m, TEXT), COLUMN(n, TEXT),
    INDEX_ON(either, ON_SQL("coalesce(\"m\", \"n\")")))
SCHEMA(app, t)
