#include <virga/virga.h>

TABLE(t,
    COLUMN(id,  INTEGER, PRIMARY_KEY),
    COLUMN(yes, BOOLEAN, DEFAULT(true)),
    COLUMN(no,  BOOLEAN, NOT_NULL, DEFAULT(false)))
SCHEMA(app, t)
