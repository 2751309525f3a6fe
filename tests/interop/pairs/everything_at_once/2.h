#include <virga/virga.h>

TABLE(writer,
    COLUMN(id, INTEGER, PRIMARY_KEY, AUTOINCREMENT), COLUMN(full_name, TEXT, NOT_NULL),
    COLUMN(email, TEXT, UNIQUE))
TABLE(post,
    COLUMN(id,        INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(writer, id, ON_DELETE(CASCADE))),
    COLUMN(title,     TEXT,    NOT_NULL),
    COLUMN(body,      TEXT,    DEFAULT("")),
    INDEX(post_author, author_id), UNIQUE_INDEX(post_title, title))
TABLE(tag,
    COLUMN(post_id, INTEGER, NOT_NULL, REFERENCES(post, id)), COLUMN(word, TEXT, NOT_NULL),
    PRIMARY_KEY(post_id, word))
VIEW_SQL(zipped, "select id from writer", COLUMN(id, INTEGER))
SCHEMA(app, post, tag, writer, zipped)
