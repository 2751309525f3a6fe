#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, INTEGER), INDEX(by_a, a),
    INDEX(by_ab, a, b))
SCHEMA(app, t)
