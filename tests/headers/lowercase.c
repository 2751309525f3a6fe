/* A program with short lower case macros of its own: what the macros hand to each other
 * on the way must not be among them. Names of columns, of tables and of the members that
 * a row struct, a list or a descriptor has are another matter.
 *
 * SPDX-License-Identifier: MIT */
#include <virga/virga.h>

#define blob      hostile(1)
#define cel       hostile(2)
#define chk       hostile(3)
#define col       hostile(4)
#define con       hostile(5)
#define def       hostile(6)
#define fky       hostile(7)
#define fld       hostile(8)
#define json      hostile(9)
#define key       hostile(10)
#define kwh       hostile(11)
#define nam       hostile(12)
#define non       hostile(13)
#define numeric   hostile(14)
#define opt       hostile(15)
#define order     hostile(16)
#define predicate hostile(17)
#define real      hostile(18)
#define row       hostile(19)
#define set       hostile(20)
#define sif       hostile(21)
#define text      hostile(22)
#define time      hostile(23)
#define unk       hostile(24)
#define uuid_expr hostile(25)
#define uwh       hostile(26)
#define val       hostile(27)
#define value     hostile(28)
#define yes       hostile(29)

// clang-format off
TABLE_LATER(notes)

TABLE(users,
    NAME("people"),
    COLUMN(id,     INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(email,  TEXT(80), NOT_NULL, UNIQUE("email_idx")),
    COLUMN(score,  REAL, DEFAULT(1.5)),
    COLUMN(price,  NUMERIC(8, 2), DEFAULT_SQL("1 + 1")),
    COLUMN(active, BOOLEAN, NOT_NULL, DEFAULT(true)),
    COLUMN(photo,  BLOB),
    COLUMN(prefs,  JSON),
    COLUMN(token,  UUID, DEFAULT_FN(vg_default_uuid_v4)),
    COLUMN(since,  TIMESTAMP, NOT_NULL, DEFAULT_NOW, MODE(SECONDS)),
    COLUMN(born,   DATE),
    COLUMN(note,   INTEGER, REFERENCES_LATER(notes, id, ON_DELETE(SET_NULL))),
    UNIQUE(users_pair, email, born),
    INDEX(users_born_idx, born),
    INDEX_WHERE(users_price_idx, "price > 0", price),
    CHECK(users_score, "score >= 0"))

TABLE(notes,
    COLUMN(id,    INTEGER),
    COLUMN(owner, INTEGER),
    PRIMARY_KEY(id, owner),
    FOREIGN_KEY(COLUMNS(owner), REFERENCES(users, id), ON_DELETE(CASCADE)))

ALIAS(boss, users)

PROJECTION(card,
    FIELD(email, users.email),
    FIELD(total, COUNT()),
    ROW(note, notes),
    OPT_ROW(boss_row, boss))

SCHEMA(all, users, notes)
QUERY(by_words, ONE(users), PARAMS(TEXT(mail), OPT_REAL(least), BOOLEAN(flag), UUID(wanted)),
    SELECT(users), WHERE(AND(EQ(users.email, mail), GT(users.score, least))))
// clang-format on

int lowercase(vg_db *db, vg_arena *arena, card_list *cards, struct notes_new *rows);

int lowercase(vg_db *db, vg_arena *arena, card_list *cards, struct notes_new *rows)
{
    vg_exec(db, INSERT_INTO(users, SET(email, "a"), SET_IF(cards, score, 1.5)),
            ON_CONFLICT(users, KEY(email), KEY_WHERE(GT(users.score, 1)),
                        SET(score, 2.0), UPDATE_WHERE(LT(users.score, 3))));
    vg_exec(db, INSERT_INTO(notes, VALUES(rows)), ON_CONFLICT(notes, DO_NOTHING));
    vg_exec(db, INSERT_INTO(notes, DEFAULT_VALUES));
    vg_exec(db, UPDATE(users, SET(email, UPPER(users.email))), WHERE(EQ(users.id, 1)));
    return vg_all(db, arena, cards, SELECT(card), FROM(users), CROSS_JOIN(notes),
                  LEFT_JOIN(boss, EQ(boss.id, SQL(INTEGER, "? + 1", users.id))),
                  GROUP_BY(users.id), ORDER_BY(DESC(users.email)), LIMIT(3));
}
