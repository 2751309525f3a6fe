/* The list of rules: a double chain that grows as the program and its libraries start. A
 * header's rules are in it once for each file that includes it. */
#include <virga/rule.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static vg_rule *first, **tail = &first;

void vg_rule_add(vg_rule *rule)
{
    pthread_mutex_lock(&lock);
    rule->next = NULL;
    rule->at = tail;
    *tail = rule;
    tail = &rule->next;
    pthread_mutex_unlock(&lock);
}

void vg_rule_remove(vg_rule *rule)
{
    pthread_mutex_lock(&lock);
    if (rule->at) {
        *rule->at = rule->next;
        if (rule->next)
            rule->next->at = rule->at;
        else
            tail = rule->at;
        rule->next = NULL;
        rule->at = NULL;
    }
    pthread_mutex_unlock(&lock);
}

static bool texts_alike(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool alike(const vg_rule *a, const vg_rule *b)
{
    bool same = a->column == b->column && a->kind == b->kind &&
                a->number == b->number && a->whole == b->whole && a->fn == b->fn &&
                texts_alike(a->text, b->text);
    size_t i = 0;
    if (!same || !a->texts || !b->texts)
        return same && a->texts == b->texts;
    while (a->texts[i] && b->texts[i] && strcmp(a->texts[i], b->texts[i]) == 0)
        i++;
    return a->texts[i] == b->texts[i]; /* both NULL */
}

/* The next rule of the shape that none before it says already. */
static const vg_rule *next_of(const vg_shape *shape, const vg_rule *after)
{
    const vg_rule *found = NULL;
    pthread_mutex_lock(&lock);
    for (const vg_rule *r = after ? after->next : first; r && !found; r = r->next) {
        const vg_rule *before = first;
        if (r->shape != shape)
            continue;
        while (before != r && (before->shape != shape || !alike(before, r)))
            before = before->next;
        if (before == r)
            found = r;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

int vg_rule_each(const vg_shape *shape, int (*each)(void *ctx, const vg_rule *rule),
                 void *ctx)
{
    int rc = 0;
    for (const vg_rule *r = next_of(shape, NULL); r && !rc; r = next_of(shape, r))
        rc = each(ctx, r);
    return rc;
}
