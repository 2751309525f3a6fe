/* A blog: who writes, what is written, what others say to it, and words to find it by.
 *
 *     users  <--  posts  <--  comments
 *                 posts  <--  post_tags  -->  tags
 *
 * SPDX-License-Identifier: MIT */
#ifndef BLOG_SCHEMA_H
#define BLOG_SCHEMA_H

#include <virga/rule.h>
#include <virga/virga.h>

// clang-format off
ENUM(post_status, VALUE(POST_DRAFT, "draft"), VALUE(POST_PUBLISHED, "published"))

TABLE(users,
    COLUMN(id,         INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(email,      TEXT,      NOT_NULL, UNIQUE),
    COLUMN(name,       TEXT(80),  NOT_NULL),
    COLUMN(settings,   JSON,      MODE(BLOB)),            /* bytes on SQLite, jsonb elsewhere */
    COLUMN(avatar,     BLOB),
    COLUMN(created_at, TIMESTAMP, MODE(MILLISECONDS), NOT_NULL, DEFAULT_NOW),
    MANY(posts,        posts,     author_id),
    MANY(comments,     comments,  author_id))

TABLE(posts,
    COLUMN(id,         INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(author_id,  INTEGER,   NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(slug,       TEXT(100), NOT_NULL, UNIQUE),
    COLUMN(title,      TEXT(200), NOT_NULL),
    COLUMN(body,       TEXT,      NOT_NULL),
    COLUMN(status,     ENUM_TEXT(post_status), NOT_NULL, DEFAULT(POST_DRAFT), CHECKED),
    COLUMN(meta,       JSON,      NOT_NULL, DEFAULT("{}")),
    COLUMN(views,      INTEGER,   NOT_NULL, DEFAULT(0)),
    COLUMN(published_at, TIMESTAMP),                      /* NULL: a draft */
    CHECK(posts_views, "views >= 0"),
    CHECK(posts_published, "(status = 'published') = (published_at is not null)"),
    INDEX(posts_author_idx, author_id),
    INDEX(posts_published_idx, published_at),
    ONE(author,        users,     author_id),
    MANY(comments,     comments,  post_id),
    MANY_THROUGH(tags, tags,      post_tags, post_id, tag_id))

TABLE(comments,
    COLUMN(id,         INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(post_id,    INTEGER,   NOT_NULL, REFERENCES(posts, id, ON_DELETE(CASCADE))),
    COLUMN(author_id,  INTEGER,   NOT_NULL, REFERENCES(users, id, ON_DELETE(CASCADE))),
    COLUMN(body,       TEXT(2000), NOT_NULL),
    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    INDEX(comments_post_idx, post_id),
    INDEX(comments_author_idx, author_id),
    ONE(author,        users,     author_id),
    ONE(post,          posts,     post_id))

TABLE(tags,
    COLUMN(id,         INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name,       TEXT(40),  NOT_NULL, UNIQUE),
    MANY_THROUGH(posts, posts,    post_tags, tag_id, post_id))

TABLE(post_tags,
    COLUMN(post_id,    INTEGER,   NOT_NULL, REFERENCES(posts, id, ON_DELETE(CASCADE))),
    COLUMN(tag_id,     INTEGER,   NOT_NULL, REFERENCES(tags, id, ON_DELETE(CASCADE))),
    PRIMARY_KEY(post_id, tag_id),
    INDEX(post_tags_tag_idx, tag_id))

SCHEMA(blog, users, posts, comments, tags, post_tags)

/* What the database does not check, but those who send documents should be told. */
RULE(users,    email, EMAIL)
RULE(posts,    slug,  PATTERN("^[a-z0-9]+(-[a-z0-9]+)*$"))
RULE(posts,    title, MIN_LENGTH(1))
RULE(comments, body,  MIN_LENGTH(1))
RULE(tags,     name,  PATTERN("^[a-z0-9]+(-[a-z0-9]+)*$"))
// clang-format on

#endif
