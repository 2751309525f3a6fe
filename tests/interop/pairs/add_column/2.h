#include <virga/virga.h>

TABLE(users,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(name,   TEXT),
    COLUMN(role,   TEXT,    NOT_NULL, DEFAULT("user")),
    COLUMN(score,  REAL,    DEFAULT(1.5)),
    COLUMN(active, BOOLEAN, NOT_NULL, DEFAULT(true)))
SCHEMA(app, users)
