#include <virga/virga.h>

TABLE(t, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, TEXT), COLUMN(b, INTEGER),
    INDEX_ON(newest, ON_DESC(b)), INDEX_ON(both, ON_ASC(a), ON_DESC(b)),
    INDEX_ON(collated, ON_SQL("a collate nocase")))
SCHEMA(app, t)
