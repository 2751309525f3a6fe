/* The schema of a blog: the one place where tables are described.
 *
 * SPDX-License-Identifier: MIT */
#ifndef BLOG_SCHEMA_H
#define BLOG_SCHEMA_H

#include <virga/virga.h>

// clang-format off
TABLE(users,
    COLUMN(id,         INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(email,      TEXT,      NOT_NULL, UNIQUE),
    COLUMN(age,        INTEGER),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    CHECK(users_age, "age between 0 and 150"))

TABLE(posts,
    COLUMN(id,         INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(author_id,  INTEGER, NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(title,      TEXT,    NOT_NULL),
    COLUMN(views,      INTEGER, NOT_NULL, DEFAULT(0)),
    INDEX(posts_author_idx, author_id))

SCHEMA(blog, users, posts)
// clang-format on

#endif
