/* What changes the blog. Where several statements belong together they are a block: all of
 * them are done, or none. SPDX-License-Identifier: MIT */
#include "blog.h"

/* A tag of that name, made if need be. */
static int tag_named(vg_db *db, vg_arena *arena, const char *name, int64_t *id)
{
    struct tags *tag;
    int rc = vg_one(db, arena, &tag, INSERT_INTO(tags, SET(name, name)),
                    ON_CONFLICT(tags, KEY(name), SET(name, EXCLUDED(tags.name))),
                    RETURNING(tags));
    *id = rc ? 0 : tag->id;
    return rc;
}

int blog_write(vg_db *db, vg_arena *arena, const struct posts_new *post,
               const char *const *names, size_t count, struct posts **out)
{
    *out = NULL;
    VG_TRANSACTION(db, tx) {
        if (vg_one(db, arena, out, INSERT_INTO(posts, VALUES(post)), RETURNING(posts)))
            break; /* out of the block: rolled back */
        for (size_t i = 0; i < count; i++) {
            int64_t tag;
            if (tag_named(db, arena, names[i], &tag))
                break;
            vg_exec(db,
                    INSERT_INTO(post_tags, SET(post_id, (*out)->id), SET(tag_id, tag)),
                    ON_CONFLICT(post_tags, KEY(post_id, tag_id), DO_NOTHING));
        }
    }
    return vg_result(db);
}

/* VG_NOT_FOUND when a statement that should have changed a row changed none. */
static int changed(vg_db *db, int rc)
{
    return rc || vg_changes(db) ? rc : VG_NOT_FOUND;
}

int blog_edit(vg_db *db, int64_t author, const char *slug,
              const struct posts_new *change, uint64_t given)
{
    return changed(
        db, vg_exec(db, UPDATE_GIVEN(posts, change, given),
                    WHERE(AND(EQ(posts.slug, slug), EQ(posts.author_id, author)))));
}

int blog_publish(vg_db *db, int64_t author, const char *slug, bool published)
{
    return changed(
        db, vg_exec(db,
                    UPDATE(posts, SET(status, published ? POST_PUBLISHED : POST_DRAFT),
                           SET_IF(published, published_at,
                                  COALESCE(posts.published_at, vg_now())),
                           SET_IF(!published, published_at, NULL)),
                    WHERE(AND(EQ(posts.slug, slug), EQ(posts.author_id, author)))));
}

int blog_count_view(vg_db *db, const char *slug)
{
    return vg_exec(db, UPDATE(posts, SET(views, ADD(posts.views, 1))),
                   WHERE(AND(EQ(posts.slug, slug), EQ(posts.status, POST_PUBLISHED))));
}

int blog_comment(vg_db *db, vg_arena *arena, const char *slug,
                 const struct comments_new *comment, struct comments **out)
{
    struct comments_new row = *comment;
    int rc = VG_OK;
    *out = NULL;
    VG_TRANSACTION(db, tx) {
        rc = vg_get(db, arena, &row.post_id, SELECT_VALUE(posts.id),
                    WHERE(AND(EQ(posts.slug, slug), EQ(posts.status, POST_PUBLISHED))));
        if (rc)
            break;
        vg_one(db, arena, out, INSERT_INTO(comments, VALUES(&row)),
               RETURNING(comments));
    }
    return rc ? rc : vg_result(db);
}

int blog_delete(vg_db *db, int64_t author, const char *slug)
{
    return changed(
        db, vg_exec(db, DELETE_FROM(posts),
                    WHERE(AND(EQ(posts.slug, slug), EQ(posts.author_id, author)))));
}
