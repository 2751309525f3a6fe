#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(n, TEXT))
VIEW_EXISTING(elsewhere, COLUMN(id, INTEGER), COLUMN(n, TEXT))
VIEW_SQL(w, "select n from t", COLUMN(n, TEXT))
SCHEMA(app, t, elsewhere, w)
