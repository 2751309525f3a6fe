/* Random CREATE statements: valid, and as odd as can be. */
#include "kit_ddl.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES = 4, COLUMNS = 7, ROOM = 1 << 16 };

typedef struct ddl {
    uint64_t state;
    unsigned number;
    char *out;
    size_t len;
    struct {
        char name[64];
        size_t columns;
        char column[COLUMNS][64];
        bool integer_key, strict, generated[COLUMNS];
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

/* A keyword in any case. */
static const char *word(ddl *d, const char *text)
{
    static char room[8][64];
    static unsigned next;
    char *out = room[next++ % 8];
    unsigned how = below(d, 3);
    for (size_t i = 0; i <= strlen(text); i++)
        out[i] = (char)(how == 0 || (how == 1 && below(d, 2)) || text[i] < 'A' ||
                                text[i] > 'Z'
                            ? text[i]
                            : text[i] + 32);
    return out;
}

static const char *blank(ddl *d)
{
    static const char *const blanks[] = {
        " ", " ", " ", "\n", "\t", " /* a, (b */ ", " -- c ' d\n", "  "};
    return PICK(d, blanks);
}

/* A name between quotes of some kind. */
static const char *quoted(ddl *d, const char *name)
{
    static char room[8][160];
    static unsigned next;
    char *out = room[next++ % 8], *at = out;
    unsigned how = below(d, 3);
    char open = "\"`["[how], close = "\"`]"[how];
    if (strchr(name, ']'))
        open = close = '"';
    *at++ = open;
    for (; *name; name++) {
        *at++ = *name;
        if (*name == close)
            *at++ = *name;
    }
    *at++ = close;
    *at = 0;
    return out;
}

static void new_name(ddl *d, char out[64])
{
    static const char *const odd[] = {"n%u_%u",
                                      "N%u%u",
                                      "Mixed%uCase%u",
                                      "with blank %u %u",
                                      "%u_%u digits",
                                      "q\"%u_%u",
                                      "it's %u %u",
                                      "b`%u_%u",
                                      "\xc3\xb6%u\xe2\x82\xac%u",
                                      "a-%u.%u",
                                      "__u%u_%u",
                                      "_U%u_%u",
                                      "vg_%u_%u",
                                      "VG_X%u_%u",
                                      "back\\%u%u",
                                      "?\?/%u%u",
                                      "tab\t%u%u",
                                      "new\nline%u%u",
                                      "%u%u\xff",
                                      "%%d%u%u",
                                      "c/*%u*/%u",
                                      "INDEX%u_%u",
                                      "x%u_%u_list",
                                      "[%u]%u",
                                      "semi;%u,%u",
                                      "\xe2\x80\xae%u%u",
                                      "n%u_%u_new",
                                      "(%u)%u",
                                      "n%u__%u"};
    snprintf(out, 64, PICK(d, odd), d->number, d->names++);
}

static const char *type(ddl *d, bool strict)
{
    static const char *const types[] = {"integer",
                                        "INTEGER",
                                        "int",
                                        "Text",
                                        "text(20)",
                                        "TEXT ( 20 )",
                                        "real",
                                        "blob",
                                        "numeric",
                                        "NUMERIC(10,2)",
                                        "numeric(10, 2)",
                                        "varchar(30)",
                                        "CHARACTER VARYING(255)",
                                        "decimal(+10, -2)",
                                        "datetime",
                                        "BOOLEAN",
                                        "json",
                                        "double precision",
                                        "",
                                        "",
                                        "\"quoted type\"",
                                        "float",
                                        "bigint unsigned",
                                        "nvarchar(1)",
                                        "date",
                                        "uuid",
                                        "text(0)",
                                        "text(007)",
                                        "CLOB",
                                        "any"};
    static const char *const of_strict[] = {"integer", "INT",  "Text",
                                            "real",    "BLOB", "ANY"};
    return strict ? PICK(d, of_strict) : PICK(d, types);
}

static void value(ddl *d)
{
    static const char *const values[] = {"1",
                                         "-1",
                                         "+2",
                                         "0",
                                         "1.5",
                                         "-1.50",
                                         "1e3",
                                         ".5",
                                         "5.",
                                         "0x1f",
                                         "null",
                                         "true",
                                         "FALSE",
                                         "'x'",
                                         "'it''s'",
                                         "''",
                                         "\"dq\"",
                                         "bare",
                                         "x'00ff'",
                                         "current_timestamp",
                                         "CURRENT_DATE",
                                         "(1 + (2))",
                                         "( 'a' || 'b' )",
                                         "(unixepoch())",
                                         "'?\?/\\'",
                                         "'line\nbreak'",
                                         "(/* c */ 3)",
                                         "9223372036854775807",
                                         "-9223372036854775808",
                                         "'%d'",
                                         "1e999",
                                         "(lower(\"A\"))",
                                         "'\xc3\xb6\xff'",
                                         "([1])",
                                         "(null)",
                                         "00012"};
    const char *picked = PICK(d, values);
    if (strcmp(picked, "(lower(\"A\"))") == 0 || strcmp(picked, "([1])") == 0)
        picked = "(strftime('%s', 'now'))";
    put(d, " %s%s%s", word(d, "DEFAULT"), blank(d), picked);
}

/* A condition on a column, in some words. */
static void condition(ddl *d, size_t t, size_t c)
{
    const char *name = quoted(d, d->tables[t].column[c]);
    switch (below(d, 5)) {
    case 0: put(d, "%s is not null", name); break;
    case 1: put(d, "%s <>%s7 AND 1", name, blank(d)); break;
    case 2: put(d, "%s in ('a', 'b;c', \"%u\")", name, 7u); break;
    case 3: put(d, "length(%s)>0 or (%s != '(')", name, name); break;
    default: put(d, "%s.%s > 0", quoted(d, d->tables[t].name), name); break;
    }
}

static void expression(ddl *d, size_t t, size_t c)
{
    const char *name = quoted(d, d->tables[t].column[c]);
    switch (below(d, 3)) {
    case 0: put(d, "lower(%s)", name); break;
    case 1: put(d, "%s || ', '", name); break;
    default: put(d, "coalesce(%s, (%s), 'x')", name, name); break;
    }
}

static void constraint_name(ddl *d)
{
    char name[64];
    if (!chance(d, 40))
        return;
    new_name(d, name);
    put(d, " %s %s", word(d, "CONSTRAINT"), quoted(d, name));
}

static void references(ddl *d, size_t t)
{
    static const char *const actions[] = {"CASCADE", "SET NULL", "SET DEFAULT",
                                          "RESTRICT", "NO ACTION"};
    size_t to = below(d, (unsigned)d->table_count);
    put(d, " %s %s", word(d, "REFERENCES"), quoted(d, d->tables[to].name));
    if (chance(d, 70) || !d->tables[to].integer_key)
        put(d, "(%s)", quoted(d, d->tables[to].column[0]));
    if (chance(d, 30))
        put(d, " on delete %s", word(d, PICK(d, actions)));
    if (chance(d, 30))
        put(d, " ON UPDATE %s", word(d, PICK(d, actions)));
    if (chance(d, 10))
        put(d, " match full");
    if (chance(d, 10))
        put(d, " not deferrable initially deferred");
    (void)t;
}

static void column(ddl *d, size_t t, size_t c)
{
    bool key = c == 0 && d->tables[t].integer_key;
    put(d, "%s%s", c ? "," : "", blank(d));
    put(d, "%s", quoted(d, d->tables[t].column[c]));
    if (key) {
        put(d, " INTEGER %s%s", word(d, "PRIMARY KEY"),
            chance(d, 40) ? " autoincrement" : "");
        return;
    }
    put(d, " %s", type(d, d->tables[t].strict));
    if (d->tables[t].generated[c]) {
        put(d, chance(d, 50) ? " generated always as (" : " as (");
        put(d, "%s", blank(d));
        expression(d, t, 0);
        put(d, "%s)%s", blank(d),
            chance(d, 50)   ? " stored"
            : chance(d, 50) ? " virtual"
                            : "");
    } else if (chance(d, 50)) {
        value(d);
    }
    if (chance(d, 30))
        put(d, " %s", word(d, "NOT NULL"));
    if (chance(d, 10))
        put(d, " collate %s", chance(d, 50) ? "nocase" : "\"RTRIM\"");
    if (chance(d, 15)) {
        constraint_name(d);
        put(d, " %s", word(d, "UNIQUE"));
    }
    if (chance(d, 15)) {
        constraint_name(d);
        put(d, " %s%s(", word(d, "CHECK"), blank(d));
        condition(d, t, c);
        put(d, ")");
    }
    if (chance(d, 20))
        references(d, t);
}

static void table_constraints(ddl *d, size_t t)
{
    size_t n = d->tables[t].columns;
    if (!d->tables[t].integer_key && n > 1 && !d->tables[t].generated[1] &&
        !d->tables[t].generated[0]) {
        put(d, ",");
        constraint_name(d);
        put(d, " %s (%s, %s)", word(d, "PRIMARY KEY"),
            quoted(d, d->tables[t].column[1]), quoted(d, d->tables[t].column[0]));
    }
    if (chance(d, 30)) {
        put(d, ",");
        constraint_name(d);
        put(d, " %s(%s)", word(d, "UNIQUE"), quoted(d, d->tables[t].column[n - 1]));
    }
    for (unsigned i = below(d, 3); i > 0; i--) {
        put(d, "%s", chance(d, 80) ? "," : " ");
        constraint_name(d);
        put(d, " check (");
        condition(d, t, below(d, (unsigned)n));
        put(d, ")");
    }
    if (chance(d, 30)) {
        put(d, ", foreign key (%s)", quoted(d, d->tables[t].column[n - 1]));
        references(d, t);
    }
}

static void table(ddl *d, size_t t)
{
    put(d, "%s%s%s ", word(d, "CREATE TABLE"), blank(d),
        chance(d, 20) ? "if not exists" : "");
    put(d, "%s%s(", quoted(d, d->tables[t].name), blank(d));
    for (size_t c = 0; c < d->tables[t].columns; c++)
        column(d, t, c);
    table_constraints(d, t);
    put(d, "%s)%s;\n", blank(d), d->tables[t].strict ? word(d, " STRICT") : "");
}

static void indexes(ddl *d, size_t t)
{
    char name[64];
    size_t n = d->tables[t].columns;
    for (unsigned i = below(d, 4); i > 0; i--) {
        new_name(d, name);
        put(d, "%s %s%s on %s%s(",
            chance(d, 30) ? "create unique index" : "CREATE INDEX", quoted(d, name),
            blank(d), quoted(d, d->tables[t].name), blank(d));
        for (unsigned k = 0, all = 1 + below(d, 3); k < all; k++) {
            put(d, "%s", k ? " , " : "");
            if (chance(d, 30))
                expression(d, t, below(d, (unsigned)n));
            else
                put(d, "%s", quoted(d, d->tables[t].column[below(d, (unsigned)n)]));
            put(d, "%s%s", chance(d, 15) ? " collate nocase" : "",
                chance(d, 20)   ? " DESC"
                : chance(d, 20) ? " asc"
                                : "");
        }
        put(d, ")");
        if (chance(d, 30)) {
            put(d, " where ");
            condition(d, t, below(d, (unsigned)n));
        }
        put(d, ";\n");
    }
}

static void objects(ddl *d, size_t t)
{
    char name[64];
    if (chance(d, 25)) {
        new_name(d, name);
        put(d, "create view %s", quoted(d, name));
        if (chance(d, 40))
            put(d, "(a, \"b %u\")", d->number);
        put(d, "%sas select %s, 'x;y' from %s;\n", blank(d),
            quoted(d, d->tables[t].column[0]), quoted(d, d->tables[t].name));
    }
    if (chance(d, 25)) {
        static const char *const events[] = {"before delete", "after insert",
                                             "AFTER UPDATE", "update", "delete"};
        new_name(d, name);
        put(d, "create trigger %s%s%s on %s", quoted(d, name), blank(d),
            PICK(d, events), quoted(d, d->tables[t].name));
        put(d, "%s%s begin%s select 'end; ';%s\nselect case when 1 then 2 end;end;\n",
            chance(d, 30) ? " for each row" : "", chance(d, 30) ? " when 1 = (1)" : "",
            blank(d), blank(d));
    }
    if (chance(d, 10)) {
        new_name(d, name);
        put(d, "create virtual table %s using fts5(\"title %u\", body%s);\n",
            quoted(d, name), d->number, chance(d, 50) ? " UNINDEXED, prefix='2'" : "");
    }
}

char *random_ddl(uint64_t seed, unsigned number)
{
    ddl d = {.state = seed * 977 + 13, .number = number, .out = calloc(1, ROOM)};
    for (int i = 0; i < 5; i++)
        below(&d, 2);
    d.table_count = 1 + below(&d, TABLES);
    for (size_t t = 0; t < d.table_count; t++) {
        new_name(&d, d.tables[t].name);
        d.tables[t].columns = 1 + below(&d, COLUMNS);
        d.tables[t].integer_key = chance(&d, 60);
        d.tables[t].strict = chance(&d, 15);
        for (size_t c = 0; c < d.tables[t].columns; c++) {
            new_name(&d, d.tables[t].column[c]);
            d.tables[t].generated[c] = c > 0 && chance(&d, 10);
        }
    }
    for (size_t t = 0; t < d.table_count; t++)
        table(&d, t);
    for (size_t t = 0; t < d.table_count; t++) {
        indexes(&d, t);
        objects(&d, t);
    }
    return d.out;
}
