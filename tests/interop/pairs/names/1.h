#include <virga/virga.h>

TABLE(order,
    COLUMN(group, INTEGER, PRIMARY_KEY), COLUMN(select_, TEXT, NAME("Select Me")),
    COLUMN(u, TEXT, NAME("größe")))
TABLE(two_words,
    NAME("two words"), COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(a_b, INTEGER, NAME("a-b"), REFERENCES(order, group)))
SCHEMA(app, order, two_words)
