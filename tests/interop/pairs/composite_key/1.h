#include <virga/virga.h>

TABLE(t, COLUMN(a, INTEGER), COLUMN(b, TEXT), COLUMN(c, TEXT), PRIMARY_KEY(b, a))
SCHEMA(app, t)
