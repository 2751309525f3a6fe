/* What a CHECK says of single columns: "age >= 18 and age < 120", "size in ('S', 'M')",
 * "length(name) > 2". A term that is not understood is passed over; the database will tell. */
#include "core/migrator.h"
#include "migrate/lexer.h"
#include "seed/seed.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_TOKENS = 96 };

typedef struct reading {
    vgs_plan *plan;
    vgs_table *table;
    vg_token tokens[MOST_TOKENS];
    size_t count, at;
} reading;

static const vg_token *peek(const reading *r, size_t ahead)
{
    static const vg_token end = {VG_TOKEN_END, "", 0, 0};
    return r->at + ahead < r->count ? &r->tokens[r->at + ahead] : &end;
}

static bool is(const reading *r, size_t ahead, const char *word)
{
    return vg__token_is(peek(r, ahead), word);
}

static vgs_column *named(const reading *r, const vg_token *token)
{
    if (token->kind != VG_TOKEN_WORD && token->kind != VG_TOKEN_NAME)
        return NULL;
    for (uint32_t i = 0; i < r->table->shape->column_count; i++)
        if (vg__token_names(token, vg_column_name(&r->table->shape->columns[i])))
            return &r->table->columns[i];
    return NULL;
}

/* A number, with a sign, at `ahead`; how many tokens it is, 0: none. */
static size_t number_at(const reading *r, size_t ahead, double *out)
{
    bool minus = is(r, ahead, "-");
    const vg_token *t = peek(r, ahead + minus);
    char text[40];
    if (t->kind != VG_TOKEN_NUMBER || t->len >= sizeof text)
        return 0;
    memcpy(text, t->text, t->len);
    text[t->len] = 0;
    int64_t whole = 0, part = 0;
    double unit = 1;
    char *p = text;
    for (; *p >= '0' && *p <= '9' && whole < 100000000000000; p++)
        whole = whole * 10 + (*p - '0');
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9' && unit < 1e9; p++, unit *= 10)
            part = part * 10 + (*p - '0');
    if (*p)
        return 0;
    *out = ((double)whole + (double)part / unit) * (minus ? -1 : 1);
    return 1 + minus;
}

static void at_least(vgs_bounds *b, double n)
{
    b->min = b->has_min && b->min > n ? b->min : n;
    b->has_min = true;
}

static void at_most(vgs_bounds *b, double n)
{
    b->max = b->has_max && b->max < n ? b->max : n;
    b->has_max = true;
}

/* The smallest step between values of the column. */
static double step_of(const vgs_column *c)
{
    return c->c->sql_class == VG_K_int ? 1 : 0.01;
}

static void compare(vgs_column *c, bool length, const char *op, double n)
{
    vgs_bounds whole = {0}, *b = length ? &whole : &c->bounds;
    double step = length ? 1 : step_of(c);
    if (strcmp(op, ">") == 0)
        at_least(b, n + step);
    else if (strcmp(op, "<") == 0)
        at_most(b, n - step);
    else if (strcmp(op, ">=") == 0)
        at_least(b, n);
    else if (strcmp(op, "<=") == 0)
        at_most(b, n);
    else if (strcmp(op, "=") == 0)
        at_least(b, n), at_most(b, n);
    if (!length)
        return;
    if (whole.has_min) {
        c->bounds.has_short = true;
        c->bounds.shortest = (int)whole.min;
    }
    if (whole.has_max) {
        c->bounds.has_long = true;
        c->bounds.longest = (int)whole.max;
    }
}

static const char *operator_at(const reading *r, size_t ahead)
{
    static const char *const all[] = {">=", "<=", "<>", "!=", ">", "<", "="};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (is(r, ahead, all[i]))
            return all[i];
    return NULL;
}

static const char *turned(const char *op)
{
    return op[0] == '>'                   ? (op[1] ? "<=" : "<")
           : op[0] == '<' && op[1] != '>' ? (op[1] ? ">=" : ">")
                                          : op;
}

/* (1, 2, 3) or ('a', 'b') at `ahead`. */
static bool list_of(reading *r, size_t ahead, vgs_bounds *b)
{
    const char **texts = vgs_alloc(r->plan, r->count, sizeof *texts);
    int64_t *numbers = vgs_alloc(r->plan, r->count, sizeof *numbers);
    size_t text_count = 0, number_count = 0;
    if (!texts || !numbers || !is(r, ahead++, "("))
        return false;
    for (;; ahead++) {
        double n;
        size_t used = number_at(r, ahead, &n);
        const vg_token *t = peek(r, ahead);
        if (used) {
            numbers[number_count++] = (int64_t)n;
        } else if (t->kind == VG_TOKEN_TEXT) {
            char *text = vgs_alloc(r->plan, t->len + 1, 1);
            if (!text)
                return false;
            vg__token_text(t, text);
            texts[text_count++] = text;
            used = 1;
        } else {
            return false;
        }
        ahead += used;
        if (!is(r, ahead, ","))
            break;
    }
    if (!is(r, ahead, ")") || (text_count && number_count))
        return false;
    b->texts = texts;
    b->text_count = text_count;
    b->numbers = numbers;
    b->number_count = number_count;
    r->at += ahead + 1;
    return true;
}

/* One condition from r->at; behind it on success. */
static bool read_term(reading *r)
{
    double low, high;
    size_t used, more;
    bool length = (is(r, 0, "length") || is(r, 0, "char_length")) && is(r, 1, "(") &&
                  is(r, 3, ")");
    vgs_column *c = named(r, peek(r, length ? 2 : 0));
    size_t after = length ? 4 : 1;
    if (!c) { /* 18 <= age */
        used = number_at(r, 0, &low);
        const char *op = used ? operator_at(r, used) : NULL;
        c = op ? named(r, peek(r, used + 1)) : NULL;
        if (!c)
            return false;
        compare(c, false, turned(op), low);
        r->at += used + 2;
        return true;
    }
    if (!length && is(r, after, "in"))
        return list_of(r, after + 1, &c->bounds);
    if (is(r, after, "between")) {
        used = number_at(r, after + 1, &low);
        if (!used || !is(r, after + 1 + used, "and"))
            return false;
        more = number_at(r, after + 2 + used, &high);
        if (!more)
            return false;
        compare(c, length, ">=", low);
        compare(c, length, "<=", high);
        r->at += after + 2 + used + more;
        return true;
    }
    const char *op = operator_at(r, after);
    used = op ? number_at(r, after + 1, &low) : 0;
    if (!used)
        return false;
    compare(c, length, op, low);
    r->at += after + 1 + used;
    return true;
}

/* To the next AND that stands outside of parentheses. */
static void skip_term(reading *r)
{
    int depth = 0;
    for (; r->at < r->count; r->at++) {
        depth += is(r, 0, "(") - is(r, 0, ")");
        if (depth <= 0 && is(r, 0, "and"))
            return;
    }
}

static bool has_or(const reading *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (vg__token_is(&r->tokens[i], "or") || vg__token_is(&r->tokens[i], "not"))
            return true;
    return false;
}

static void read_check(vgs_plan *plan, vgs_table *table, const char *sql)
{
    reading *r = vgs_alloc(plan, 1, sizeof *r);
    if (!r)
        return;
    r->plan = plan;
    r->table = table;
    vg_lexer lexer;
    vg__lexer_begin(&lexer, vg__migrator_of(plan->db)->lexis, sql, strlen(sql));
    for (;;) {
        vg_token t = vg__lexer_next(&lexer);
        if (t.kind == VG_TOKEN_END)
            break;
        if (r->count == MOST_TOKENS)
            return;
        r->tokens[r->count++] = t;
    }
    if (has_or(r))
        return;
    /* Without OR and NOT parentheses around conditions mean nothing. */
    while (r->at < r->count && !plan->failed) {
        r->at += is(r, 0, "(");
        if (is(r, 0, "("))
            continue;
        size_t begin = r->at;
        bool known = read_term(r);
        while (known && is(r, 0, ")"))
            r->at++;
        if (!known || (r->at < r->count && !is(r, 0, "and"))) {
            r->at = begin;
            skip_term(r);
        }
        r->at += r->at < r->count; /* the AND */
    }
}

void vgs_read_checks(vgs_plan *plan, vgs_table *table)
{
    const vg_constraint *con = table->shape->constraints;
    for (; con && con->kind != VG_CON_NONE; con++)
        if (con->kind == VG_CON_CHECK && con->sql)
            read_check(plan, table, con->sql);
}
