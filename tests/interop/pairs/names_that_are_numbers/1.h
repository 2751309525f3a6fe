#include <virga/virga.h>

TABLE(zero, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(b, NAME("10"), COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(c,
    NAME("9"), COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(two, TEXT, NAME("2")),
    COLUMN(one, TEXT, NAME("1")))
SCHEMA(app, zero, b, c)
