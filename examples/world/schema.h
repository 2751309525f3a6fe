/* The schema of the world database: what the ISO standards 3166 (countries and their
 * subdivisions), 639 (languages), 4217 (currencies) and 15924 (scripts) list, plus two
 * small tables of our own.
 *
 *     countries <-- subdivisions --. parent
 *         ^  ^           ^---------'
 *         |  '-- visits
 *         '----- currencies            languages   scripts   imports
 *
 * SPDX-License-Identifier: MIT */
#ifndef WORLD_SCHEMA_H
#define WORLD_SCHEMA_H

#include <virga/virga.h>

// clang-format off
TABLE(countries,
    COLUMN(code,          TEXT(2), PRIMARY_KEY),
    COLUMN(alpha_3,       TEXT(3), NOT_NULL, UNIQUE),
    COLUMN(number,        TEXT(3), NOT_NULL, UNIQUE),
    COLUMN(name,          TEXT,    NOT_NULL),
    COLUMN(official_name, TEXT),
    COLUMN(flag,          TEXT,    NOT_NULL),
    INDEX(countries_name_idx, name),
    CHECK(countries_code, "length(code) = 2 and code = upper(code)"))

TABLE(subdivisions,
    COLUMN(code,         TEXT(6), PRIMARY_KEY),
    COLUMN(country_code, TEXT(2), NOT_NULL,
           REFERENCES(countries, code, ON_DELETE(CASCADE))),
    COLUMN(parent_code,  TEXT(6), REFERENCES(subdivisions, code, ON_DELETE(CASCADE))),
    COLUMN(name,         TEXT,    NOT_NULL),
    COLUMN(kind,         TEXT,    NOT_NULL),
    INDEX(subdivisions_country_idx, country_code),
    INDEX_WHERE(subdivisions_parent_idx, "parent_code is not null", parent_code),
    CHECK(subdivisions_parent, "parent_code is null or parent_code <> code"))

TABLE(languages,
    COLUMN(code,          TEXT(3), PRIMARY_KEY),
    COLUMN(alpha_2,       TEXT(2), UNIQUE),
    COLUMN(name,          TEXT,    NOT_NULL),
    COLUMN(inverted_name, TEXT),
    COLUMN(scope,         TEXT(1), NOT_NULL),
    COLUMN(kind,          TEXT(1), NOT_NULL),
    INDEX(languages_name_idx, name),
    CHECK(languages_scope, "scope in ('I', 'M', 'S')"),
    CHECK(languages_kind,  "kind in ('A', 'C', 'E', 'H', 'L', 'S')"))

TABLE(currencies,
    COLUMN(code,         TEXT(3), PRIMARY_KEY),
    COLUMN(number,       TEXT(3), NOT_NULL, UNIQUE),
    COLUMN(name,         TEXT,    NOT_NULL),
    COLUMN(country_code, TEXT(2), REFERENCES(countries, code, ON_DELETE(SET_NULL))),
    INDEX(currencies_country_idx, country_code))

TABLE(scripts,
    COLUMN(code,   TEXT(4), PRIMARY_KEY),
    COLUMN(number, TEXT(3), NOT_NULL, UNIQUE),
    COLUMN(name,   TEXT,    NOT_NULL))

/* Where a traveller has been. */
TABLE(visits,
    COLUMN(country_code, TEXT(2),   PRIMARY_KEY,
           REFERENCES(countries, code, ON_DELETE(CASCADE))),
    COLUMN(times,        INTEGER,   NOT_NULL, DEFAULT(1)),
    COLUMN(noted_at,     TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    CHECK(visits_times, "times > 0"))

/* What was loaded from where, and when. */
TABLE(imports,
    COLUMN(id,        INTEGER,   PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(source,    TEXT,      NOT_NULL, UNIQUE),
    COLUMN(row_count, INTEGER,   NOT_NULL),
    COLUMN(loaded_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW))

SCHEMA(world, countries, subdivisions, languages, currencies, scripts, visits, imports)
// clang-format on

#endif
