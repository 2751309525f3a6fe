#include <virga/virga.h>

TABLE(t, COLUMN(a, TEXT, PRIMARY_KEY), COLUMN(b, INTEGER))
SCHEMA(app, t)
