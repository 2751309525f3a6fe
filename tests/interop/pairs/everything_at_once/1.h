#include <virga/virga.h>

TABLE(author,
    COLUMN(id, INTEGER, PRIMARY_KEY, AUTOINCREMENT), COLUMN(name, TEXT, NOT_NULL),
    COLUMN(email, TEXT, UNIQUE))
TABLE(gone, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(post,
    COLUMN(id,        INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(author, id, ON_DELETE(CASCADE))),
    COLUMN(title,     TEXT,    NOT_NULL),
    COLUMN(body,      TEXT),
    INDEX(post_author, author_id), INDEX(post_title, title))
VIEW_SQL(zipped, "select id from author", COLUMN(id, INTEGER))
SCHEMA(app, author, gone, post, zipped)
