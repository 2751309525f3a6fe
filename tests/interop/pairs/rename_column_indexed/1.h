#include <virga/virga.h>

TABLE(users,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(email, TEXT, UNIQUE), COLUMN(age, INTEGER),
    INDEX(by_age, age, email))
SCHEMA(app, users)
