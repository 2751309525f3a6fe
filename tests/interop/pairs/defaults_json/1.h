#include <virga/virga.h>

TABLE(t,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(o,  JSON, DEFAULT("{\"a\":1,\"b\":[true,null,\"x\"]}")),
    COLUMN(a,  JSON, DEFAULT("[]")),
    COLUMN(n,  JSON, DEFAULT_SQL("5")),
    COLUMN(t,  JSON, DEFAULT_SQL("true")))
SCHEMA(app, t)
