#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, NOT_NULL))
TABLE(posts,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(user_id, INTEGER, NOT_NULL, REFERENCES(users, id)), COLUMN(title, TEXT, NOT_NULL))
PROJECTION(card,
    FIELD(id, posts.id), FIELD(title, posts.title), FIELD(name, users.name),
    FIELD(loud, UPPER(users.name)))
VIEW(cards,
    card, SELECT(card), FROM(posts), INNER_JOIN(users, EQ(users.id, posts.user_id)),
    WHERE(EQ(users.name, "O'Hara")))
SCHEMA(app, cards, posts, users)
