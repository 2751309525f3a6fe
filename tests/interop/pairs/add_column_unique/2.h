#include <virga/virga.h>

TABLE(users,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT, UNIQUE), COLUMN(n, INTEGER),
    INDEX(by_n, n))
SCHEMA(app, users)
