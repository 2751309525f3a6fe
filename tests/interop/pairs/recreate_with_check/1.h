#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(age, INTEGER),
    CHECK(t_age, "\"t\".\"age\" > 0 and \"t\".\"age\" < 150"))
SCHEMA(app, t)
