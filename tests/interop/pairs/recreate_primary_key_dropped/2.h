#include <virga/virga.h>

TABLE(t, COLUMN(a, TEXT), COLUMN(b, INTEGER))
SCHEMA(app, t)
