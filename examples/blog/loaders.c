/* What readers see: trees of rows, each by one call. SPDX-License-Identifier: MIT */
#include "blog.h"

int blog_post(vg_db *db, vg_arena *arena, const char *slug, int64_t as,
              struct posts **out)
{
    return vg_one(db, arena, out, SELECT(posts),
                  WHERE(AND(EQ(posts.slug, slug), OR(EQ(posts.status, POST_PUBLISHED),
                                                     EQ(posts.author_id, as)))),
                  WITH(posts, author, OMIT(users.avatar, users.settings)),
                  WITH(posts, tags, ORDER_BY(tags.name)),
                  WITH(posts, comments, ORDER_BY(comments.created_at, comments.id),
                       WITH(comments, author, ONLY(users.name))));
}

int blog_page(vg_db *db, vg_arena *arena, const char *tag, int64_t page,
              posts_list *out, int64_t *total)
{
    vg_predicate tagged = tag ? HAS(posts, tags, EQ(tags.name, tag)) : SKIP;
    int rc = vg_count(db, total, FROM(posts),
                      WHERE(AND(EQ(posts.status, POST_PUBLISHED), tagged)));
    if (rc)
        return rc;
    return vg_all(db, arena, out, SELECT(posts), OMIT(posts.body, posts.meta),
                  WHERE(AND(EQ(posts.status, POST_PUBLISHED), tagged)),
                  ORDER_BY(DESC(posts.published_at), DESC(posts.id)), LIMIT(PAGE_ROWS),
                  OFFSET((page - 1) * PAGE_ROWS), WITH(posts, author, ONLY(users.name)),
                  WITH(posts, tags, ORDER_BY(tags.name)));
}

int blog_user(vg_db *db, vg_arena *arena, int64_t id, struct users **out)
{
    return vg_one(db, arena, out, SELECT(users), WHERE(EQ(users.id, id)),
                  WITH(users, posts, OMIT(posts.body), ORDER_BY(DESC(posts.id)),
                       LIMIT(5), WITH(posts, tags, ORDER_BY(tags.name))));
}

int blog_quiet_users(vg_db *db, vg_arena *arena, users_list *out)
{
    return vg_all(db, arena, out, SELECT(users), OMIT(users.avatar, users.settings),
                  WHERE(OR(HAS_NONE(users, posts, EQ(posts.status, POST_PUBLISHED)),
                           HAS(users, posts,
                               AND(EQ(posts.status, POST_PUBLISHED),
                                   HAS_NONE(posts, comments))))),
                  ORDER_BY(users.id), LIMIT(100));
}

int blog_tags(vg_db *db, vg_arena *arena, tag_use_list *out)
{
    return vg_all(db, arena, out, SELECT(tag_use), FROM(tags),
                  INNER_JOIN(post_tags, EQ(post_tags.tag_id, tags.id)),
                  INNER_JOIN(posts, AND(EQ(posts.id, post_tags.post_id),
                                        EQ(posts.status, POST_PUBLISHED))),
                  GROUP_BY(tags.name), ORDER_BY(DESC(COUNT()), tags.name));
}
