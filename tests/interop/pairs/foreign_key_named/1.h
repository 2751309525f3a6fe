#include <virga/virga.h>

TABLE(a, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(b, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a_id, INTEGER),
    FOREIGN_KEY(COLUMNS(a_id), REFERENCES(a, id), NAME("b_to_a")))
SCHEMA(app, a, b)
