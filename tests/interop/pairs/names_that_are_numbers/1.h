#include <virga/virga.h>

TABLE(zero, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(b, NAME("10"), COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(c, NAME("9"), COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(app, zero, b, c)
