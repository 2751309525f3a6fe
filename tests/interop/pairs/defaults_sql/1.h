#include <virga/virga.h>

TABLE(t,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(at,     TEXT, NOT_NULL, DEFAULT_SQL("CURRENT_TIMESTAMP")),
    COLUMN(day,    TEXT, DEFAULT_SQL("CURRENT_DATE")),
    COLUMN(unix_,  INTEGER, NAME("unix"), DEFAULT_SQL("(unixepoch())")),
    COLUMN(text,   TEXT, DEFAULT_SQL("('it''s' || 'x')")),
    COLUMN(random, INTEGER, DEFAULT_SQL("(abs(random()))")),
    COLUMN(nil,    TEXT, DEFAULT_SQL("NULL")))
SCHEMA(app, t)
