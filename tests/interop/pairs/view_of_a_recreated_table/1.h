#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, TEXT))
VIEW_SQL(v, "select n from t", COLUMN(n, TEXT))
SCHEMA(app, t, v)
