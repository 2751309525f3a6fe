#include <virga/virga.h>

ENUM(level, LOW, HIGH)
TABLE(t,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(number,  INTEGER),
    COLUMN(flag,    BOOLEAN),
    COLUMN(seconds, TIMESTAMP, MODE(SECONDS)),
    COLUMN(millis,  TIMESTAMP, MODE(MILLISECONDS)),
    COLUMN(level,   ENUM_INTEGER(level)))
SCHEMA(app, t)
