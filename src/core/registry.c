/* The list of registered queries: a double chain that grows as the program and its
 * libraries start, and is put in order when somebody asks. */
#include "base/alloc.h"
#include <pthread.h>
#include <stdlib.h>
#include <virga/registry.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static vg_registration *entries;

void vg_registry_add(vg_registration *entry)
{
    pthread_mutex_lock(&lock);
    entry->next = entries;
    entry->at = &entries;
    if (entries)
        entries->at = &entry->next;
    entries = entry;
    pthread_mutex_unlock(&lock);
}

void vg_registry_remove(vg_registration *entry)
{
    pthread_mutex_lock(&lock);
    if (entry->at) {
        *entry->at = entry->next;
        if (entry->next)
            entry->next->at = entry->at;
        entry->next = NULL;
        entry->at = NULL;
    }
    pthread_mutex_unlock(&lock);
}

/* A snapshot, so that `each` may take its time; NULL when there is none or no memory. */
static const vg_registration **snapshot(size_t *count)
{
    static const vg_allocator plain;
    const vg_registration **list = NULL;
    size_t n = 0;
    pthread_mutex_lock(&lock);
    for (const vg_registration *e = entries; e; e = e->next)
        n++;
    if (n)
        list = vg__alloc(&plain, NULL, 0, n * sizeof *list);
    if (list) {
        size_t at = 0;
        for (const vg_registration *e = entries; e; e = e->next)
            list[at++] = e;
    }
    pthread_mutex_unlock(&lock);
    *count = n;
    return list;
}

static const char *name_of(const vg_registration *e)
{
    return e->query ? e->query->name : e->unindexed->table->name;
}

/* "a.c:9" before "a.c:10" before "b.c:1"; then by name. */
static int compare(const void *a, const void *b)
{
    const vg_registration *x = *(const vg_registration *const *)a;
    const vg_registration *y = *(const vg_registration *const *)b;
    const char *p = x->here, *q = y->here;
    for (; *p && *p == *q; p++, q++)
        ;
    if (*p != *q) {
        size_t m = strspn(p, "0123456789"), n = strspn(q, "0123456789");
        return (!p[m] && !q[n] && m != n) ? (m > n) - (m < n)
                                          : (unsigned char)*p - (unsigned char)*q;
    }
    return strcmp(name_of(x), name_of(y));
}

int vg_registry_each(int (*each)(void *ctx, const vg_registration *entry), void *ctx)
{
    static const vg_allocator plain;
    size_t count;
    const vg_registration **list = snapshot(&count);
    int rc = VG_OK;
    if (!list)
        return count ? VG_NO_MEMORY : VG_OK;
    qsort(list, count, sizeof *list, compare);
    for (size_t i = 0; rc == VG_OK && i < count; i++)
        if (!i || compare(&list[i - 1], &list[i]) != 0)
            rc = each(ctx, list[i]);
    vg__alloc(&plain, list, count * sizeof *list, 0);
    return rc;
}
