/* The tree of pages. SPDX-License-Identifier: MIT */
#include "app.h"

vg_value page_touched(char room[VG_DEFAULT_ROOM])
{
    (void)room;
    return vg_of_time(vg_now());
}

/* Pages of one parent; at the top of a space it is NULL, which no = finds. */
static vg_predicate beside(const char *space_id, const char *parent_id, vg_arena *keep)
{
    return parent_id ? vg_keep(keep, EQ(pages.parent_id, parent_id))
                     : vg_keep(keep, AND(EQ(pages.space_id, space_id),
                                         IS_NULL(pages.parent_id)));
}

/* The place of the last of them; 0 when there is none. */
static int last_place(vg_db *db, const char *space_id, const char *parent_id,
                      double *out)
{
    vg_arena keep = {0};
    int rc = vg_get(db, NULL, out, SELECT_VALUE(COALESCE(MAX(pages.position), 0.0)),
                    FROM(pages), WHERE(beside(space_id, parent_id, &keep)));
    vg_arena_free(&keep);
    return rc;
}

int add_page(vg_db *db, vg_arena *arena, const char *space_id, const char *parent_id,
             enum page_kind kind, const char *title, const char *user_id,
             struct pages **out)
{
    double last;
    int rc = last_place(db, space_id, parent_id, &last);
    return rc ? rc
              : vg_one(db, arena, out,
                       INSERT_INTO(pages, SET(space_id, space_id),
                                   SET(parent_id, parent_id), SET(kind, kind),
                                   SET(title, title), SET(position, last + 1),
                                   SET(created_by, user_id)),
                       RETURNING(pages));
}

int write_page(vg_db *db, const char *page_id, const char *content)
{
    return vg_exec(db, UPDATE(pages, SET(content, content)),
                   WHERE(EQ(pages.id, page_id)));
}

/* Half way between the neighbours, so that no other row changes. */
int move_page(vg_db *db, const char *page_id, const char *parent_id,
              const char *after_id)
{
    VG_TRANSACTION(db, tx) {
        double low = 0, high;
        vg_opt_real next;
        if (after_id)
            vg_get(db, NULL, &low, SELECT_VALUE(pages.position), FROM(pages),
                   WHERE(EQ(pages.id, after_id)));
        vg_get(db, NULL, &next, SELECT_VALUE(MIN(pages.position)), FROM(pages),
               WHERE(AND(IS(pages.parent_id, parent_id), GT(pages.position, low),
                         NE(pages.id, page_id))));
        high = next.has ? next.v : low + 2;
        vg_exec(
            db,
            UPDATE(pages, SET(parent_id, parent_id), SET(position, (low + high) / 2)),
            WHERE(EQ(pages.id, page_id)));
    }
    return vg_result(db);
}

// clang-format off
PROJECTION(below, FIELD(id, pages.id))
ALIAS(subtree, below)
ALIAS(way, crumb)
PROJECTION(parent_crumb,
    FIELD(id,        pages.id),
    FIELD(parent_id, pages.parent_id),
    FIELD(title,     pages.title),
    FIELD(up,        ADD(way.up, 1)))
// clang-format on

int trash_page(vg_db *db, const char *page_id, bool trash, int64_t *count)
{
    int rc = vg_exec(
        db,
        CTE_RECURSIVE(subtree, SELECT(below), FROM(pages), WHERE(EQ(pages.id, page_id)),
                      UNION_ALL(SELECT(below), FROM(pages),
                                INNER_JOIN(subtree, EQ(pages.parent_id, subtree.id)))),
        UPDATE(pages, SET(trashed_at, (vg_opt_time){trash, vg_now()})),
        WHERE(IN(pages.id, SCALAR(subtree.id, FROM(subtree)))));
    *count = rc ? 0 : vg_changes(db);
    return rc;
}

int pages_of(vg_db *db, vg_arena *arena, const char *space_id, pages_list *out)
{
    return vg_all(db, arena, out, SELECT(pages),
                  WHERE(AND(EQ(pages.space_id, space_id), IS_NULL(pages.trashed_at))),
                  ORDER_BY(pages.position, pages.id));
}

int way_to(vg_db *db, vg_arena *arena, const char *page_id, crumb_list *out)
{
    return vg_all(
        db, arena, out,
        CTE_RECURSIVE(way, SELECT(crumb), FROM(pages), WHERE(EQ(pages.id, page_id)),
                      UNION_ALL(SELECT(parent_crumb), FROM(pages),
                                INNER_JOIN(way, EQ(pages.id, way.parent_id)))),
        SELECT(way), ORDER_BY(DESC(way.up)));
}

int find_pages(vg_db *db, vg_arena *arena, const char *space_id, const char *words,
               pages_list *out)
{
    return vg_all(db, arena, out, SELECT(pages),
                  WHERE(AND(EQ(pages.space_id, space_id), IS_NULL(pages.trashed_at),
                            SQL(BOOLEAN,
                                "to_tsvector('simple', ? || ' ' || ?) @@ "
                                "websearch_to_tsquery('simple', ?)",
                                pages.title, pages.content, words))),
                  ORDER_BY(pages.title));
}
