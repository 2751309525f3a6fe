/* A tour of queries over the world database. Each function is one stop: what it asks in
 * one sentence, the query, and its rows as a table. The SQL in between is printed by
 * the log hook (show.c), so it is what the database really got.
 *
 * SPDX-License-Identifier: MIT */
#include "table.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// clang-format off
PROJECTION(currency_card,
    FIELD(code,     currencies.code),
    FIELD(currency, currencies.name),
    FIELD(country,  NULLABLE(countries.name)))      /* a LEFT JOIN may find none */

PROJECTION(country_size,
    FIELD(country,  countries.name),
    FIELD(parts,    COUNT()),
    FIELD(kinds,    COUNT_DISTINCT(subdivisions.kind)))

PROJECTION(language_group,
    FIELD(kind,     languages.kind),
    FIELD(count,    COUNT()),
    FIELD(first,    MIN(languages.name)),
    FIELD(last,     MAX(languages.name)),
    FIELD(letters,  AVG(LENGTH(languages.name))))

/* Subdivisions joined with themselves. */
ALIAS(region, subdivisions)
PROJECTION(subdivision_card,
    FIELD(code,     subdivisions.code),
    FIELD(name,     subdivisions.name),
    FIELD(kind,     subdivisions.kind),
    FIELD(region,   region.name))

/* A query over the rows of another. */
PROJECTION(part_count,
    FIELD(country_code, subdivisions.country_code),
    FIELD(parts,        COUNT()))
ALIAS(counted, part_count)
PROJECTION(spread,
    FIELD(countries, COUNT()),
    FIELD(fewest,    MIN(counted.parts)),
    FIELD(mean,      AVG(counted.parts)),
    FIELD(most,      MAX(counted.parts)))

PROJECTION(country_card,
    FIELD(code,       countries.code),
    FIELD(name,       countries.name),
    FIELD(currencies, COUNT_OF(FROM(currencies),
                               WHERE(EQ(currencies.country_code, countries.code)))))
// clang-format on

static void stop(const char *intent)
{
    static int number;
    printf("\n%s%d. %s%s\n", style_bold(), ++number, intent, style_plain());
}

static int filter(vg_db *db, vg_arena *arena)
{
    stop("Filter: republics whose name ends in -ia, from the end of the alphabet");
    countries_list found;
    int rc = vg_all(db, arena, &found, SELECT(countries),
                    WHERE(AND(LIKE(countries.official_name, "%Republic%"),
                              LIKE(countries.name, "%ia"))),
                    ORDER_BY(DESC(countries.name)), LIMIT(6));
    table t = table_start("Code", "Name", "Official name", NULL);
    for (size_t i = 0; i < found.len; i++) {
        table_text(&t, found.data[i].code);
        table_text(&t, found.data[i].name);
        table_text(&t, found.data[i].official_name);
    }
    table_print(&t);
    return rc;
}

static int join(vg_db *db, vg_arena *arena)
{
    stop("Projection over a left join: francs, and the country of each if it has one");
    currency_card_list cards;
    int rc = vg_all(db, arena, &cards, SELECT(currency_card), FROM(currencies),
                    LEFT_JOIN(countries, EQ(countries.code, currencies.country_code)),
                    WHERE(LIKE(currencies.name, "%Franc%")), ORDER_BY(currencies.name));
    table t = table_start("Code", "Currency", "Country", NULL);
    for (size_t i = 0; i < cards.len; i++) {
        table_text(&t, cards.data[i].code);
        table_text(&t, cards.data[i].currency);
        table_text(&t, cards.data[i].country);
    }
    table_print(&t);
    return rc;
}

static int group(vg_db *db, vg_arena *arena)
{
    stop("Group: countries with more than 100 subdivisions, and how many kinds they "
         "have");
    country_size_list sizes;
    int rc =
        vg_all(db, arena, &sizes, SELECT(country_size), FROM(countries),
               INNER_JOIN(subdivisions, EQ(subdivisions.country_code, countries.code)),
               GROUP_BY(countries.code), HAVING(GT(COUNT(), 100)),
               ORDER_BY(DESC(COUNT()), countries.name));
    table t = table_start("Country", "#Subdivisions", "#Kinds", NULL);
    for (size_t i = 0; i < sizes.len; i++) {
        table_text(&t, sizes.data[i].country);
        table_int(&t, sizes.data[i].parts);
        table_int(&t, sizes.data[i].kinds);
    }
    table_print(&t);
    return rc;
}

static int aggregate(vg_db *db, vg_arena *arena)
{
    stop("Aggregates: languages by kind (Ancient, Constructed, Extinct, Historic, "
         "Living, "
         "Special)");
    language_group_list groups;
    int rc = vg_all(db, arena, &groups, SELECT(language_group), FROM(languages),
                    GROUP_BY(languages.kind), ORDER_BY(DESC(COUNT())));
    table t = table_start("Kind", "#Languages", "First", "Last", "#Letters", NULL);
    for (size_t i = 0; i < groups.len; i++) {
        table_text(&t, groups.data[i].kind);
        table_int(&t, groups.data[i].count);
        table_text(&t, groups.data[i].first);
        table_text(&t, groups.data[i].last);
        table_real(&t, groups.data[i].letters.v);
    }
    table_print(&t);
    return rc;
}

static int page(vg_db *db, vg_arena *arena)
{
    enum { PAGE_SIZE = 4 };
    stop("Paging: pages 1 and 40 of the languages with a two-letter code");
    int64_t total = 0;
    int rc =
        vg_count(db, &total, FROM(languages), WHERE(IS_NOT_NULL(languages.alpha_2)));
    static const int64_t pages[] = {1, 40};
    for (size_t p = 0; rc == VG_OK && p < 2; p++) {
        languages_list found;
        rc = vg_all(db, arena, &found, SELECT(languages),
                    WHERE(IS_NOT_NULL(languages.alpha_2)), ORDER_BY(languages.name),
                    LIMIT(PAGE_SIZE), OFFSET((pages[p] - 1) * PAGE_SIZE));
        table t = table_start("Code", "ISO 639-3", "Language", NULL);
        for (size_t i = 0; i < found.len; i++) {
            table_text(&t, found.data[i].alpha_2);
            table_text(&t, found.data[i].code);
            table_text(&t, found.data[i].name);
        }
        table_print(&t);
        printf("  page %" PRId64 " of %" PRId64 "\n", pages[p],
               (total + PAGE_SIZE - 1) / PAGE_SIZE);
    }
    return rc;
}

/* Any of the filters may be absent. */
static int find_languages(vg_db *db, vg_arena *arena, const char *prefix,
                          const char *kind, bool macro_only, languages_list *found)
{
    char pattern[64];
    snprintf(pattern, sizeof pattern, "%s%%", prefix ? prefix : "");
    return vg_all(db, arena, found, SELECT(languages),
                  WHERE(AND(prefix ? LIKE(languages.name, pattern) : SKIP,
                            kind ? EQ(languages.kind, kind) : SKIP,
                            macro_only ? EQ(languages.scope, "M") : SKIP)),
                  ORDER_BY(languages.name), LIMIT(3));
}

static int optional_filters(vg_db *db, vg_arena *arena)
{
    static const struct {
        const char *prefix, *kind;
        bool macro_only;
    } asked[] = {{NULL, NULL, false}, {"Zap", NULL, true}, {"S", "C", false}};

    stop("Optional filters: one query in C, three shapes of SQL");
    int rc = VG_OK;
    table t = table_start("Prefix", "Kind", "Macro", "Code", "Language", NULL);
    for (size_t a = 0; rc == VG_OK && a < sizeof asked / sizeof *asked; a++) {
        languages_list found;
        rc = find_languages(db, arena, asked[a].prefix, asked[a].kind,
                            asked[a].macro_only, &found);
        for (size_t i = 0; i < found.len; i++) {
            table_text(&t, asked[a].prefix);
            table_text(&t, asked[a].kind);
            table_text(&t, asked[a].macro_only ? "yes" : NULL);
            table_text(&t, found.data[i].code);
            table_text(&t, found.data[i].name);
        }
    }
    table_print(&t);
    return rc;
}

static int self_join(vg_db *db, vg_arena *arena)
{
    stop("A table joined with itself: the departments of Brittany and Corsica");
    subdivision_card_list cards;
    int rc = vg_all(
        db, arena, &cards, SELECT(subdivision_card), FROM(subdivisions),
        INNER_JOIN(region, EQ(region.code, subdivisions.parent_code)),
        WHERE(AND(EQ(region.country_code, "FR"), IN(region.name, "Bretagne", "Corse"))),
        ORDER_BY(region.name, subdivisions.code));
    table t = table_start("Code", "Name", "Kind", "In", NULL);
    for (size_t i = 0; i < cards.len; i++) {
        table_text(&t, cards.data[i].code);
        table_text(&t, cards.data[i].name);
        table_text(&t, cards.data[i].kind);
        table_text(&t, cards.data[i].region);
    }
    table_print(&t);
    return rc;
}

static int subqueries(vg_db *db, vg_arena *arena)
{
    stop("Subquery in FROM: how many subdivisions countries have");
    struct spread all;
    int rc = vg_get(db, arena, &all, SELECT(spread),
                    FROM(SUBQUERY(counted, SELECT(part_count), FROM(subdivisions),
                                  GROUP_BY(subdivisions.country_code))));
    if (rc != VG_OK)
        return rc;
    table t = table_start("#Countries", "#Fewest", "#Mean", "#Most", NULL);
    table_int(&t, all.countries);
    table_int(&t, all.fewest.v);
    table_real(&t, all.mean.v);
    table_int(&t, all.most.v);
    table_print(&t);

    stop("Subqueries in WHERE and in a field: no subdivisions, but a currency");
    country_card_list cards;
    rc = vg_all(
        db, arena, &cards, SELECT(country_card), FROM(countries),
        WHERE(
            AND(NOT_EXISTS(SELECT(subdivisions),
                           WHERE(EQ(subdivisions.country_code, countries.code))),
                IN(countries.code, SCALAR(currencies.country_code, FROM(currencies))))),
        ORDER_BY(countries.name));
    t = table_start("Code", "Country", "#Currencies", NULL);
    for (size_t i = 0; i < cards.len; i++) {
        table_text(&t, cards.data[i].code);
        table_text(&t, cards.data[i].name);
        table_int(&t, cards.data[i].currencies);
    }
    table_print(&t);
    return rc;
}

static int upsert(vg_db *db, vg_arena *arena)
{
    static const char *const trips[] = {"PT", "NZ", "PT"};
    enum { TRIPS = sizeof trips / sizeof *trips };
    struct visits *seen[TRIPS];
    stop("Upsert: a second visit adds to the first; the row comes back");
    VG_TRANSACTION(db, tx) {
        for (size_t i = 0; i < TRIPS; i++)
            vg_one(db, arena, &seen[i],
                   INSERT_INTO(visits, SET(country_code, trips[i])),
                   ON_CONFLICT(visits, KEY(country_code),
                               SET(times, ADD(visits.times, EXCLUDED(visits.times)))),
                   RETURNING(visits));
    }
    if (vg_result(db) != VG_OK)
        return vg_result(db);
    table t = table_start("Country", "#Visits", "Noted", NULL);
    for (size_t i = 0; i < TRIPS; i++) {
        char day[VG_TIMESTAMP_ROOM];
        table_text(&t, seen[i]->country_code);
        table_int(&t, seen[i]->times);
        table_text(&t, vg_date_format(seen[i]->noted_at, day));
    }
    table_print(&t);
    return VG_OK;
}

/* Everything in the block happens, or nothing does. */
static int transaction(vg_db *db, vg_arena *arena)
{
    stop("Transaction: change all visits, look at the sum, then change one's mind");
    vg_opt_int during = {0}, after = {0};
    VG_TRANSACTION(db, tx) {
        vg_exec(db, UPDATE(visits, SET(times, MUL(visits.times, 10))), ALL_ROWS);
        vg_exec(db, DELETE_FROM(visits), WHERE(EQ(visits.country_code, "NZ")));
        vg_get(db, arena, &during, SELECT_VALUE(SUM(visits.times)), FROM(visits));
        vg_rollback(tx);
    }
    if (vg_result(db) != VG_ROLLED_BACK)
        return vg_result(db);
    int rc = vg_get(db, arena, &after, SELECT_VALUE(SUM(visits.times)), FROM(visits));
    table t = table_start("#Visits during", "#Visits after", NULL);
    table_int(&t, during.v);
    table_int(&t, after.v);
    table_print(&t);
    return rc;
}

/* A cursor holds one row at a time, however many there are. */
static int cursor(vg_db *db, vg_arena *arena)
{
    stop("Cursor: one pass over every language, counting letters");
    vg_cursor *rows;
    struct languages *language;
    int rc = vg_query(db, &rows, &language, SELECT(languages));
    if (rc != VG_OK)
        return rc;
    size_t by_letter[26] = {0}, others = 0, bytes = 0;
    while (vg_next(rows)) {
        char first = language->name[0];
        if (first >= 'A' && first <= 'Z')
            by_letter[first - 'A']++;
        else
            others++;
        bytes += vg_text_len(language->name);
    }
    rc = vg_finish(rows);

    size_t top = 0;
    for (size_t i = 1; i < 26; i++)
        top = by_letter[i] > by_letter[top] ? i : top;
    table t =
        table_start("Most common", "#Languages", "#Not A-Z", "#Bytes of names", NULL);
    table_text(&t, (const char[]){(char)('A' + top), 0});
    table_int(&t, (int64_t)by_letter[top]);
    table_int(&t, (int64_t)others);
    table_int(&t, (int64_t)bytes);
    table_print(&t);
    (void)arena;
    return rc;
}

/* Statements that must not work, and what is known about each. */
static int refusals(vg_db *db, vg_arena *arena)
{
    stop("Refused: by a CHECK, by a foreign key, and by Virga before the database is "
         "asked");
    table t = table_start("Code", "Constraint", "Message", NULL);
    for (int i = 0; i < 3; i++) {
        if (i == 0)
            vg_exec(db, UPDATE(visits, SET(times, 0)),
                    WHERE(EQ(visits.country_code, "NZ")));
        else if (i == 1)
            vg_exec(db, INSERT_INTO(visits, SET(country_code, "ZZ")));
        else
            vg_exec(db, DELETE_FROM(visits)); /* without WHERE or ALL_ROWS */
        const vg_error *error = vg_errinfo(db);
        table_text(&t, vg_code_name(error->code));
        table_text(&t, *error->constraint ? error->constraint : NULL);
        table_text(&t, error->message);
    }
    table_print(&t);
    (void)arena;
    return VG_OK;
}

int tour(vg_db *db)
{
    static int (*const stops[])(vg_db *, vg_arena *) = {
        filter,    join,       group,  aggregate,   page,   optional_filters,
        self_join, subqueries, upsert, transaction, cursor, refusals,
    };
    vg_arena arena = {0};
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < sizeof stops / sizeof *stops; i++) {
        rc = stops[i](db, &arena);
        vg_arena_reset(&arena); /* the rows of this stop are gone, the memory is kept */
    }
    vg_arena_free(&arena);
    return rc;
}
