#include <virga/virga.h>

TABLE(t,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(plain,  BLOB),
    COLUMN(buffer, BLOB),
    COLUMN(doc,    JSON, MODE(BLOB)),
    COLUMN(big,    TEXT, MODE(BLOB)),
    COLUMN(key,    UUID, MODE(BINARY)))
SCHEMA(app, t)
