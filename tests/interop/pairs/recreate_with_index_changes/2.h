#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT, NOT_NULL), COLUMN(b, INTEGER),
    INDEX(fresh, a), INDEX(kept, b))
SCHEMA(app, t)
