#include <virga/virga.h>

TABLE(users,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(mail, TEXT, UNIQUE), COLUMN(age, INTEGER),
    INDEX(by_age, age, mail))
SCHEMA(app, users)
