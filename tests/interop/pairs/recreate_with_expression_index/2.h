#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(m, TEXT, NOT_NULL),
    INDEX_ON(low, ON_SQL("lower(\"m\")")))
SCHEMA(app, t)
