/* The schema of the outside program.
 *
 * SPDX-License-Identifier: MIT */
#ifndef APP_SCHEMA_H
#define APP_SCHEMA_H

#include <virga/virga.h>

// clang-format off
TABLE(authors,
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT,    NOT_NULL, UNIQUE))

TABLE(books,
    COLUMN(id,        INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(authors, id)),
    COLUMN(title,     TEXT,    NOT_NULL))

SCHEMA(library, authors, books)

PROJECTION(shelf,
    FIELD(title,  books.title),
    FIELD(author, authors.name))
// clang-format on

#endif
