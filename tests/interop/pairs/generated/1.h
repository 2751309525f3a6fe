#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(a, TEXT),
    COLUMN(v, TEXT, GENERATED(VIRTUAL, "upper(a)")),
    COLUMN(w, TEXT, GENERATED(VIRTUAL, "lower(a)")),
    COLUMN(s, TEXT, GENERATED(STORED, "(a || '!')"), NOT_NULL))
SCHEMA(app, t)
