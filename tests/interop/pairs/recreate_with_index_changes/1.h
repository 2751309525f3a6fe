#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, INTEGER), INDEX(gone, a),
    INDEX(kept, b))
SCHEMA(app, t)
