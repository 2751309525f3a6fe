/* What RULEs say of a value. */
#include "json/reader.h"
#include <ctype.h>
#include <pthread.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A value under the rules of its column. */
typedef struct judged {
    const vg_json_spot *spot;
    vg_value value;
    uint32_t column;
} judged;

/* ---- addresses ---- */

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Labels of letters, digits and hyphens within, up to 63 of them, with points between. */
static bool is_host(const char *at, const char *end)
{
    while (at < end) {
        const char *from = at;
        while (at < end && (is_alnum(*at) || *at == '-'))
            at++;
        if (at == from || at - from > 63 || *from == '-' || at[-1] == '-')
            return false;
        if (at == end)
            return true;
        if (*at++ != '.')
            return false;
    }
    return false;
}

/* Atoms with points between, and a host of more than one label. */
static bool is_email(const char *text, size_t len)
{
    const char *at = memchr(text, '@', len), *end = text + len;
    if (!at || at == text || *text == '.' || at[-1] == '.')
        return false;
    for (const char *c = text; c < at; c++)
        if ((!is_alnum(*c) && !strchr(".!#$%&'*+/=?^_`{|}~-", *c)) ||
            (*c == '.' && c[1] == '.'))
            return false;
    return is_host(at + 1, end) && memchr(at + 1, '.', (size_t)(end - at - 1));
}

/* A scheme, a host or [address], a port; then anything but white space. */
static bool is_url(const char *text, size_t len)
{
    size_t scheme = len > 7 && strncmp(text, "http://", 7) == 0    ? 7
                    : len > 8 && strncmp(text, "https://", 8) == 0 ? 8
                                                                   : 0;
    size_t host = scheme;
    while (host < len && !strchr(":/?#", text[host]))
        host++;
    if (!scheme || !is_host(text + scheme, text + host))
        return false;
    for (size_t i = host; i < len; i++)
        if ((unsigned char)text[i] <= ' ')
            return false;
    return true;
}

/* ---- patterns ---- */

/* Compiled once, kept until the program ends. */
typedef struct pattern {
    struct pattern *next;
    char *text;
    regex_t regex;
} pattern;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pattern *patterns;

static pattern *compile(const char *text, int *code)
{
    pattern *p = calloc(1, sizeof *p + strlen(text) + 1);
    if (!p)
        return NULL;
    p->text = (char *)(p + 1);
    memcpy(p->text, text, strlen(text) + 1);
    *code = regcomp(&p->regex, text, REG_EXTENDED | REG_NOSUB);
    if (*code) {
        free(p);
        return NULL;
    }
    p->next = patterns;
    return patterns = p;
}

static pattern *pattern_of(const char *text, int *code)
{
    pthread_mutex_lock(&lock);
    pattern *p = patterns;
    *code = 0;
    while (p && strcmp(p->text, text) != 0)
        p = p->next;
    if (!p)
        p = compile(text, code);
    pthread_mutex_unlock(&lock);
    return p;
}

static void fault(const judged *j, vg_json_fault_code code, const char *what)
{
    vg__json_fault(j->spot->reading, j->spot->path, code, "%s", what);
}

static void match(const judged *j, const vg_rule *rule)
{
    vg_json_reading *reading = j->spot->reading;
    int code;
    const pattern *p = pattern_of(rule->text, &code);
    if (p) {
        if (regexec(&p->regex, j->value.s, 0, NULL, 0) != 0)
            vg__json_fault(reading, j->spot->path, VG_JSON_NO_MATCH,
                           "must match the pattern %s", rule->text);
    } else if (code && code != REG_ESPACE) {
        snprintf(reading->r->message, sizeof reading->r->message,
                 "RULE(%s, %s, PATTERN(\"%s\")): that is no regular expression",
                 rule->shape->name, j->spot->c->name, rule->text);
        reading->code = VG_INVALID;
    } else {
        vg__json_no_memory(reading);
    }
}

/* ---- the rules ---- */

static void compare(const judged *j, const vg_rule *rule)
{
    bool min = rule->kind == VG_RULE_KIND_MIN;
    bool whole = vg_value_kind_of(j->value) == VG_V_INT;
    double d =
        vg_value_kind_of(j->value) == VG_V_TEXT ? strtod(j->value.s, NULL) : j->value.d;
    bool bad = whole ? (min ? j->value.i < rule->whole : j->value.i > rule->whole)
                     : (min ? d < rule->number : d > rule->number);
    if (!bad)
        return;
    vg_json_fault_code code = min ? VG_JSON_BELOW : VG_JSON_ABOVE;
    const char *word = min ? "must be at least" : "must be at most";
    if (whole)
        vg__json_fault(j->spot->reading, j->spot->path, code, "%s %lld", word,
                       (long long)rule->whole);
    else
        vg__json_fault(j->spot->reading, j->spot->path, code, "%s %.15g", word,
                       rule->number);
}

static void measure(const judged *j, const vg_rule *rule)
{
    int64_t chars = (int64_t)vg__json_chars(j->value.s, vg_value_len(j->value));
    bool min = rule->kind == VG_RULE_KIND_MIN_LENGTH;
    if (min ? chars < rule->whole : chars > rule->whole)
        vg__json_fault(j->spot->reading, j->spot->path,
                       min ? VG_JSON_TOO_SHORT : VG_JSON_TOO_LONG,
                       "must have at %s %lld characters", min ? "least" : "most",
                       (long long)rule->whole);
}

static void choose(const judged *j, const vg_rule *rule)
{
    const char *const *text = rule->texts;
    while (*text && strcmp(*text, j->value.s) != 0)
        text++;
    if (!*text)
        fault(j, VG_JSON_NO_LABEL, "is none of the values that are allowed");
}

static void judge(const judged *j, const vg_rule *rule)
{
    const char *why;
    if (rule->column != j->column || j->spot->reading->code)
        return;
    switch (rule->kind) {
    case VG_RULE_KIND_EMAIL:
        if (!is_email(j->value.s, vg_value_len(j->value)))
            fault(j, VG_JSON_BAD_FORMAT, "must be an email address");
        break;
    case VG_RULE_KIND_URL:
        if (!is_url(j->value.s, vg_value_len(j->value)))
            fault(j, VG_JSON_BAD_FORMAT, "must be a URL of http or https");
        break;
    case VG_RULE_KIND_MIN:
    case VG_RULE_KIND_MAX: compare(j, rule); break;
    case VG_RULE_KIND_MIN_LENGTH:
    case VG_RULE_KIND_MAX_LENGTH: measure(j, rule); break;
    case VG_RULE_KIND_PATTERN: match(j, rule); break;
    case VG_RULE_KIND_ONE_OF: choose(j, rule); break;
    case VG_RULE_KIND_CUSTOM:
        why = rule->fn(j->value);
        if (why)
            fault(j, VG_JSON_REFUSED, why);
        break;
    }
}

const vg_shape *vg__json_ruled(const vg_shape *shape)
{
    while (shape->base && shape->columns == shape->base->columns)
        shape = shape->base;
    return shape;
}

/* The rules of a shape, looked up once for the rows of a call. */
struct vg_json_rules {
    struct vg_json_rules *next;
    const vg_shape *shape;
    size_t count, room;
    const vg_rule *list[];
};

static int count_rule(void *ctx, const vg_rule *rule)
{
    (void)rule;
    ++*(size_t *)ctx;
    return 0;
}

static int take_rule(void *ctx, const vg_rule *rule)
{
    struct vg_json_rules *rules = ctx;
    if (rules->count == rules->room)
        return 1; /* a library was loaded meanwhile */
    rules->list[rules->count++] = rule;
    return 0;
}

/* NULL: no memory. */
static const struct vg_json_rules *rules_of(vg_json_reading *reading,
                                            const vg_shape *shape)
{
    struct vg_json_rules *rules = reading->rules;
    size_t count = 0;
    while (rules && rules->shape != shape)
        rules = rules->next;
    if (rules)
        return rules;
    vg_rule_each(shape, count_rule, &count);
    rules = vg_arena_alloc(reading->r->arena,
                           sizeof *rules + count * sizeof(const vg_rule *));
    if (!rules) {
        vg__json_no_memory(reading);
        return NULL;
    }
    *rules = (struct vg_json_rules){reading->rules, shape, 0, count};
    vg_rule_each(shape, take_rule, rules);
    return reading->rules = rules;
}

void vg__json_apply_rules(const vg_json_spot *s, vg_value value)
{
    const judged j = {s, value, s->index};
    const struct vg_json_rules *rules = rules_of(s->reading, vg__json_ruled(s->shape));
    for (size_t i = 0; rules && i < rules->count; i++)
        judge(&j, rules->list[i]);
}
