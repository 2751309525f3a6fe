#include <virga/virga.h>

TABLE(posts,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL))
TABLE(users,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL),
    COLUMN(age,  INTEGER))
SCHEMA(app, posts, users)
