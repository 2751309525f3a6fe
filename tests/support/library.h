/* A small library of books: the schema and rows that most tests of queries share.
 *
 *     authors <-- books <-- loans (book_id, day)
 *        ^'--- mentor_id
 *
 * Dan has no books, one book has no author, Clara's year of birth and the pages of
 * "Pipes" are not known. */
#pragma once
#include <virga/virga.h>

// clang-format off
TABLE(authors,
    COLUMN(id,        INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name,      TEXT,    NOT_NULL, UNIQUE),
    COLUMN(born,      INTEGER),
    COLUMN(mentor_id, INTEGER, REFERENCES(authors, id, ON_DELETE(SET_NULL))),
    COLUMN(alive,     BOOLEAN, NOT_NULL, DEFAULT(true)))

TABLE(books,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(author_id, INTEGER, REFERENCES(authors, id, ON_DELETE(CASCADE))),
    COLUMN(title,     TEXT,    NOT_NULL),
    COLUMN(pages,     INTEGER),
    COLUMN(price,     REAL,    NOT_NULL, DEFAULT(9.5)),
    COLUMN(in_print,  BOOLEAN),
    INDEX(books_author_idx, author_id),
    CHECK(books_pages, "pages > 0"))

TABLE(loans,
    COLUMN(book_id, INTEGER, NOT_NULL, REFERENCES(books, id)),
    COLUMN(day,     INTEGER, NOT_NULL),
    COLUMN(reader,  TEXT,    NOT_NULL),
    PRIMARY_KEY(book_id, day))
// clang-format on

SCHEMA(library, authors, books, loans)

ALIAS(mentors, authors)

#define LIBRARY_ROWS                                                                  \
    "insert into authors values (1, 'Ada', 1815, null, false),"                       \
    " (2, 'Brian', 1942, 1, true), (3, 'Clara', null, 1, true), (4, 'Dan', 1970, 3, " \
    "true);"                                                                          \
    "insert into books values (1, 1, 'Notes', 66, 9.5, true),"                        \
    " (2, 2, 'The C Book', 272, 45.0, true), (3, 2, 'Pipes', null, 12.25, false),"    \
    " (4, 3, 'Letters', 120, 8.0, null), (5, null, 'Anonymous', 10, 0.5, true);"      \
    "insert into loans values (1, 1, 'Rue'), (1, 2, 'Sam'), (2, 1, 'Rue');"
