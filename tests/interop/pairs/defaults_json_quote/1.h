#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(o, JSON, DEFAULT("{\"a\":\"it's\"}")))
SCHEMA(app, t)
