/* The second spelling: other headers have made macros of the words inside TABLE and
 * PROJECTION, so the schema says VG_TEXT where it would say TEXT.
 *
 * SPDX-License-Identifier: MIT */
#define VG_NO_SQL_WORDS
#include <virga/virga.h>

#define INTEGER            hostile(1)
#define REAL               hostile(2)
#define TEXT               hostile(3)
#define NUMERIC            hostile(4)
#define BOOLEAN            hostile(5)
#define BLOB               hostile(6)
#define JSON               hostile(7)
#define UUID               hostile(8)
#define TIMESTAMP          hostile(9)
#define DATE               hostile(10)
#define COLUMN             hostile(11)
#define PRIMARY_KEY        hostile(12)
#define AUTOINCREMENT      hostile(13)
#define NOT_NULL           hostile(14)
#define UNIQUE             hostile(15)
#define DEFAULT            hostile(16)
#define DEFAULT_SQL        hostile(17)
#define DEFAULT_NOW        hostile(18)
#define DEFAULT_FN         hostile(19)
#define NAME               hostile(20)
#define MODE               hostile(21)
#define SECONDS            hostile(22)
#define REFERENCES         hostile(23)
#define REFERENCES_LATER   hostile(24)
#define ON_DELETE          hostile(25)
#define ON_UPDATE          hostile(26)
#define CASCADE            hostile(27)
#define SET_NULL           hostile(28)
#define INDEX              hostile(29)
#define UNIQUE_INDEX       hostile(30)
#define INDEX_WHERE        hostile(31)
#define UNIQUE_INDEX_WHERE hostile(32)
#define CHECK              hostile(33)
#define FOREIGN_KEY        hostile(34)
#define COLUMNS            hostile(35)
#define FIELD              hostile(36)
#define ROW                hostile(37)
#define OPT_ROW            hostile(38)
#define BEFORE             hostile(39)
#define AFTER              hostile(40)
#define INSTEAD_OF         hostile(41)
#define INSERT             hostile(42)
#define DELETE             hostile(43)
#define UPDATE             hostile(44)
#define UPDATE_OF          hostile(45)
#define FTS_COLUMN         hostile(46)
#define UNINDEXED          hostile(47)
#define CONTENT            hostile(48)
#define SYNC               hostile(49)
#define TOKENIZE           hostile(50)
#define PREFIX             hostile(51)
#define IN_DATABASE        hostile(39)

// clang-format off
VG_TABLE_LATER(notes)

VG_TABLE(users,
    VG_NAME("people"), VG_IN_DATABASE("crowd"),
    VG_COLUMN(id,     VG_INTEGER,       VG_PRIMARY_KEY, VG_AUTOINCREMENT),
    VG_COLUMN(email,  VG_TEXT(80),      VG_NOT_NULL, VG_UNIQUE("email_idx")),
    VG_COLUMN(role,   VG_TEXT,          VG_NOT_NULL, VG_DEFAULT("user"), VG_NAME("kind")),
    VG_COLUMN(score,  VG_REAL,          VG_UNIQUE),
    VG_COLUMN(price,  VG_NUMERIC(8, 2), VG_DEFAULT_SQL("1 + 1")),
    VG_COLUMN(active, VG_BOOLEAN,       VG_NOT_NULL, VG_DEFAULT(true)),
    VG_COLUMN(photo,  VG_BLOB),
    VG_COLUMN(prefs,  VG_JSON),
    VG_COLUMN(token,  VG_UUID,          VG_DEFAULT_FN(vg_default_uuid_v4)),
    VG_COLUMN(born,   VG_DATE),
    VG_COLUMN(since,  VG_TIMESTAMP,     VG_NOT_NULL, VG_DEFAULT_NOW, VG_MODE(VG_SECONDS)),
    VG_COLUMN(note,   VG_INTEGER,       VG_REFERENCES_LATER(notes, id)),
    VG_UNIQUE(users_role_email, role, email),
    VG_INDEX(users_role_idx, role),
    VG_UNIQUE_INDEX(users_token_idx, token),
    VG_INDEX_WHERE(users_born_idx, "born > 0", born),
    VG_UNIQUE_INDEX_WHERE(users_price_idx, "price > 0", price),
    VG_CHECK(users_score, "score > 0"))

VG_TABLE(notes,
    VG_COLUMN(id,    VG_INTEGER),
    VG_COLUMN(owner, VG_INTEGER, VG_REFERENCES(users, id, VG_ON_DELETE(VG_CASCADE),
                                               VG_ON_UPDATE(VG_SET_NULL))),
    VG_PRIMARY_KEY(id, owner),
    VG_FOREIGN_KEY(VG_COLUMNS(owner), VG_REFERENCES(users, id), VG_ON_DELETE(VG_CASCADE),
                   VG_NAME("notes_owner")))

VG_ALIAS(boss, users)

VG_PROJECTION(card,
    VG_FIELD(email, users.email),
    VG_ROW(note, notes),
    VG_OPT_ROW(boss, boss))

VG_VIEW(cards, card, VG_SELECT(card), VG_FROM(users))
VG_VIEW_SQL(ids, "select id from users", VG_COLUMN(id, VG_INTEGER, VG_NOT_NULL), VG_NAME("all ids"))
VG_TRIGGER(users_added, VG_AFTER, VG_INSERT, users, "select 1")
VG_TRIGGER(users_changed, VG_BEFORE, VG_UPDATE_OF(email, role), users, "select 1")
VG_TRIGGER(ids_gone, VG_INSTEAD_OF, VG_DELETE, ids, "select 1")
VG_FTS_TABLE(found, VG_FTS_COLUMN(email), VG_FTS_COLUMN(kind, VG_UNINDEXED), VG_CONTENT(users, id),
             VG_SYNC, VG_TOKENIZE("porter"), VG_PREFIX("2"), VG_NAME("users_fts"))

VG_SCHEMA(all, users, notes)
VG_QUERY(in_words, ALL(users), PARAMS(VG_TEXT(email), VG_OPT_UUID(token)),
    VG_SELECT(users), VG_WHERE(VG_EQ(users.email, email)))
// clang-format on

/* The words mean what they mean without VG_: the types of the fields say so. */
#define IS(field, type) \
    _Static_assert(__builtin_types_compatible_p(__typeof__(field), type), #field)
IS(((struct users *)0)->id, int64_t);
IS(((struct users *)0)->email, const char *);
IS(((struct users *)0)->score, vg_opt_real);
IS(((struct users *)0)->active, _Bool);
IS(((struct users *)0)->photo, vg_bytes);
IS(((struct users *)0)->token, vg_opt_uuid);
IS(((struct users *)0)->since, vg_timestamp);
IS(((struct users_new *)0)->since, vg_opt_time);
IS(((struct notes *)0)->id, vg_opt_int);
IS(((struct card *)0)->boss, struct users *);

const vg_schema *spellings(void);

const vg_schema *spellings(void)
{
    return &all;
}
