#include <virga/virga.h>

TABLE(t, COLUMN(a, TEXT))
SCHEMA(app, t)
