/* Tables with relations, for the files that make their mistakes with those.
 *
 * SPDX-License-Identifier: MIT */
#ifndef REJECT_RELATED_H
#define REJECT_RELATED_H

#include <virga/virga.h>

TABLE(people,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(name,    TEXT,    NOT_NULL),
    COLUMN(boss_id, INTEGER),
    ONE(boss, people, boss_id),
    MANY(books, books, author_id))

TABLE(books,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(author_id, INTEGER, NOT_NULL),
    COLUMN(title,     TEXT,    NOT_NULL),
    ONE(author, people, author_id),
    MANY(reviews, reviews, book_id),
    EXTRA(review_count, INTEGER))

TABLE(reviews,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(book_id, INTEGER, NOT_NULL),
    ONE(book, books, book_id))

extern vg_db *db;
extern vg_arena *arena;
extern people_list authors;
extern books_list list;
extern struct books *book;
extern vg_cursor *cursor;
extern int rc;

void reject(void);

#endif
