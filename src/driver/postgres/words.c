/* What a statement does, by its first word. */
#include "driver/postgres/postgres.h"
#include <strings.h>

enum { READS = 1, BEGINS = 2, COMMITS = 4, CONTROLS = 8, ASKS = 16 };

static const struct {
    const char *word;
    int does;
} first_words[] = {
    {"select", READS | ASKS},
    {"with", ASKS},
    {"values", READS},
    {"table", READS},
    {"show", READS},
    {"explain", READS},
    {"fetch", READS},
    {"set", READS},
    {"reset", READS},
    {"listen", READS},
    {"unlisten", READS},
    {"begin", READS | CONTROLS | BEGINS},
    {"start", READS | CONTROLS | BEGINS},
    {"commit", READS | CONTROLS | COMMITS},
    {"end", READS | CONTROLS | COMMITS},
    {"rollback", READS | CONTROLS},
    {"abort", READS | CONTROLS},
    {"savepoint", READS | CONTROLS},
    {"release", READS | CONTROLS},
};

const char *vg__pg_skip_blanks(const char *sql)
{
    for (;;) {
        sql += strspn(sql, " \t\r\n(");
        if (strncmp(sql, "/*", 2) == 0 && strstr(sql, "*/"))
            sql = strstr(sql, "*/") + 2;
        else if (strncmp(sql, "--", 2) == 0)
            sql += strcspn(sql, "\n");
        else
            return sql;
    }
}

/* A query whose CTE writes. */
static bool asks_and_writes(const char *sql)
{
    return strstr(sql, "insert into ") || strstr(sql, "delete from ") ||
           strstr(sql, "merge into ") || strstr(sql, "update ");
}

static int does_of(const char *sql)
{
    const char *word = vg__pg_skip_blanks(sql);
    size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (size_t i = 0; i < sizeof first_words / sizeof *first_words; i++)
        if (strlen(first_words[i].word) == len &&
            strncasecmp(first_words[i].word, word, len) == 0)
            return first_words[i].does;
    return 0;
}

void vg__pg_classify(vg_pg_stmt *s)
{
    int does = does_of(s->sql);
    bool with = does == ASKS;
    s->writes = with ? asks_and_writes(s->sql) : !(does & READS);
    s->begins = does & BEGINS;
    s->commits = does & COMMITS;
    s->controls = does & CONTROLS;
}

bool vg__pg_controls(const char *sql)
{
    return does_of(sql) & CONTROLS;
}
