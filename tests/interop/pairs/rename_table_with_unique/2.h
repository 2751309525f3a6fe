#include <virga/virga.h>

TABLE(b,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT, UNIQUE), COLUMN(age, INTEGER),
    INDEX(by_age, age))
SCHEMA(app, b)
