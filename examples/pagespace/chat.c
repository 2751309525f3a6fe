/* Channels. SPDX-License-Identifier: MIT */
#include "app.h"

int say(vg_db *db, const char *page_id, const char *author_id, const char *body)
{
    return vg_exec(db, INSERT_INTO(messages, SET(page_id, page_id),
                                   SET(author_id, author_id), SET(body, body)));
}

/* The count is added up by the database: two who react at once both count. */
int react(vg_db *db, const char *page_id, const char *emoji)
{
    return vg_exec(
        db,
        UPDATE(
            messages,
            SET(reactions, SQL(JSON,
                               "jsonb_set(?, array[?]::text[], "
                               "to_jsonb(coalesce((? ->> ?)::bigint, 0) + 1))",
                               messages.reactions, emoji, messages.reactions, emoji))),
        WHERE(EQ(
            messages.id,
            SCALAR(messages.id, FROM(messages), WHERE(EQ(messages.page_id, page_id)),
                   ORDER_BY(DESC(messages.created_at), DESC(messages.id)), LIMIT(1)))));
}

/* Pages by their last row and not by OFFSET: as fast at the end as at the beginning, and
 * nothing is seen twice while others go on talking. */
int read_chat(vg_db *db, vg_arena *arena, const char *page_id, int64_t count,
              const struct line_of_chat *before, line_of_chat_list *out)
{
    return vg_all(db, arena, out, SELECT(line_of_chat), FROM(messages),
                  LEFT_JOIN(users, EQ(users.id, messages.author_id)),
                  WHERE(AND(EQ(messages.page_id, page_id),
                            before ? OR(LT(messages.created_at, before->at),
                                        AND(EQ(messages.created_at, before->at),
                                            LT(messages.id, before->id)))
                                   : SKIP)),
                  ORDER_BY(DESC(messages.created_at), DESC(messages.id)), LIMIT(count));
}
