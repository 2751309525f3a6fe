#include <virga/virga.h>

TABLE(author, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(post,   COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER, REFERENCES(author, id)))
SCHEMA(app, author, post)
