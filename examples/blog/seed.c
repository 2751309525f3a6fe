/* A blog to look at: believable users, posts with comments and tags. SPDX-License-Identifier:
 * MIT */
#include "blog.h"

#include <virga/seed.h>

int blog_seed(vg_db *db, uint64_t number, uint64_t users_count)
{
    return vg_seed(
        db, &blog,
        &(vg_seed_options){
            .seed = number,
            .plan = VG_SEED_PLAN(
                VG_SEED_COUNT(users, users_count), VG_SEED_COUNT(tags, 8),
                VG_SEED(users.email, vg_gen_email()),
                VG_SEED(users.name, vg_gen_full_name()), VG_SEED_OUT(users.settings),
                VG_SEED_OUT(users.avatar), VG_SEED_OUT(posts.meta),
                VG_SEED(tags.name, vg_gen_texts(("c", "sql", "sqlite", "postgresql",
                                                 "speed", "tools", "tests", "rain"))),
                VG_SEED(posts.slug, vg_gen_string()),
                VG_SEED(posts.title, vg_gen_lorem_ipsum(.words = 5)),
                VG_SEED(posts.body, vg_gen_lorem_ipsum(.sentences = 12)),
                VG_SEED(posts.status, vg_gen_texts(("published"))),
                VG_SEED(posts.published_at, vg_gen_timestamp()),
                VG_SEED(posts.views, vg_gen_int(.max = 5000)),
                VG_SEED(comments.body, vg_gen_lorem_ipsum(.sentences = 2)),
                VG_SEED_WITH(users, posts.author_id, 3),
                VG_SEED_WITH_SHARES(posts, comments.post_id, VG_SHARE(3, 0),
                                    VG_SHARE(5, 2), VG_SHARE(2, 9)),
                VG_SEED_WITH(posts, post_tags.post_id, 2))});
}
