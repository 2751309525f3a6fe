#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(s, TEXT),
    CHECK(no_semicolon, "instr(s, ';') = 0"))
SCHEMA(app, t)
