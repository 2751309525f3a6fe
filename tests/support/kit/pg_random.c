/* Random CREATE statements of PostgreSQL: valid, and as odd as can be. */
#include "pg_ddl.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES = 5, COLUMNS = 9, ROOM = 1 << 16 };

typedef struct ddl {
    uint64_t state;
    char *out;
    size_t len;
    struct {
        const char *schema;
        char name[80];
        size_t columns;
        char column[COLUMNS][80];
        bool key; /* its first column is an int, and its key */
    } tables[TABLES];
    size_t table_count;
    unsigned names;
} ddl;

static unsigned below(ddl *d, unsigned n)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(d->state >> 33) % n;
}

static bool chance(ddl *d, unsigned percent)
{
    return below(d, 100) < percent;
}

#define PICK(d, list) (list)[below((d), sizeof(list) / sizeof *(list))]

__attribute__((format(printf, 2, 3))) static void put(ddl *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    d->len += (size_t)vsnprintf(d->out + d->len, ROOM - d->len, format, args);
    va_end(args);
}

/* A new name, in quotes. */
static void new_name(ddl *d, char out[80])
{
    static const char *const odd[] = {"n%u",
                                      "Mixed%uCase",
                                      "with blank %u",
                                      "%u digits",
                                      "q\"\"%u",
                                      "it's %u",
                                      "\xc3\xb6%u\xe2\x82\xac",
                                      "a-%u.b",
                                      "__u%u",
                                      "vg_%u",
                                      "back\\%u",
                                      "?\?/%u",
                                      "c/*%u*/",
                                      "x%u_list",
                                      "semi;%u,",
                                      "n%u_new",
                                      "INDEX%u"};
    char name[64];
    snprintf(name, sizeof name, chance(d, 60) ? "n%u" : PICK(d, odd), ++d->names);
    snprintf(out, 80, "\"%s\"", name);
}

static const char *const types[] = {
    "int",          "bigint",
    "smallint",     "text",
    "varchar(20)",  "char(3)",
    "numeric",      "numeric(10,2)",
    "real",         "float8",
    "boolean",      "date",
    "timestamp",    "timestamptz(3)",
    "time(2)",      "timetz",
    "interval",     "interval year to month",
    "uuid",         "json",
    "jsonb",        "bytea",
    "text[]",       "int[][]",
    "mood",         "other.\"Mood 2\"",
    "mood[]",       "inet",
    "int4range",    "bit(4)",
    "varbit",       "point",
    "posint",       "xml",
    "tsvector",     "money",
    "macaddr",      "oid",
    "name",         "\"char\"",
    "varchar(9)[]", "posint[]",
    "regclass",     "timestamp(0)",
};

static const struct {
    const char *type, *value;
} defaults[] = {
    {"int", "5"},
    {"int", "-7"},
    {"int", "1 + 2 * 3"},
    {"int", "(random() * 100)::int"},
    {"bigint", "9223372036854775807"},
    {"smallint", "'3'"},
    {"text", "'it''s \"x\" \\ ?\?/'"},
    {"text", "lower('A' || 'b')"},
    {"text", "null"},
    {"text", "E'line\\nbreak'"},
    {"text", "current_user"},
    {"text", "''"},
    {"varchar(20)", "'x'::varchar"},
    {"char(3)", "'ab'"},
    {"numeric(10,2)", "0.10"},
    {"numeric", "1e30"},
    {"real", "1.5"},
    {"float8", "'-Infinity'"},
    {"float8", "1e-9"},
    {"boolean", "(not true)"},
    {"boolean", "'t'"},
    {"date", "current_date + 1"},
    {"date", "'2020-01-02'"},
    {"timestamptz", "(now() + interval '1 day')"},
    {"timestamp", "'2020-01-02 03:04:05'"},
    {"timestamptz", "clock_timestamp()"},
    {"interval", "'1 year 2 days'"},
    {"uuid", "gen_random_uuid()"},
    {"jsonb", "'{\"a\":[1,2,\"x''y\"]}'"},
    {"json", "'{\"a\":  1}'"},
    {"bytea", "'\\xdeadbeef'"},
    {"text[]", "'{a,\"b c\"}'"},
    {"text[]", "array['a','b']"},
    {"int[][]", "'{{1,2},{3,4}}'"},
    {"mood", "'sad'"},
    {"mood[]", "'{sad,ok}'"},
    {"other.\"Mood 2\"", "'It''s ok'"},
    {"bit(4)", "B'1010'"},
    {"int4range", "'[1,5)'"},
    {"int", "nextval('other.counter')"},
    {"text", "case when 1 > 0 then 'a' else 'b' end"},
    {"text", "coalesce(null, 'x')::text"},
};

static void column(ddl *d, size_t t, size_t i)
{
    char *name = d->tables[t].column[i];
    new_name(d, name);
    put(d, ",\n  %s ", name);
    if (chance(d, 8)) {
        put(d, "%s generated %s as identity%s", chance(d, 50) ? "int" : "bigint",
            chance(d, 50) ? "always" : "by default",
            chance(d, 50) ? " (start 10 increment by 3 cache 4)" : "");
        return;
    }
    if (chance(d, 8)) {
        put(d, "%s", chance(d, 50) ? "serial" : "bigserial");
        return;
    }
    if (chance(d, 8) && d->tables[t].key) {
        put(d, "%s generated always as (%s) stored",
            chance(d, 50) ? "text" : "varchar(90)",
            chance(d, 50) ? "'a' || \"id 0\"::text" : "'x'::varchar");
        return;
    }
    if (chance(d, 40)) {
        size_t n = below(d, sizeof defaults / sizeof *defaults);
        put(d, "%s default %s", defaults[n].type, defaults[n].value);
    } else {
        const char *type = PICK(d, types);
        put(d, "%s", type);
        if (strncmp(type, "int", 4) == 0 && chance(d, 20))
            put(d, " unique");
    }
    if (chance(d, 30))
        put(d, " not null");
}

static void references(ddl *d, size_t t)
{
    static const char *const actions[] = {"",
                                          " on delete cascade",
                                          " on update set null",
                                          " on delete set default on update restrict",
                                          " deferrable",
                                          " deferrable initially deferred"};
    size_t to = below(d, (unsigned)t + 1);
    if (!d->tables[to].key)
        return;
    put(d, ",\n  foreign key (\"id 0\") references %s.%s%s", d->tables[to].schema,
        d->tables[to].name, PICK(d, actions));
}

static void table(ddl *d)
{
    static const char *const schemas[] = {"public", "public", "other", "\"Third One\""};
    static const char *const checks[] = {
        "\"id 0\" > 0",
        "\"id 0\" in (1, 2, 3) or \"id 0\" between 5 and 9",
        "coalesce(\"id 0\", 0) <> 5 and not (\"id 0\" is null)",
        "\"id 0\"::text like 'a%' or \"id 0\" % 2 = 0",
    };
    size_t t = d->table_count++;
    d->tables[t].schema = PICK(d, schemas);
    d->tables[t].key = chance(d, 85);
    d->tables[t].columns = 1 + below(d, COLUMNS);
    new_name(d, d->tables[t].name);
    put(d, "create table %s.%s (\n  \"id 0\" int", d->tables[t].schema,
        d->tables[t].name);
    for (size_t i = 0; i < d->tables[t].columns; i++)
        column(d, t, i);
    if (d->tables[t].key && chance(d, 50))
        put(d, ",\n  primary key (\"id 0\")");
    else if (d->tables[t].key)
        put(d, ",\n  constraint \"k %u\" primary key (\"id 0\")", ++d->names);
    if (chance(d, 50))
        references(d, t);
    if (chance(d, 50))
        put(d, ",\n  check (%s)", PICK(d, checks));
    if (chance(d, 20))
        put(d, ",\n  constraint \"ck %u\" check (%s)", ++d->names, PICK(d, checks));
    if (chance(d, 20))
        put(d, ",\n  unique%s (\"id 0\")", chance(d, 50) ? " nulls not distinct" : "");
    put(d, ");\n");
}

static void indexes(ddl *d, size_t t)
{
    static const char *const terms[] = {"\"id 0\"",
                                        "\"id 0\" desc",
                                        "\"id 0\" nulls first",
                                        "(\"id 0\" + 1)",
                                        "(\"id 0\" * 2) desc nulls last",
                                        "(\"id 0\"::text) text_pattern_ops",
                                        "abs(\"id 0\")",
                                        "lower(\"id 0\"::text) collate \"C\" desc"};
    static const char *const tails[] = {"", "", " where \"id 0\" > 5 and \"id 0\" <> 7",
                                        " with (fillfactor = 70)"};
    for (unsigned n = below(d, 3); n; n--) {
        char name[80];
        new_name(d, name);
        put(d, "create %sindex %s on %s.%s %s(%s", chance(d, 20) ? "unique " : "", name,
            d->tables[t].schema, d->tables[t].name, chance(d, 50) ? "" : "using btree ",
            PICK(d, terms));
        if (chance(d, 40))
            put(d, ", %s", PICK(d, terms));
        put(d, ")%s;\n", PICK(d, tails));
    }
}

static void others(ddl *d, size_t t)
{
    static const char *const selects[] = {
        "select \"id 0\", count(*) as n from %s.%s group by 1",
        "select t.* from %s.%s t where t.\"id 0\" > 5",
        "with x as (select \"id 0\" as a from %s.%s) select a, a + 1 as b from x"};
    char name[80], sql[512];
    if (chance(d, 40)) {
        new_name(d, name);
        snprintf(sql, sizeof sql, PICK(d, selects), d->tables[t].schema,
                 d->tables[t].name);
        put(d, "create view %s.%s as %s;\n", d->tables[t].schema, name, sql);
    }
    if (chance(d, 25)) {
        new_name(d, name);
        put(d, "create policy %s on %s.%s using (\"id 0\" > %u);\n", name,
            d->tables[t].schema, d->tables[t].name, below(d, 9));
        put(d, "alter table %s.%s enable row level security;\n", d->tables[t].schema,
            d->tables[t].name);
    }
}

char *random_pg_ddl(uint64_t seed)
{
    ddl d = {.state = seed * 7919 + 17, .out = calloc(1, ROOM)};
    put(&d, "create schema other; create schema \"Third One\";\n"
            "create type mood as enum ('sad', 'ok', 'happy');\n"
            "create type other.\"Mood 2\" as enum ('It''s ok', '', 'x');\n"
            "create domain posint as int check (value > 0);\n"
            "create sequence other.counter;\n");
    for (size_t t = 0; t < TABLES; t++)
        table(&d);
    for (size_t t = 0; t < TABLES; t++) {
        indexes(&d, t);
        others(&d, t);
    }
    return d.out;
}
