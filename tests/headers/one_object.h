/* A schema that two files include: see one_object.c.
 *
 * SPDX-License-Identifier: MIT */
#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, DEFAULT("x")))
ALIAS(boss, users)
PROJECTION(card, FIELD(name, users.name))
VIEW(cards, card, SELECT(card), FROM(users))
ALIAS(other_cards, cards)
TRIGGER(user_added, AFTER, INSERT, users, "select 1")
FTS_TABLE(names, FTS_COLUMN(name), CONTENT(users, id))

const void *const *objects(void);
