/* What a statement became: its SQL, broken before the clauses so that a person can read
 * it, then the parameters, the number of rows and the time, as an SQL comment.
 *
 * SPDX-License-Identifier: MIT */
#include "table.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 88, INDENT = 4 };

/* Where a line may begin, outside of parentheses. */
static bool begins_a_clause(const char *sql)
{
    static const char *const words[] = {
        "from ",     "inner join ", "left join ", "where ",
        "group by ", "having ",     "order by ",  "limit ",
        "values ",   "set ",        "returning ", "on conflict ",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(sql, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* The bytes up to the next space outside of quotes. `depth` counts parentheses. */
static size_t word_len(const char *sql, int *depth)
{
    char quote = 0;
    size_t len = 0;
    for (; sql[len] && (quote || sql[len] != ' '); len++) {
        char c = sql[len];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else
            *depth += (c == '(') - (c == ')');
    }
    return len;
}

static void print_sql(const char *sql)
{
    size_t column = INDENT;
    int depth = 0;
    const char *before = "";
    printf("\n%*s", INDENT, "");
    while (*sql) {
        bool clause = depth == 0 && begins_a_clause(sql) &&
                      strncmp(before, "update set", 10) != 0 &&
                      strncmp(before, "delete from", 11) != 0;
        size_t len = word_len(sql, &depth);
        size_t indent = clause ? INDENT + 2 : INDENT + 4;
        if (column > INDENT && (clause || column + 1 + len > WIDTH)) {
            printf("\n%*s", (int)indent, "");
            column = indent;
        } else if (column > INDENT) {
            putchar(' ');
            column++;
        }
        fwrite(sql, 1, len, stdout);
        column += len;
        before = sql;
        sql += len;
        sql += *sql == ' ';
    }
}

static void print_value(vg_value v)
{
    char time[VG_TIMESTAMP_ROOM];
    switch (vg_value_kind_of(v)) {
    case VG_V_INT: printf("%" PRId64, v.i); break;
    case VG_V_BOOL: fputs(v.i ? "true" : "false", stdout); break;
    case VG_V_REAL: printf("%g", v.d); break;
    case VG_V_TIME:
        fputs(vg_timestamp_format((vg_timestamp){v.i}, time), stdout);
        break;
    case VG_V_TEXT:
        if (v.s)
            printf("'%.*s'", (int)vg_value_len(v), v.s);
        else
            fputs("null", stdout);
        break;
    default: fputs("null", stdout);
    }
}

/* The ends of a transaction: no rows, no parameters, not worth three lines. */
static bool is_control(const char *sql)
{
    return strncmp(sql, "begin", 5) == 0 || strcmp(sql, "commit") == 0 ||
           strncmp(sql, "rollback", 8) == 0;
}

void show_statement(void *ctx, const vg_log_event *event)
{
    struct show *show = ctx;
    if (!show->on)
        return;
    if (strncmp(event->sql, "savepoint", 9) == 0 ||
        strncmp(event->sql, "release", 7) == 0)
        return; /* Virga's own, around RETURNING */
    fputs(style_dim(), stdout);
    if (is_control(event->sql)) {
        printf("\n%*s%s%s\n", INDENT, "", event->sql, style_plain());
        *show->last = 0;
        return;
    }
    if (strcmp(event->sql, show->last) != 0) {
        print_sql(event->sql);
        putchar('\n');
    }
    snprintf(show->last, sizeof show->last, "%s", event->sql);
    printf("%*s--", INDENT, "");
    for (size_t i = 0; i < event->param_count; i++) {
        fputs(i ? ", " : " ", stdout);
        print_value(event->params[i]);
    }
    printf("%s %" PRId64 " row%s, %.0f µs%s\n", event->param_count ? ";" : "",
           event->rows, event->rows == 1 ? "" : "s", (double)event->duration_ns / 1e3,
           style_plain());
}
