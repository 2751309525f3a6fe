#include <virga/virga.h>

ENUM(role, VALUE(ROLE_USER, "user"), VALUE(ROLE_ADMIN, "admin"))
TABLE(t,
    COLUMN(id,     TEXT, PRIMARY_KEY),
    COLUMN(plain,  TEXT),
    COLUMN(short_, TEXT(255), NAME("short")),
    COLUMN(doc,    JSON),
    COLUMN(role,   ENUM_TEXT(role)),
    COLUMN(day,    DATE),
    COLUMN(at,     TIMESTAMP, MODE(ISO_TEXT)),
    COLUMN(key,    UUID))
SCHEMA(app, t)
