#include <virga/virga.h>

TABLE(users,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    COLUMN(age,  INTEGER))
SCHEMA(app, users)
