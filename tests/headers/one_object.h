/* A schema that two files include: see one_object.c.
 *
 * SPDX-License-Identifier: MIT */
#include <virga/virga.h>

TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT, DEFAULT("x")))
ALIAS(boss, users)
PROJECTION(card, FIELD(name, users.name))

const void *const *objects(void);
