#include <virga/virga.h>

TABLE(users,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, TEXT), COLUMN(c, TEXT),
    INDEX(by_b, b))
SCHEMA(app, users)
