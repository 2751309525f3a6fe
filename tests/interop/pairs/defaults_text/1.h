#include <virga/virga.h>

TABLE(t,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(empty,  TEXT, DEFAULT("")),
    COLUMN(word,   TEXT, NOT_NULL, DEFAULT("user")),
    COLUMN(quote,  TEXT, DEFAULT("it's")),
    COLUMN(quotes, TEXT, DEFAULT("say \"hi\"")),
    COLUMN(lines,  TEXT, DEFAULT("one\ntwo")),
    COLUMN(utf8,   TEXT, DEFAULT("Grüße 🚀")),
    COLUMN(backslash, TEXT, DEFAULT("a\\b")),
    COLUMN(digits, TEXT, DEFAULT("007")),
    COLUMN(word_of_sql, TEXT, DEFAULT("CURRENT_TIMESTAMP")))
SCHEMA(app, t)
