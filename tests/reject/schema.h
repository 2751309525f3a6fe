/* The schema and the variables that the files beside this one make their mistakes with.
 *
 * SPDX-License-Identifier: MIT */
#ifndef REJECT_SCHEMA_H
#define REJECT_SCHEMA_H

#include <virga/virga.h>

TABLE(users,
    COLUMN(id,     INTEGER,   PRIMARY_KEY),
    COLUMN(email,  TEXT,      NOT_NULL, UNIQUE),
    COLUMN(name,   TEXT),
    COLUMN(age,    INTEGER),
    COLUMN(score,  REAL),
    COLUMN(active, BOOLEAN,   NOT_NULL, DEFAULT(true)),
    COLUMN(mails,  BOOLEAN),
    COLUMN(since,  TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    COLUMN(token,  UUID))

TABLE(posts,
    COLUMN(id,        INTEGER, PRIMARY_KEY),
    COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(users, id)),
    COLUMN(title,     TEXT,    NOT_NULL),
    COLUMN(views,     INTEGER, NOT_NULL, DEFAULT(0)))

PROJECTION(card,
    FIELD(title,  posts.title),
    FIELD(author, users.email),
    FIELD(age,    users.age))

ALIAS(recent, card)

/* What the mistakes are assigned to and made of. */
extern vg_db *db;
extern vg_arena *arena;
extern users_list list;
extern card_list cards;
extern struct users *user;
extern struct posts *post;
extern vg_cursor *cursor;
extern int64_t count;
extern bool yes;
extern int rc;
extern vg_rendered sql;

extern vg_predicate p;
extern vg_clause clause;
extern vg_int number;
extern vg_int_null maybe_number;
extern vg_real_null maybe_real;
extern vg_text text;
extern vg_text_null maybe_text;

extern const char *string;
extern int64_t integers[2];
extern const char *strings[2];

void reject(void);

#endif
