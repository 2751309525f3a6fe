/* Who learns here: a row by its key, some columns of it, a row that comes and goes.
 *
 * SPDX-License-Identifier: MIT */
#include "lms.h"

#include <inttypes.h>

int show_user(lms *app, const char *email)
{
    struct user_card card;
    heading("A user by email");
    int rc = user_by_email(app->users, &app->arena, &card, email);
    if (rc == VG_NOT_FOUND) {
        line("%s: nobody", email);
        return VG_OK;
    }
    if (!rc)
        line("%s: %s, %s", email, card.name, vg_label_text(&vg_coder_role, card.role));
    return rc;
}

/* INSERT, UPDATE and DELETE in one transaction; each tells what it did. */
int change_user(lms *app)
{
    vg_db *db = app->users;
    heading("A guest comes and goes");
    VG_TRANSACTION(db, tx) {
        struct users *guest;
        if (vg_one(
                db, &app->arena, &guest,
                INSERT_INTO(users, SET(email, "guest@example.org"), SET(name, "Guest")),
                RETURNING(users)))
            break;
        line("inserted %s as %s, %s", guest->email,
             vg_label_text(&vg_coder_role, guest->role),
             guest->is_active ? "active" : "inactive");
        vg_exec(db, UPDATE(users, SET(name, "Nora"), SET(is_active, false)),
                WHERE(EQ(users.id, guest->id)));
        line("updated %" PRId64 " row", vg_changes(db));
        vg_exec(db, DELETE_FROM(users), WHERE(EQ(users.is_active, false)));
        line("deleted %" PRId64 " row", vg_changes(db));
    }
    return vg_result(db);
}

/* A session for an hour; the expired ones go. Their keys are random UUIDs that the
 * program makes. */
int log_in(lms *app)
{
    vg_db *db = app->users;
    vg_timestamp now = vg_now(), later = {now.us + INT64_C(3600) * 1000000};
    int64_t user_id, open;
    vg_uuid session;
    int rc = user_id_of(db, NULL, &user_id, "mira@example.org");
    if (!rc)
        rc = vg_exec(db, DELETE_FROM(sessions), WHERE(EQ(sessions.user_id, user_id)));
    if (!rc)
        rc =
            vg_get(db, NULL, &session,
                   INSERT_INTO(sessions, SET(user_id, user_id), SET(expires_at, later)),
                   RETURNING_VALUE(sessions.id));
    if (!rc)
        rc = vg_exec(db, DELETE_FROM(sessions), WHERE(LT(sessions.expires_at, now)));
    if (!rc)
        rc = vg_count(db, &open, FROM(sessions), WHERE(EQ(sessions.id, &session)));
    if (rc)
        return rc;
    heading("Logging in");
    line("%" PRId64 " session of version %d", open, session.bytes[6] >> 4);
    return VG_OK;
}
