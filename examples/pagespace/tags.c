/* Tags, stars, mentions. SPDX-License-Identifier: MIT */
#include "app.h"

int tag_page(vg_db *db, const char *space_id, const char *page_id, const char *name)
{
    vg_arena arena = {0};
    VG_TRANSACTION(db, tx) {
        struct tags *tag;
        /* SET to what it is: so that a tag which is there is returned, too. */
        if (vg_one(
                db, &arena, &tag,
                INSERT_INTO(tags, SET(space_id, space_id), SET(name, name)),
                ON_CONFLICT(tags, KEY(space_id, name), SET(name, EXCLUDED(tags.name))),
                RETURNING(tags)))
            break;
        vg_exec(db, INSERT_INTO(page_tags, SET(page_id, page_id), SET(tag_id, tag->id)),
                ON_CONFLICT(page_tags, DO_NOTHING));
    }
    vg_arena_free(&arena);
    return vg_result(db);
}

int star_page(vg_db *db, const char *user_id, const char *page_id, bool on)
{
    if (on)
        return vg_exec(db,
                       INSERT_INTO(stars, SET(user_id, user_id), SET(page_id, page_id)),
                       ON_CONFLICT(stars, DO_NOTHING));
    return vg_exec(db, DELETE_FROM(stars),
                   WHERE(AND(EQ(stars.user_id, user_id), EQ(stars.page_id, page_id))));
}

int mention(vg_db *db, const char *source_id, const char *target_id)
{
    return vg_exec(
        db, INSERT_INTO(mentions, SET(source_id, source_id), SET(target_id, target_id)),
        ON_CONFLICT(mentions, DO_NOTHING));
}

int tags_of(vg_db *db, vg_arena *arena, const char *space_id, tag_count_list *out)
{
    return vg_all(db, arena, out, SELECT(tag_count), FROM(tags),
                  LEFT_JOIN(page_tags, EQ(page_tags.tag_id, tags.id)),
                  WHERE(EQ(tags.space_id, space_id)), GROUP_BY(tags.id),
                  ORDER_BY(DESC(COUNT(page_tags.page_id)), tags.name));
}

int titles_with_tag(vg_db *db, vg_arena *arena, const char *space_id, const char *name,
                    vg_text_list *out)
{
    return vg_all(db, arena, out, SELECT_VALUE(pages.title), FROM(pages),
                  INNER_JOIN(page_tags, EQ(page_tags.page_id, pages.id)),
                  INNER_JOIN(tags, EQ(tags.id, page_tags.tag_id)),
                  WHERE(AND(EQ(tags.space_id, space_id), EQ(tags.name, name))),
                  ORDER_BY(pages.title));
}

int mentioned_by(vg_db *db, vg_arena *arena, const char *page_id, vg_text_list *out)
{
    return vg_all(db, arena, out, SELECT_VALUE(pages.title), FROM(pages),
                  INNER_JOIN(mentions, EQ(mentions.source_id, pages.id)),
                  WHERE(EQ(mentions.target_id, page_id)), ORDER_BY(pages.title));
}
