/* A workspace of pages on PostgreSQL. Every function takes a connection, runs its statements
 * and returns a vg_code; rows live in the arena that is passed.
 *
 *     accounts.c   users and sessions
 *     spaces.c     spaces and their members, the list of what one may see
 *     pages.c      the tree: add, move, trash, the way up, search
 *     tags.c       tags, stars, mentions
 *     chat.c       channels: say, read page by page, react
 *     crowd.c      many threads at once, through the pool
 *     main.c       a walk through all of it
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schema/schema.h"

/* ---- accounts.c ---- */

/* The user with that address, made if there is none. */
int sign_up(vg_db *db, vg_arena *arena, const char *email, const char *name,
            struct users **out);
/* A session for a week, by the hash of its token. */
int sign_in(vg_db *db, const char *user_id, vg_bytes token_hash);
/* Whose session it is; VG_NOT_FOUND when it is over. */
int who_is(vg_db *db, vg_arena *arena, vg_bytes token_hash, struct users **out);

/* ---- spaces.c ---- */

int create_space(vg_db *db, vg_arena *arena, const char *owner_id, const char *name,
                 const char *slug, struct spaces **out);
int drop_space(vg_db *db, const char *owner_id, const char *slug);
/* Add a member, or give one another role. */
int set_member(vg_db *db, const char *space_id, const char *user_id,
               enum member_role role);
/* VG_NOT_FOUND: not even a reader. */
int role_of(vg_db *db, const char *space_id, const char *user_id,
            enum member_role *out);

// clang-format off
PROJECTION(space_card,
    FIELD(id,      spaces.id),
    FIELD(name,    spaces.name),
    FIELD(owner,   users.name),
    FIELD_AS(role, PG_ENUM(member_role), members.role),
    FIELD(pages,   COUNT_OF(FROM(pages), WHERE(AND(EQ(pages.space_id, spaces.id),
                                                   IS_NULL(pages.trashed_at))))))
// clang-format on
/* The spaces that a user belongs to. */
int spaces_of(vg_db *db, vg_arena *arena, const char *user_id, space_card_list *out);

/* ---- pages.c ---- */

/* A new page at the end of its parent's (NULL: of the space's) pages. */
int add_page(vg_db *db, vg_arena *arena, const char *space_id, const char *parent_id,
             enum page_kind kind, const char *title, const char *user_id,
             struct pages **out);
int write_page(vg_db *db, const char *page_id, const char *content);
/* Behind the page `after_id` (NULL: first) of the same parent. */
int move_page(vg_db *db, const char *page_id, const char *parent_id,
              const char *after_id);
/* A page and all below it go to the trash, or come back. *count: how many. */
int trash_page(vg_db *db, const char *page_id, bool trash, int64_t *count);
/* All live pages of a space, in the order of their places: one query, whatever the depth. */
int pages_of(vg_db *db, vg_arena *arena, const char *space_id, pages_list *out);

// clang-format off
PROJECTION(crumb,
    FIELD(id,        pages.id),
    FIELD(parent_id, pages.parent_id),
    FIELD(title,     pages.title),
    FIELD(up,        SQL(INTEGER, "cast(0 as bigint)")))
// clang-format on
/* The page and what it lies in, the outermost first. */
int way_to(vg_db *db, vg_arena *arena, const char *page_id, crumb_list *out);
/* Live pages of a space that have the words, as people type them. */
int find_pages(vg_db *db, vg_arena *arena, const char *space_id, const char *words,
               pages_list *out);

/* ---- tags.c ---- */

/* Put a tag onto a page; the tag is made if the space has none of that name. */
int tag_page(vg_db *db, const char *space_id, const char *page_id, const char *name);
int star_page(vg_db *db, const char *user_id, const char *page_id, bool on);
int mention(vg_db *db, const char *source_id, const char *target_id);

// clang-format off
PROJECTION(tag_count,
    FIELD(name, tags.name),
    FIELD(n,    COUNT(page_tags.page_id)))
// clang-format on
int tags_of(vg_db *db, vg_arena *arena, const char *space_id, tag_count_list *out);
int titles_with_tag(vg_db *db, vg_arena *arena, const char *space_id, const char *name,
                    vg_text_list *out);
/* Titles of the pages that mention this one. */
int mentioned_by(vg_db *db, vg_arena *arena, const char *page_id, vg_text_list *out);

/* ---- chat.c ---- */

int say(vg_db *db, const char *page_id, const char *author_id, const char *body);
/* One more of such a reaction on the newest message of a channel. */
int react(vg_db *db, const char *page_id, const char *emoji);

// clang-format off
PROJECTION(line_of_chat,
    FIELD(id,        messages.id),
    FIELD(author,    NULLABLE(users.name)),
    FIELD(body,      messages.body),
    FIELD(reactions, messages.reactions),
    FIELD(at,        messages.created_at))
// clang-format on
/* Newest first, at most `count`, older than `before` (NULL: the newest). */
int read_chat(vg_db *db, vg_arena *arena, const char *page_id, int64_t count,
              const struct line_of_chat *before, line_of_chat_list *out);

/* ---- crowd.c ---- */

/* `threads` people say `each` things; *said is what the channel then has. */
int crowd(vg_pool *pool, const char *page_id, const char *author_id, int threads,
          int each, int64_t *said);
