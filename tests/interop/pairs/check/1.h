#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(age, INTEGER), COLUMN(name, TEXT),
    CHECK(t_age, "\"t\".\"age\" > 0"), CHECK(t_name, "length(name) < 20"))
SCHEMA(app, t)
