/* Spaces and who belongs to them. SPDX-License-Identifier: MIT */
#include "app.h"

/* A space without its owner as a member must never be seen: both rows or none. */
int create_space(vg_db *db, vg_arena *arena, const char *owner_id, const char *name,
                 const char *slug, struct spaces **out)
{
    VG_TRANSACTION(db, tx) {
        if (!vg_one(db, arena, out,
                    INSERT_INTO(spaces, SET(owner_id, owner_id), SET(name, name),
                                SET(slug, slug)),
                    RETURNING(spaces)))
            set_member(db, (*out)->id, owner_id, MEMBER_OWNER);
    }
    return vg_result(db);
}

int drop_space(vg_db *db, const char *owner_id, const char *slug)
{
    return vg_exec(db, DELETE_FROM(spaces),
                   WHERE(AND(EQ(spaces.owner_id, owner_id), EQ(spaces.slug, slug))));
}

int set_member(vg_db *db, const char *space_id, const char *user_id,
               enum member_role role)
{
    return vg_exec(db,
                   INSERT_INTO(members, SET(space_id, space_id), SET(user_id, user_id),
                               SET(role, role)),
                   ON_CONFLICT(members, KEY(space_id, user_id),
                               SET(role, EXCLUDED(members.role))));
}

int role_of(vg_db *db, const char *space_id, const char *user_id, enum member_role *out)
{
    struct members row;
    vg_arena arena = {0};
    int rc = vg_get(
        db, &arena, &row, SELECT(members),
        WHERE(AND(EQ(members.space_id, space_id), EQ(members.user_id, user_id))));
    if (!rc)
        *out = row.role;
    vg_arena_free(&arena);
    return rc;
}

int spaces_of(vg_db *db, vg_arena *arena, const char *user_id, space_card_list *out)
{
    return vg_all(db, arena, out, SELECT(space_card), FROM(members),
                  INNER_JOIN(spaces, EQ(spaces.id, members.space_id)),
                  INNER_JOIN(users, EQ(users.id, spaces.owner_id)),
                  WHERE(EQ(members.user_id, user_id)), ORDER_BY(spaces.name));
}
