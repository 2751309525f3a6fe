/* Reading a CHECK: "age >= 18 and age < 120", "size in ('S', 'M') or size is null",
 * "length(trim(name)) > 2", "starts < ends". What is not understood is a term of that kind. */
#include "seed/check.h"
#include "core/migrator.h"
#include "migrate/lexer.h"
#include <string.h>

enum { MOST_TOKENS = 256, DEEPEST = 32 };

typedef struct reading {
    vgs_plan *plan;
    vgs_table *table;
    vg_token tokens[MOST_TOKENS];
    size_t count, at;
    int depth;
} reading;

static const vg_token *peek(const reading *r, size_t ahead)
{
    static const vg_token end = {VG_TOKEN_END, "", 0, 0};
    return r->at + ahead < r->count ? &r->tokens[r->at + ahead] : &end;
}

static bool is(const reading *r, const char *word)
{
    return vg__token_is(peek(r, 0), word);
}

static bool take(reading *r, const char *word)
{
    bool there = is(r, word);
    r->at += there;
    return there;
}

static bool take_one(reading *r, const char *const *words)
{
    for (; *words; words++)
        if (take(r, *words))
            return true;
    return false;
}

static vgs_term *new_term(reading *r, vgs_term_kind kind)
{
    vgs_term *t = vgs_alloc(r->plan, 1, sizeof *t);
    if (t)
        t->kind = kind;
    return t;
}

/* ---- columns and values ---- */

static vgs_column *take_name(reading *r)
{
    const vg_token *token = peek(r, 0);
    if (token->kind != VG_TOKEN_WORD && token->kind != VG_TOKEN_NAME)
        return NULL;
    for (uint32_t i = 0; i < r->table->shape->column_count; i++)
        if (vg__token_names(token, vg_column_name(&r->table->shape->columns[i]))) {
            r->at++;
            return &r->table->columns[i];
        }
    return NULL;
}

/* The type behind a value, "::date": without meaning here. */
static void skip_cast(reading *r)
{
    while (take(r, "::"))
        while (peek(r, 0)->kind == VG_TOKEN_WORD && !is(r, "and") && !is(r, "or"))
            r->at++;
}

/* A column, bare or in functions that change nothing of what seeding makes. */
static vgs_column *take_column(reading *r, bool *length)
{
    static const char *const lengths[] = {"length", "char_length", "character_length",
                                          "octet_length", NULL},
                             *const others[] = {"trim",  "btrim", "ltrim", "rtrim",
                                                "lower", "upper", NULL};
    size_t begin = r->at;
    bool measured = false, inside = true;
    int depth = 0;
    while (inside) {
        size_t here = r->at;
        bool counts = take_one(r, lengths);
        inside = (counts || take_one(r, others)) && take(r, "(");
        measured |= counts && inside;
        depth += inside;
        r->at = inside ? r->at : here;
    }
    vgs_column *c = take_name(r);
    while (c && depth && take(r, ")"))
        depth--;
    if (c && !depth) {
        skip_cast(r);
        *length = measured;
        return c;
    }
    r->at = begin;
    return NULL;
}

static bool parse_number(const vg_token *t, double *out)
{
    int64_t whole = 0, part = 0;
    double unit = 1;
    size_t i = 0;
    for (; i < t->len && t->text[i] >= '0' && t->text[i] <= '9' &&
           whole < 100000000000000;
         i++)
        whole = whole * 10 + (t->text[i] - '0');
    if (i < t->len && t->text[i] == '.')
        for (i++; i < t->len && t->text[i] >= '0' && t->text[i] <= '9' && unit < 1e9;
             i++, unit *= 10)
            part = part * 10 + (t->text[i] - '0');
    *out = (double)whole + (double)part / unit;
    return i == t->len;
}

static bool take_number(reading *r, double *out)
{
    size_t begin = r->at;
    bool minus = take(r, "-");
    const vg_token *t = peek(r, 0);
    if (t->kind != VG_TOKEN_NUMBER || !parse_number(t, out)) {
        r->at = begin;
        return false;
    }
    r->at++;
    *out *= minus ? -1 : 1;
    skip_cast(r);
    return true;
}

static const char *take_text(reading *r)
{
    static const char *const types[] = {"date", "timestamp", "timestamptz", NULL};
    size_t begin = r->at;
    take_one(r, types);
    const vg_token *t = peek(r, 0);
    char *text = t->kind == VG_TOKEN_TEXT ? vgs_alloc(r->plan, t->len + 1, 1) : NULL;
    if (!text) {
        r->at = begin;
        return NULL;
    }
    vg__token_text(t, text);
    r->at++;
    skip_cast(r);
    return text;
}

static bool take_operator(reading *r, vgs_relation *op)
{
    static const struct {
        const char *sign;
        vgs_relation op;
    } all[] = {{"=", VGS_EQ}, {"==", VGS_EQ}, {"<>", VGS_NE}, {"!=", VGS_NE},
               {"<", VGS_LT}, {">=", VGS_GE}, {">", VGS_GT},  {"<=", VGS_LE}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (take(r, all[i].sign)) {
            *op = all[i].op;
            return true;
        }
    return false;
}

static vgs_relation negated(vgs_relation op)
{
    return op ^ 1; /* they stand in pairs */
}

static vgs_relation turned(vgs_relation op)
{
    static const vgs_relation other[] = {VGS_EQ, VGS_NE, VGS_GT,
                                         VGS_LE, VGS_LT, VGS_GE};
    return other[op];
}

/* ---- terms ---- */

/* Today and later ones lie behind all that is made. */
static bool take_now(reading *r)
{
    static const char *const words[] = {"current_date", "current_timestamp", NULL};
    if (take_one(r, words))
        return true;
    return take(r, "now") && take(r, "(") && take(r, ")");
}

/* `column op` and what stands there. */
static vgs_term *compared(reading *r, vgs_column *c, bool length, vgs_relation op)
{
    vgs_term *t = new_term(r, VGS_COMPARE);
    const char **texts = vgs_alloc(r->plan, 1, sizeof *texts);
    double *number = vgs_alloc(r->plan, 1, sizeof *number);
    bool other_length = false;
    if (r->plan->failed)
        return NULL;
    t->column = c;
    t->length = length;
    t->op = op;
    bool equal = op == VGS_EQ || op == VGS_NE;
    if (take_number(r, number)) {
        t->number = *number;
        if (equal && !length) {
            t->kind = VGS_LIST;
            t->numbers = number;
            t->count = 1;
            t->except = op == VGS_NE;
        }
    } else if (!length && (*texts = take_text(r))) {
        t->kind = c->c->sql_class == VG_K_time ? VGS_TIME
                  : equal                      ? VGS_LIST
                                               : VGS_UNKNOWN;
        t->text = *texts;
        t->texts = texts;
        t->count = 1;
        t->except = op == VGS_NE;
    } else if (!length && take_now(r)) {
        t->kind = op == VGS_LT || op == VGS_LE ? VGS_ALWAYS : VGS_UNKNOWN;
    } else if (!length && (t->other = take_column(r, &other_length)) && !other_length) {
        t->kind = t->other == c ? VGS_UNKNOWN : VGS_PAIR;
    } else {
        t->kind = VGS_UNKNOWN;
    }
    return t;
}

/* (1, 2, 3) or ('a', 'b'). */
static vgs_term *listed(reading *r, vgs_column *c, bool except)
{
    const char **texts = vgs_alloc(r->plan, r->count, sizeof *texts);
    double *numbers = vgs_alloc(r->plan, r->count, sizeof *numbers);
    vgs_term *t = new_term(r, VGS_LIST);
    size_t n = 0, m = 0;
    bool good = take(r, "(");
    if (r->plan->failed)
        return NULL;
    do {
        if (take_number(r, &numbers[n]))
            n++;
        else if ((texts[m] = take_text(r)))
            m++;
        else
            good = false;
    } while (good && take(r, ","));
    good = good && take(r, ")") && !(n && m);
    t->kind = good ? VGS_LIST : VGS_UNKNOWN;
    t->column = c;
    t->except = except;
    t->numbers = n ? numbers : NULL;
    t->texts = m ? texts : NULL;
    t->count = n + m;
    return t;
}

static vgs_term *between(reading *r, vgs_column *c, bool length, bool except)
{
    vgs_term *low = compared(r, c, length, except ? VGS_LT : VGS_GE);
    bool good = take(r, "and");
    vgs_term *high = compared(r, c, length, except ? VGS_GT : VGS_LE);
    vgs_term *both = new_term(r, except ? VGS_OR : VGS_AND);
    if (r->plan->failed)
        return NULL;
    both->kind = good ? both->kind : VGS_UNKNOWN;
    both->first = low;
    low->next = high;
    return both;
}

static vgs_term *read_term(reading *r, bool negate)
{
    double number;
    bool length = false;
    vgs_relation op;
    vgs_column *c = take_column(r, &length);
    if (!c) { /* 18 <= age */
        bool begins = take_number(r, &number) && take_operator(r, &op);
        vgs_term *t = new_term(r, VGS_UNKNOWN);
        if (!t || !begins || !(t->column = take_column(r, &t->length)))
            return t;
        t->kind = VGS_COMPARE;
        t->op = turned(negate ? negated(op) : op);
        t->number = number;
        return t;
    }
    if (take(r, "is")) {
        vgs_term *t = new_term(r, VGS_NULL);
        if (!t)
            return NULL;
        t->column = c;
        t->except = take(r, "not") != negate;
        t->kind = take(r, "null") ? VGS_NULL : VGS_UNKNOWN;
        return t;
    }
    bool except = take(r, "not") != negate;
    if (!length && take(r, "in"))
        return listed(r, c, except);
    if (take(r, "between"))
        return between(r, c, length, except);
    return take_operator(r, &op) ? compared(r, c, length, negate ? negated(op) : op)
                                 : new_term(r, VGS_UNKNOWN);
}

static bool ends_term(const reading *r)
{
    return r->at == r->count || is(r, "and") || is(r, "or") || is(r, ")");
}

/* To the next AND or OR that stands outside of parentheses. */
static void skip_term(reading *r)
{
    for (int depth = 0; r->at < r->count; r->at++) {
        if (!depth && ends_term(r))
            return;
        depth += is(r, "(") - is(r, ")");
        if (is(r, "between")) /* its AND is none of ours */
            while (r->at + 1 < r->count && !is(r, "and"))
                r->at++;
    }
}

static vgs_term *read_or(reading *r, bool negate);

/* A term, or a condition in parentheses. */
static vgs_term *read_part(reading *r, bool negate)
{
    while (take(r, "not"))
        negate = !negate;
    size_t begin = r->at;
    vgs_term *t;
    if (take(r, "(") && ++r->depth < DEEPEST) {
        t = read_or(r, negate);
        r->depth--;
        if (take(r, ")") && ends_term(r))
            return t;
        r->at = begin;
    }
    t = read_term(r, negate);
    if (!t || (ends_term(r) && t->kind != VGS_UNKNOWN))
        return t;
    r->at = begin;
    skip_term(r);
    return new_term(r, VGS_UNKNOWN);
}

/* Parts between AND or OR; negated, one is the other. */
static vgs_term *read_row(reading *r, bool negate, const char *word, vgs_term_kind kind,
                          vgs_term *(*part)(reading *, bool))
{
    vgs_term *row = new_term(r, negate ? VGS_AND + VGS_OR - kind : kind);
    vgs_term **end = row ? &row->first : NULL;
    do {
        vgs_term *t = row ? part(r, negate) : NULL;
        if (!t)
            return NULL;
        *end = t;
        end = &t->next;
    } while (take(r, word));
    return row;
}

static vgs_term *read_and(reading *r, bool negate)
{
    return read_row(r, negate, "and", VGS_AND, read_part);
}

static vgs_term *read_or(reading *r, bool negate)
{
    return read_row(r, negate, "or", VGS_OR, read_and);
}

vgs_term *vgs_check_read(vgs_plan *plan, vgs_table *table, const char *sql)
{
    reading *r = vgs_alloc(plan, 1, sizeof *r);
    if (!r)
        return NULL;
    r->plan = plan;
    r->table = table;
    vg_lexer lexer;
    vg__lexer_begin(&lexer, vg__migrator_of(plan->db)->lexis, sql, strlen(sql));
    for (;;) {
        vg_token t = vg__lexer_next(&lexer);
        if (t.kind == VG_TOKEN_END)
            break;
        if (r->count == MOST_TOKENS)
            return new_term(r, VGS_UNKNOWN);
        r->tokens[r->count++] = t;
    }
    vgs_term *t = read_or(r, false);
    return r->at == r->count || !t ? t : new_term(r, VGS_UNKNOWN);
}

bool vgs_check_mentions(const vgs_plan *plan, const char *sql, const char *name)
{
    vg_lexer lexer;
    vg_token t = {VG_TOKEN_BREAK, "", 0, 0};
    vg__lexer_begin(&lexer, vg__migrator_of(plan->db)->lexis, sql, strlen(sql));
    while (t.kind != VG_TOKEN_END) {
        t = vg__lexer_next(&lexer);
        if ((t.kind == VG_TOKEN_WORD || t.kind == VG_TOKEN_NAME) &&
            vg__token_names(&t, name))
            return true;
    }
    return false;
}
