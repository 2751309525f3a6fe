/* Notifications: who listens to what, and calling them. */
#include "core/guard.h"
#include "core/limit.h"
#include "core/run.h"
#include "core/services.h"
#include <virga/batch.h>

enum { LOOK_AGAIN_MS = 100 };

typedef struct channel {
    struct channel *next;
    vg_notify_fn fn;
    void *ctx;
    char name[64];
} channel;

typedef struct listeners {
    vg_hanger hanger;
    channel *first;
    bool telling;
    size_t told;
} listeners;

static channel **find(listeners *l, const char *name)
{
    channel **at = &l->first;
    while (*at && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    return at;
}

static void forget(vg_db *db, channel **at)
{
    channel *c = *at;
    *at = c->next;
    vg__db_alloc(db, c, sizeof *c, 0);
}

static bool end(vg_db *db, vg_hanger *hanger, bool closing)
{
    listeners *l = (listeners *)hanger;
    vg_error error = db->error;
    if (l->first && !closing) {
        if (db->driver->in_transaction(db))
            return false; /* later, when it is rolled back */
        db->driver->script(db, "unlisten *");
        db->error = error;
    }
    while (l->first)
        forget(db, &l->first);
    db->attend = NULL;
    if (closing)
        vg__db_alloc(db, l, sizeof *l, 0);
    return false;
}

static listeners *of(const vg_db *db)
{
    for (vg_hanger *h = db->hangers; h; h = h->next)
        if (h->end == end)
            return (listeners *)h;
    return NULL;
}

static listeners *make(vg_db *db)
{
    listeners *l = of(db);
    if (!l && (l = vg__db_alloc(db, NULL, 0, sizeof *l))) {
        *l = (listeners){.hanger = {db->hangers, end}};
        db->hangers = &l->hanger;
    }
    return l;
}

/* ---- telling ---- */

static void tell(vg_db *db, const vg_notification *n)
{
    listeners *l = of(db);
    channel *c = *find(l, n->channel);
    if (!c)
        return;
    l->told++;
    c->fn(c->ctx, db, n);
}

static int deliver(vg_db *db, listeners *l)
{
    l->telling = true;
    int rc = vg__services_of(db)->notices->read(db, tell);
    l->telling = false;
    return rc;
}

/* Before a statement: what has come by now. A lost connection is the statement's to tell. */
static int attend(vg_db *db)
{
    listeners *l = of(db);
    const char *here = db->here;
    if (!l->telling && !db->depth && !db->driver->in_transaction(db))
        deliver(db, l);
    vg__begin(db, here);
    return VG_OK;
}

/* ---- what the user calls ---- */

static const vg_notices *start(vg_db *db, const char *call, const char *name)
{
    const vg_notices *notices = vg__services_of(db)->notices;
    if (vg__start(db, NULL) != VG_OK)
        return NULL;
    if (!notices)
        vg__fail(db, VG_UNSUPPORTED, NULL,
                 "%s: %s has no notifications between connections", call,
                 db->dialect->name);
    else if (name && (!*name || strlen(name) >= sizeof((channel *)0)->name))
        vg__fail(db, VG_INVALID, NULL, "%s: a channel's name has 1 to 63 bytes", call);
    return db->error.code ? NULL : notices;
}

static int say(vg_db *db, const char *verb, const char *name)
{
    vg_buf *sql = &db->sql;
    vg__buf_reset(sql);
    vg__buf_text(sql, verb);
    if (name)
        vg__buf_name(sql, db->dialect->quote, name);
    else
        vg__buf_char(sql, '*');
    return sql->failed ? vg__fail(db, VG_NO_MEMORY, NULL, "out of memory")
                       : db->driver->script(db, sql->text);
}

int vg_listen(vg_db *db, const char *name, vg_notify_fn fn, void *ctx)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    if (!start(db, "vg_listen", name ? name : ""))
        return db->error.code;
    if (!fn)
        return vg__fail(db, VG_MISUSE, NULL, "vg_listen: there is no listener");
    listeners *l = make(db);
    channel **at = l ? find(l, name) : NULL;
    bool is_new = at && !*at;
    if (is_new && (*at = vg__db_alloc(db, NULL, 0, sizeof **at))) {
        **at = (channel){0};
        memcpy((*at)->name, name, strlen(name) + 1);
    }
    if (!at || !*at)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    int rc = is_new ? say(db, "listen ", name) : VG_OK;
    if (rc != VG_OK) {
        forget(db, at);
        return rc;
    }
    (*at)->fn = fn;
    (*at)->ctx = ctx;
    db->attend = attend;
    return VG_OK;
}

int vg_unlisten(vg_db *db, const char *name)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    if (!start(db, "vg_unlisten", name))
        return db->error.code;
    listeners *l = of(db);
    int rc = say(db, "unlisten ", name);
    if (rc != VG_OK || !l)
        return rc;
    while (!name && l->first)
        forget(db, &l->first);
    if (name && *find(l, name))
        forget(db, find(l, name));
    if (!l->first)
        db->attend = NULL;
    return VG_OK;
}

int vg_notify(vg_db *db, const char *name, const char *payload)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    if (!start(db, "vg_notify", name ? name : ""))
        return db->error.code;
    vg_clause call = vg_raw_sql(
        vg__services_of(db)->notices->tell, 2,
        (const vg_value[]){vg_of_text(name), vg_of_text(payload ? payload : "")});
    return vg_run_exec(db, NULL, &call, 1);
}

/* Until something comes, `left` milliseconds at most; below 0: however long. */
static int wait_some(vg_db *db, int64_t left)
{
    const vg_pipeline *p = vg__services_of(db)->pipeline;
    int64_t wish = left < 0 || left > LOOK_AGAIN_MS ? LOOK_AGAIN_MS : left;
    int64_t ms = vg__limit_wait(db, wish);
    char why[200];
    if (ms > 0 || wish == 0)
        return p->wait(db, VG_WANT_READ, (int)ms);
    vg__limit_interrupted(db);
    return vg__fail(db, VG_INTERRUPTED, NULL, "%s", vg__limit_why(db, why, sizeof why));
}

int vg_wait_notify(vg_db *db, int timeout_ms)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    listeners *l = of(db);
    size_t told = l ? l->told : 0;
    int64_t until = vg__clock() + (int64_t)timeout_ms * 1000000;
    if (!start(db, "vg_wait_notify", NULL)) /* has told what had come */
        return db->error.code;
    if (!l || !l->first || l->telling)
        return vg__fail(db, VG_MISUSE, NULL, "vg_wait_notify: %s",
                        l && l->telling ? "called by a listener"
                                        : "the connection listens to no channel");
    if (db->driver->in_transaction(db))
        return vg__fail(db, VG_MISUSE, NULL,
                        "vg_wait_notify: inside of a transaction nothing is told");
    vg__limit_wait_begin(db);
    int rc = VG_OK;
    while (rc == VG_OK && l->told == told) {
        int64_t left = timeout_ms < 0 ? -1 : (until - vg__clock()) / 1000000;
        if (timeout_ms >= 0 && left <= 0)
            left = 0;
        rc = left ? wait_some(db, left) : VG_OK;
        if (rc == VG_OK)
            rc = deliver(db, l);
        if (rc == VG_OK && !left && l->told == told)
            return VG_NOT_FOUND;
    }
    if (rc == VG_OK) /* whatever the listeners did */
        vg__begin(db, NULL);
    return rc;
}
