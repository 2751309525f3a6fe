/* Users and sessions. SPDX-License-Identifier: MIT */
#include "app.h"

int sign_up(vg_db *db, vg_arena *arena, const char *email, const char *name,
            struct users **out)
{
    return vg_one(db, arena, out,
                  INSERT_INTO(users, SET(email, email), SET(name, name)),
                  ON_CONFLICT(users, KEY(email), SET(name, EXCLUDED(users.name))),
                  RETURNING(users));
}

int sign_in(vg_db *db, const char *user_id, vg_bytes token_hash)
{
    const int64_t week_us = INT64_C(7) * 24 * 3600 * 1000000;
    vg_timestamp over = {vg_now().us + week_us};
    return vg_exec(db,
                   INSERT_INTO(sessions, SET(token_hash, token_hash),
                               SET(user_id, user_id), SET(expires_at, over)),
                   ON_CONFLICT(sessions, KEY(token_hash),
                               SET(user_id, EXCLUDED(sessions.user_id)),
                               SET(expires_at, EXCLUDED(sessions.expires_at))));
}

int who_is(vg_db *db, vg_arena *arena, vg_bytes token_hash, struct users **out)
{
    return vg_one(db, arena, out, SELECT(users),
                  INNER_JOIN(sessions, EQ(sessions.user_id, users.id)),
                  WHERE(AND(EQ(sessions.token_hash, token_hash),
                            GT(sessions.expires_at, vg_now()))));
}
