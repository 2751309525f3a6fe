#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT), COLUMN(n, INTEGER),
    INDEX_ON(mixed, ON(n), ON_SQL("(\"n\" % 10)")), INDEX_ON(up, ON_SQL("upper(\"email\")")))
SCHEMA(app, t)
