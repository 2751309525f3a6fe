/* What the blog can do. Loaders read trees of rows, actions change something; routes.c makes
 * HTTP of them, the tests call them as they are. All take a connection and return a vg_code,
 * whose text the connection has; rows lie in `arena`.
 *
 * SPDX-License-Identifier: MIT */
#ifndef BLOG_BLOG_H
#define BLOG_BLOG_H

#include "schema.h"

enum { PAGE_ROWS = 10, TAGS_MAX = 8 };

/* ---- loaders ---- */

/* The post of that slug with its author, its tags by name and its comments, oldest first,
 * each with its author. A draft is there for `as`, who wrote it, alone. VG_NOT_FOUND. */
int blog_post(vg_db *db, vg_arena *arena, const char *slug, int64_t as,
              struct posts **out);

/* A page of what is published, newest first, with authors and tags and without bodies;
 * `tag` NULL: all. *total is how many there are. Pages count from 1. */
int blog_page(vg_db *db, vg_arena *arena, const char *tag, int64_t page,
              posts_list *out, int64_t *total);

/* A user with the newest posts and, of each, how many comments it has. VG_NOT_FOUND. */
int blog_user(vg_db *db, vg_arena *arena, int64_t id, struct users **out);

/* Those who have published nothing yet, or something that nobody said a word to. */
int blog_quiet_users(vg_db *db, vg_arena *arena, users_list *out);

/* Tags and the number of published posts that have them, the most used first. */
// clang-format off
PROJECTION(tag_use,
    FIELD(name, tags.name),
    FIELD(posts, COUNT()))
// clang-format on
int blog_tags(vg_db *db, vg_arena *arena, tag_use_list *out);

/* ---- actions ---- */

/* A new post, a draft, with those tags, which are made if they are not there. All or nothing.
 * VG_UNIQUE: the slug is taken. */
int blog_write(vg_db *db, vg_arena *arena, const struct posts_new *post,
               const char *const *names, size_t count, struct posts **out);

/* Change a post of `author`: the columns of `given` (a mask, COLUMNS_OF). VG_NOT_FOUND. */
int blog_edit(vg_db *db, int64_t author, const char *slug,
              const struct posts_new *change, uint64_t given);

/* Publish, or take back. VG_NOT_FOUND: `author` has no such post. */
int blog_publish(vg_db *db, int64_t author, const char *slug, bool published);

/* One reader more. No such post is no error. */
int blog_count_view(vg_db *db, const char *slug);

/* A comment on a published post. VG_NOT_FOUND: there is none. */
int blog_comment(vg_db *db, vg_arena *arena, const char *slug,
                 const struct comments_new *comment, struct comments **out);

int blog_delete(vg_db *db, int64_t author, const char *slug);

/* ---- seed.c ---- */

/* Fill an empty blog with believable users, posts, comments and tags; the same for a number. */
int blog_seed(vg_db *db, uint64_t number, uint64_t users_count);

#endif
