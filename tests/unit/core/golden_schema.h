/* What the queries of golden SQL are about, beside `users`, which each test has of its own. */
#pragma once
#include <virga/virga.h>

// clang-format off
TABLE(posts,
    COLUMN(id,  INTEGER, PRIMARY_KEY),
    COLUMN(uid, INTEGER),
    COLUMN(t,   TEXT))

ALIAS(mgr, users)

PROJECTION(user_name, FIELD(name, users.name))
PROJECTION(user_up, FIELD(up, AS(UPPER(users.name), up)))
PROJECTION(left_joined, ROW(user, users), OPT_ROW(post, posts))
PROJECTION(full_joined, OPT_ROW(user, users), OPT_ROW(post, posts))
PROJECTION(managed, FIELD(id, users.id), FIELD(manager, NULLABLE(mgr.name)))
PROJECTION(user_id, FIELD(id, users.id))
ALIAS(w, user_id)
PROJECTION(max_id, FIELD(m, MAX(users.id)))
ALIAS(w_max, max_id)
PROJECTION(x_only, FIELD(x, SQL(INTEGER, "1")))
ALIAS(w_x, x_only)
PROJECTION(user_posts, FIELD(id, users.id),
    FIELD(n, COUNT_OF(FROM(posts), WHERE(EQ(posts.uid, users.id)))))
// clang-format on

#define IDS SELECT_VALUE(users.id)

/* A function that renders a query, for GOLDEN_DIALECT; a row of the list of cases. */
#define GOLDEN_RENDER(row, name, ...)                            \
    static int name(vg_arena *arena, vg_rendered *out)           \
    {                                                            \
        return vg_sql(arena, &GOLDEN_DIALECT, out, __VA_ARGS__); \
    }
#define GOLDEN_ROW(row, name, ...) {row, name},
