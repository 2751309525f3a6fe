#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY))
VIEW_EXISTING(elsewhere, COLUMN(id, INTEGER), COLUMN(n, TEXT))
SCHEMA(app, t, elsewhere)
