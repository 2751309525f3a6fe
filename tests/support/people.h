/* A schema with each kind of column and some RULEs, for the tests of JSON. */
#pragma once
#include <virga/virga.h>

// clang-format off
ENUM(mood,
    VALUE(MOOD_SUNNY,  "sunny"),
    VALUE(MOOD_GREY,   "grey", 7),
    VALUE(MOOD_STORMY, "storm \"now\""))

struct cents { int64_t n; };
static inline vg_value cents_encode(const struct cents *c, vg_arena *room)
{
    (void)room;
    return vg_of_int(c->n);
}
static inline bool cents_decode(struct cents *c, vg_value stored, vg_arena *arena)
{
    (void)arena;
    c->n = stored.i;
    return stored.i >= 0;
}
CODEC(cents, struct cents, INTEGER, cents_encode, cents_decode)

static inline const char *not_nobody(vg_value value)
{
    return strcmp(value.s, "nobody") == 0 ? "must be somebody" : NULL;
}

TABLE(people,
    COLUMN(id,      INTEGER,        PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name,    TEXT(20),       NOT_NULL),
    COLUMN(email,   TEXT,           NAME("e_mail")),
    COLUMN(age,     INTEGER),
    COLUMN(height,  REAL),
    COLUMN(admin,   BOOLEAN,        NOT_NULL, DEFAULT(false)),
    COLUMN(balance, NUMERIC(10, 2), NOT_NULL, DEFAULT_SQL("0")),
    COLUMN(mood,    ENUM_TEXT(mood), NOT_NULL),
    COLUMN(past,    ENUM_INTEGER(mood)),
    COLUMN(token,   UUID),
    COLUMN(born,    DATE),
    COLUMN(seen,    TIMESTAMP,      NOT_NULL),
    COLUMN(photo,   BLOB),
    COLUMN(extra,   JSON),
    COLUMN(debt,    CUSTOM(cents)),
    COLUMN(shout,   TEXT,           GENERATED(STORED, "upper(name)")))

RULE(people, email, EMAIL)
RULE(people, name, MIN_LENGTH(2))
RULE(people, name, CUSTOM(not_nobody))
RULE(people, age, MIN(0))
RULE(people, age, MAX(150))
RULE(people, height, MIN(0.3))

TABLE(places,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(slug,    TEXT,    NOT_NULL),
    COLUMN(site,    TEXT),
    COLUMN(size,    TEXT,    NOT_NULL, DEFAULT("small")),
    COLUMN(mayor_id, INTEGER, REFERENCES(people, id)),
    ONE(mayor, people, mayor_id))

RULE(places, slug, PATTERN("^[a-z0-9-]+$"))
RULE(places, site, URL)
RULE(places, size, ONE_OF("small", "large"))

/* PostgreSQL's. */
TABLE(things,
    COLUMN(id,     SERIAL,   PRIMARY_KEY),
    COLUMN(small,  SMALLINT, NOT_NULL),
    COLUMN(whole,  INT),
    COLUMN(code,   CHAR(3)),
    COLUMN(bits,   BIT(4)),
    COLUMN(single, FLOAT4),
    COLUMN(counted, BIGINT,  IDENTITY(ALWAYS)),
    COLUMN(tags,   ARRAY(TEXT(5))),
    COLUMN(grid,   ARRAY(INTEGER, 2, 0)),
    COLUMN(days,   ARRAY(DATE)),
    COLUMN(keys,   ARRAY(UUID)),
    COLUMN(flags,  ARRAY(BOOLEAN)),
    COLUMN(blobs,  ARRAY(BLOB)),
    COLUMN(reals,  ARRAY(REAL, 2)),
    COLUMN(opens,  TIME),
    COLUMN(span,   INTERVAL),
    COLUMN(spot,   POINT),
    COLUMN(address, INET))

PROJECTION(card,
    FIELD(name,  people.name),
    FIELD(mood,  people.mood),
    FIELD(born,  people.born),
    FIELD(years, ADD(people.age, 1)),
    FIELD_AS(debt, CUSTOM(cents), people.debt),
    ROW(place,   places),
    OPT_ROW(home, places))
// clang-format on

SCHEMA(town, people, places)
