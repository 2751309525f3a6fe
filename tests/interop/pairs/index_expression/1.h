#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT), COLUMN(n, INTEGER),
    UNIQUE_INDEX_ON(low, ON_SQL("lower(\"email\")")),
    INDEX_ON(mixed, ON(n), ON_SQL("(\"n\" % 10)")))
SCHEMA(app, t)
