/* Change events: kept in a buffer as the driver tells of them, given to the listeners
 * once they are committed.
 *
 *     items:  | changes so far ...      | room for what one listener wants |
 *             0 ... count ... room      room ... 2 * room
 *
 * A statement that fails, and ROLLBACK TO, cut the buffer back to where they began. Beyond
 * the limit single rows become one MANY for their table. */
#include "core/watch.h"
#include <ctype.h>

enum { LIMIT = 65536, FIRST_ROOM = 64 };

typedef struct listener {
    const char *table; /* NULL: all */
    vg_change_fn fn;
    void *ctx;
    struct listener *next;
} listener;

typedef struct savepoint {
    uint64_t name; /* its hash */
    size_t count;
} savepoint;

struct vg_feed {
    vg_change *items;
    size_t count, room;
    bool lost;      /* there was no memory to tell of something */
    bool committed; /* the database said so: what is kept may be told */
    listener *listeners;
    savepoint savepoints[32];
    size_t savepoint_count; /* may be more than are kept: those are cut to nothing */
};

/* ---- collecting ---- */

static bool grow(vg_db *db, vg_feed *f)
{
    size_t room = f->room ? f->room * 2 : FIRST_ROOM;
    vg_change *items = vg__db_alloc(db, f->items, f->room * 2 * sizeof *items,
                                    room * 2 * sizeof *items);
    if (!items)
        return false;
    f->items = items;
    f->room = room;
    return true;
}

static void push(vg_db *db, vg_feed *f, vg_change change)
{
    if (f->count == f->room && !grow(db, f)) {
        f->lost = true;
        return;
    }
    f->items[f->count++] = change;
}

/* One mark for a table is enough for all that follows it. */
static void push_many(vg_db *db, vg_feed *f, const vg_seen_table *t)
{
    for (size_t i = f->count; i-- && f->items[i].op == VG_CHANGE_MANY;)
        if (f->items[i].table == t->name)
            return;
    push(db, f, (vg_change){VG_CHANGE_MANY, t->name, t->shape, 0});
}

static size_t limit_of(const vg_db *db)
{
    return db->options.change_limit > 0 ? (size_t)db->options.change_limit : LIMIT;
}

static bool wanted(const vg_feed *f, const char *table)
{
    for (const listener *l = f->listeners; l; l = l->next)
        if (!l->table || !table || strcmp(l->table, table) == 0)
            return true;
    return false;
}

bool vg__watch_wants_rows(const vg_db *db, const char *table)
{
    return db->watch->feed && wanted(db->watch->feed, table);
}

void vg__watch_row(vg_db *db, vg_change_op op, const char *table, int64_t rowid)
{
    vg_watch *w = db->watch;
    vg_feed *f = w->feed;
    if (!f || !wanted(f, table))
        return;
    f->committed = false;
    int number = vg__watch_number(w, &db->allocator, table);
    if (number < 0) {
        f->lost = true;
        return;
    }
    const vg_seen_table *t = &w->tables[number];
    if (f->count < limit_of(db))
        push(db, f, (vg_change){op, t->name, t->shape, rowid});
    else
        push_many(db, f, t);
}

void vg__watch_committing(vg_db *db)
{
    if (db->watch->feed)
        db->watch->feed->committed = true;
}

void vg__watch_rolled_back(vg_db *db)
{
    vg_feed *f = db->watch->feed;
    if (!f)
        return;
    f->count = f->savepoint_count = 0;
    f->lost = f->committed = false;
}

/* ---- savepoints: read from the text, whoever wrote it ---- */

static const char *word(const char *sql, const char *expected)
{
    while (isspace((unsigned char)*sql))
        sql++;
    for (; *expected; sql++, expected++)
        if (tolower((unsigned char)*sql) != *expected)
            return NULL;
    return isspace((unsigned char)*sql) ? sql : NULL;
}

static uint64_t name_hash(const char *sql)
{
    const char *optional = word(sql, "savepoint");
    uint64_t hash = 1;
    for (sql = optional ? optional : sql; *sql && *sql != ';'; sql++)
        if (!isspace((unsigned char)*sql) && !strchr("\"'`[]", *sql))
            hash = (hash ^ (uint64_t)tolower((unsigned char)*sql)) *
                   UINT64_C(0x9E3779B97F4A7C15);
    return hash;
}

/* The number of the newest savepoint of that name; 0: there is none. */
static size_t find(const vg_feed *f, uint64_t name)
{
    size_t i = f->savepoint_count < 32 ? f->savepoint_count : 32;
    while (i && f->savepoints[i - 1].name != name)
        i--;
    return i;
}

static void follow_savepoints(vg_feed *f, const char *sql)
{
    const char *name = NULL;
    if ((name = word(sql, "savepoint"))) {
        if (f->savepoint_count < 32)
            f->savepoints[f->savepoint_count] = (savepoint){name_hash(name), f->count};
        f->savepoint_count++;
    } else if ((name = word(sql, "release"))) {
        size_t i = find(f, name_hash(name));
        if (i)
            f->savepoint_count = i - 1;
    } else if ((name = word(sql, "rollback"))) {
        const char *work = word(name, "transaction"),
                   *to = word(work ? work : name, "to");
        size_t i = to ? find(f, name_hash(to)) : 0;
        if (i) {
            f->count = f->savepoints[i - 1].count;
            f->savepoint_count = i;
        }
    }
}

/* ---- the end of a statement ---- */

static bool has_word(const char *sql, const char *lower)
{
    size_t len = strlen(lower);
    for (; *sql; sql++) {
        size_t i = 0;
        while (i < len && tolower((unsigned char)sql[i]) == lower[i])
            i++;
        if (i == len)
            return true;
    }
    return false;
}

/* Tables that were changed, but not row by row. */
static void push_untold(vg_db *db, vg_feed *f, uint64_t written, bool replaces)
{
    vg_watch *w = db->watch;
    for (size_t i = 0; written && i < w->table_count; i++) {
        vg_seen_table *t = &w->tables[i];
        if (!(written & vg__watch_bit(i)) || !wanted(f, t->name))
            continue;
        if (t->rowid == VG_ROWID_UNKNOWN)
            t->rowid = db->driver->telling->has_rowid(db, t->name) ? VG_ROWID_HAS
                                                                   : VG_ROWID_NONE;
        if (t->rowid == VG_ROWID_NONE || replaces)
            push_many(db, f, t);
    }
}

size_t vg__feed_mark(const vg_feed *feed)
{
    return feed ? feed->count : 0;
}

/* What a statement leaves in the buffer; `cut`: its changes are the last ones in it. */
static void end_statement(vg_db *db, size_t mark, bool changed, const char *sql,
                          uint64_t written, bool ok, bool cut)
{
    vg_feed *f = db->watch->feed;
    if (ok && written != UINT64_MAX && changed)
        push_untold(db, f, written, has_word(sql, "replace"));
    if (!ok && cut && !changed && f->count > mark)
        f->count =
            mark; /* what OR FAIL leaves behind is counted as changed, and stays */
}

void vg__feed_end(vg_db *db, const vg_watching *x, uint64_t written, int code)
{
    bool ok = code == VG_OK;
    end_statement(db, x->feed_mark, db->watch->total != x->total, x->sql, written, ok,
                  !x->cursor);
    if (ok && x->stmt && x->stmt->kind == VG_CLAUSE_RAW)
        follow_savepoints(db->watch->feed, x->sql);
}

vg_part vg__watch_part_begin(const vg_db *db)
{
    return (vg_part){vg__feed_mark(db->watch->feed),
                     db->driver->telling->total_changes(db)};
}

void vg__watch_part_end(vg_db *db, vg_part part, const char *sql, bool ok)
{
    vg_watch *w = db->watch;
    uint64_t written = w->written;
    w->pending |= written;
    w->written = 0;
    if (!w->feed)
        return;
    end_statement(db, part.feed_mark,
                  db->driver->telling->total_changes(db) != part.total, sql, written,
                  ok, true);
    if (ok)
        follow_savepoints(w->feed, sql);
    if (!db->driver->in_transaction(db))
        vg__feed_deliver(db);
}

void vg__feed_lost(vg_feed *feed)
{
    feed->lost = feed->committed = true;
}

static void tell(vg_feed *f, const listener *l, size_t count)
{
    if (!l->table) {
        l->fn(l->ctx, f->items, count);
        return;
    }
    vg_change *some = f->items + f->room;
    size_t len = 0;
    for (size_t i = 0; i < count; i++)
        if (!f->items[i].table || strcmp(f->items[i].table, l->table) == 0)
            some[len++] = f->items[i];
    if (len)
        l->fn(l->ctx, some, len);
}

void vg__feed_deliver(vg_db *db)
{
    vg_watch *w = db->watch;
    vg_feed *f = w->feed;
    static vg_change any = {VG_CHANGE_MANY, NULL, NULL, 0};
    f->savepoint_count = 0;
    if (!f->count && !f->lost)
        return;
    if (!f->committed)
        return; /* a cursor that writes is still open */
    size_t count = f->count;
    bool failed = db->failed[db->depth];
    w->telling = db->failed[db->depth] = true;
    f->count = 0;
    for (listener *l = f->listeners, *next; l; l = next) {
        next = l->next;
        if (count)
            tell(f, l, count);
        if (f->lost)
            l->fn(l->ctx, &any, 1);
    }
    f->lost = f->committed = false;
    w->telling = false;
    db->failed[db->depth] = failed;
}

/* ---- listeners ---- */

int vg_on_change(vg_db *db, const vg_shape *table, vg_change_fn fn, void *ctx)
{
    int rc = vg__start(db, NULL);
    if (rc != VG_OK)
        return rc;
    if (!fn || (table && table->kind != VG_SHAPE_TABLE))
        return vg__fail(db, VG_MISUSE, NULL, "vg_on_change: %s",
                        fn ? "only a table can be listened to" : "no function");
    if (db->driver->in_transaction(db))
        return vg__fail(db, VG_MISUSE, NULL,
                        "vg_on_change: not inside of a transaction");
    vg_watch *w = vg__watch_install(
        db, "read what a statement changes by RETURNING, or let triggers NOTIFY");
    if (!w)
        return db->error.code;
    int number = table ? vg__watch_number(w, &db->allocator, vg_table_name(table)) : 0;
    listener *l = vg__db_alloc(db, NULL, 0, sizeof *l);
    if (!w->feed && (w->feed = vg__db_alloc(db, NULL, 0, sizeof *w->feed)))
        *w->feed = (vg_feed){0};
    if (number < 0 || !l || !w->feed) {
        if (l)
            vg__db_alloc(db, l, sizeof *l, 0);
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    }
    *l = (listener){.fn = fn, .ctx = ctx};
    if (table) {
        l->table = w->tables[number].name;
        w->tables[number].shape = table;
    }
    listener **end = &w->feed->listeners;
    while (*end)
        end = &(*end)->next;
    *end = l;
    return VG_OK;
}

size_t vg_off_change(vg_db *db, vg_change_fn fn, void *ctx)
{
    vg_feed *f = db->watch ? db->watch->feed : NULL;
    size_t count = 0;
    if (f && db->watch->telling)
        return 0;
    for (listener **at = f ? &f->listeners : NULL; at && *at;) {
        listener *l = *at;
        if (l->fn != fn || l->ctx != ctx) {
            at = &l->next;
            continue;
        }
        *at = l->next;
        vg__db_alloc(db, l, sizeof *l, 0);
        count++;
    }
    return count;
}

void vg__feed_free(vg_db *db)
{
    vg_feed *f = db->watch->feed;
    if (!f)
        return;
    while (f->listeners) {
        listener *l = f->listeners;
        f->listeners = l->next;
        vg__db_alloc(db, l, sizeof *l, 0);
    }
    vg__db_alloc(db, f->items, f->room * 2 * sizeof *f->items, 0);
    vg__db_alloc(db, f, sizeof *f, 0);
    db->watch->feed = NULL;
}
