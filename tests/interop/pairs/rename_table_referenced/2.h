#include <virga/virga.h>

TABLE(writer, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(post,   COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER, REFERENCES(writer, id)))
SCHEMA(app, post, writer)
