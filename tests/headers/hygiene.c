/* Virga's headers in crowded company: compiled twice, with the popular headers
 * before ours and, under VIRGA_FIRST, after them. Either way everything must
 * compile without a warning, and the program below must mean the same.
 *
 * <sys/param.h> defines MIN and MAX whether somebody has or not: after it, VG_MIN
 * and VG_MAX are the ones that always work.
 *
 * SPDX-License-Identifier: MIT */
#ifdef VIRGA_FIRST
#    include <virga/virga.h>
#    include "popular.h"
#else
#    include "popular.h"
#    include <virga/virga.h>
#endif

// clang-format off
ENUM(rank, VALUE(RANK_LOW, "low"), VALUE(RANK_HIGH, "high", 7), RANK_NONE)

TABLE(owners,
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT(40), NOT_NULL, UNIQUE),
    COLUMN(born, DATE),
    COLUMN(rank, ENUM_TEXT(rank)),
    CHECK(owners_name, "name <> ''"))

TABLE(times,
    COLUMN(id,       INTEGER, PRIMARY_KEY),
    COLUMN(owner_id, INTEGER, NOT_NULL, REFERENCES(owners, id, ON_DELETE(CASCADE))),
    COLUMN(price,    NUMERIC(8, 2), NOT_NULL, DEFAULT(0)),
    INDEX(times_owner_idx, owner_id))

ALIAS(other, owners)

PROJECTION(card,
    FIELD(name,  owners.name),
    FIELD(count, COUNT()),
    FIELD(least, VG_MIN(times.id)),
    OPT_ROW(also, other))
// clang-format on

int hygiene(vg_db *db, vg_arena *arena, card_list *cards);

int hygiene(vg_db *db, vg_arena *arena, card_list *cards)
{
    int rc = vg_exec(db, INSERT_INTO(owners, SET(name, "a")),
                     ON_CONFLICT(owners, DO_NOTHING));
    rc |= vg_exec(db, UPDATE(owners, SET(name, UPPER(owners.name))),
                  WHERE(AND(NOT(EQ(owners.id, 1)), IN(owners.name, "b", "c"))));
    rc |= vg_exec(db, DELETE_FROM(times), ALL_ROWS);
    rc |= vg_all(db, arena, cards, SELECT(card), FROM(owners),
                 LEFT_JOIN(times, EQ(times.owner_id, owners.id)),
                 LEFT_JOIN(other, EQ(ADD(owners.id, 1), other.id)), GROUP_BY(owners.id),
                 HAVING(GTE(COUNT(), 1)), ORDER_BY(DESC(owners.name)), LIMIT(3),
                 OFFSET(1));
    /* Two arguments are the plain minimum of C. */
    return rc + MIN(2, 3) - MAX(1, 2);
}
