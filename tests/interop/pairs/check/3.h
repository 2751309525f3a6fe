#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(age, INTEGER), COLUMN(name, TEXT))
SCHEMA(app, t)
