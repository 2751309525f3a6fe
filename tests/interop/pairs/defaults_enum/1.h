#include <virga/virga.h>

ENUM(role, VALUE(ROLE_USER, "user"), VALUE(ROLE_ADMIN, "admin"))
ENUM(level, VALUE(LOW, "low", 1), VALUE(HIGH, "high", 2))
TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(role, ENUM_TEXT(role), NOT_NULL, DEFAULT(ROLE_USER)),
    COLUMN(level, ENUM_INTEGER(level), NOT_NULL, DEFAULT(HIGH)))
SCHEMA(app, t)
