/* The repository. What is asked by its shape alone is a registered query: a typed function
 * whose SQL is built once for each connection, and which `orders --check` explains.
 * SPDX-License-Identifier: MIT */
#include "orders.h"

#include <string.h>

// clang-format off

QUERY(insert_head, ONE(orders),
      PARAMS(INTEGER(customer), INTEGER(total), OPT_TEXT(key), OPT_TEXT(words)),
      INSERT_INTO(orders, SET(customer_id, customer), SET(total_cents, total),
                  SET(request_key, key), SET(note, words)),
      RETURNING(orders))

QUERY(head_by_id, ONE(orders), PARAMS(INTEGER(id)),
      SELECT(orders), WHERE(EQ(orders.id, id)))

QUERY(head_by_key, ONE(orders), PARAMS(INTEGER(customer), TEXT(key)),
      SELECT(orders), WHERE(AND(EQ(orders.customer_id, customer),
                                EQ(orders.request_key, key))))

QUERY(items_of, ALL(order_items), PARAMS(INTEGER(id)),
      SELECT(order_items), WHERE(EQ(order_items.order_id, id)), ORDER_BY(order_items.id),
      ALLOW(TEMP_BTREE, "sorts the items of one order, a hundred at most"))

QUERY(cards_before, ALL(order_card),
      PARAMS(INTEGER(customer), INTEGER(before), INTEGER(most)),
      SELECT(order_card), FROM(orders),
      WHERE(AND(EQ(orders.customer_id, customer), LT(orders.id, before))),
      ORDER_BY(DESC(orders.id)), LIMIT(most))

QUERY(cards_before_in, ALL(order_card),
      PARAMS(INTEGER(customer), INTEGER(before), INTEGER(most),
             ENUM_TEXT(order_status, status)),
      SELECT(order_card), FROM(orders),
      WHERE(AND(EQ(orders.customer_id, customer), EQ(orders.status, status),
                LT(orders.id, before))),
      ORDER_BY(DESC(orders.id)), LIMIT(most))

QUERY(move_head, ONE(orders),
      PARAMS(INTEGER(id), ENUM_TEXT(order_status, from), ENUM_TEXT(order_status, to)),
      UPDATE(orders, SET(status, to)),
      WHERE(AND(EQ(orders.id, id), EQ(orders.status, from))),
      RETURNING(orders))

QUERY(delete_head, EXEC, PARAMS(INTEGER(id)),
      DELETE_FROM(orders), WHERE(EQ(orders.id, id)))

QUERY(count_heads, GET(INTEGER), PARAMS(),
      SELECT_VALUE(COUNT()), FROM(orders),
      ALLOW(FULL_SCAN, orders, "asked by the seed and by tests, not by requests"))

// clang-format on

int order_create(vg_db *db, vg_arena *arena, const order_draft *draft, order *out)
{
    *out = (order){0};
    VG_TRANSACTION(db, tx) {
        int rc = insert_head(db, arena, &out->head, draft->customer_id,
                             draft->total_cents, draft->request_key, draft->note);
        for (size_t i = 0; !rc && i < draft->item_count; i++)
            draft->items[i].order_id = out->head->id;
        if (!rc)
            vg_all(db, arena, &out->items,
                   INSERT_INTO(order_items, VALUES(draft->items, draft->item_count)),
                   RETURNING(order_items));
    }
    return vg_result(db);
}

/* The items of a head that was found, as code `rc`. */
static int with_items(vg_db *db, vg_arena *arena, int rc, order *out)
{
    return rc ? rc : items_of(db, arena, &out->items, out->head->id);
}

int order_read(vg_db *db, vg_arena *arena, int64_t id, order *out)
{
    *out = (order){0};
    return with_items(db, arena, head_by_id(db, arena, &out->head, id), out);
}

int order_find(vg_db *db, vg_arena *arena, int64_t id, order *out)
{
    int rc = VG_OK;
    VG_TRANSACTION_WITH(db, tx, .mode = VG_TX_DEFERRED, .isolation = VG_REPEATABLE_READ)
    rc = order_read(db, arena, id, out);
    return rc ? rc : vg_result(db);
}

int order_find_by_key(vg_db *db, vg_arena *arena, int64_t customer_id,
                      const char *request_key, order *out)
{
    int rc = VG_OK;
    *out = (order){0};
    VG_TRANSACTION_WITH(db, tx, .mode = VG_TX_DEFERRED, .isolation = VG_REPEATABLE_READ)
    rc = with_items(db, arena,
                    head_by_key(db, arena, &out->head, customer_id, request_key), out);
    return rc ? rc : vg_result(db);
}

int orders_of_customer(vg_db *db, vg_arena *arena, const order_page *page,
                       order_card_list *out)
{
    return page->has_status ? cards_before_in(db, arena, out, page->customer_id,
                                              page->before, page->most, page->status)
                            : cards_before(db, arena, out, page->customer_id,
                                           page->before, page->most);
}

int order_set_status(vg_db *db, vg_arena *arena, int64_t id, enum order_status from,
                     enum order_status to, struct orders **out)
{
    return move_head(db, arena, out, id, from, to);
}

int order_delete(vg_db *db, int64_t id)
{
    int rc = delete_head(db, id);
    return rc || vg_changes(db) ? rc : VG_NOT_FOUND;
}

int orders_count(vg_db *db, int64_t *out)
{
    return count_heads(db, NULL, out);
}

int orders_size(vg_db *db, int64_t *out)
{
    if (strcmp(vg_dialect_name(db), "postgresql") == 0)
        return vg_get(
            db, NULL, out,
            SELECT_VALUE(SQL(INTEGER, "pg_database_size(current_database())")));
    return vg_get(
        db, NULL, out,
        SELECT_VALUE(SQL(INTEGER, "(select (p.page_count - f.freelist_count) * "
                                  "s.page_size from pragma_page_count p,"
                                  " pragma_freelist_count f, pragma_page_size s)")));
}
