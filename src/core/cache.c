/* The query cache: results by statement, parameters and database.
 *
 *     key:    source | kind of result | signature words | parameters, padded to words
 *     entry:  key, rows with all they point to (in an arena of its own), tables, tags
 *
 * Time is a counter of changes. An entry was born at a tick, read before its query ran; a
 * change of a table writes the next tick down for it. The entry holds as long as none of
 * its tables has a later one: whatever was committed while the query ran is later too. */
#include "core/codec.h"
#include "core/copy.h"
#include "core/watch.h"
#include <pthread.h>

enum { BUCKETS = 1024, DEFAULT_BYTES = 16 << 20, NAMES = 63 };

typedef struct entry {
    struct entry *next; /* in the bucket */
    struct entry *newer, *older;
    uint64_t hash;
    uint64_t tables; /* by the cache's numbers */
    uint64_t born;
    int64_t expires_ns; /* 0: never */
    char *key;
    size_t key_len;
    char *tags; /* each ended by NUL, the last by two */
    void *rows;
    size_t count;
    size_t size;   /* bytes, all told */
    unsigned refs; /* being read; out of the table it is freed by the last */
    bool gone;
    vg_arena arena; /* key, tags, rows */
} entry;

struct vg_query_cache {
    pthread_mutex_t lock;
    vg_query_cache_options options;
    entry *buckets[BUCKETS];
    entry *newest, *oldest;
    uint64_t tick, changed[64], changed_all;
    vg_arena names_arena;
    const char
        *names[NAMES]; /* of tables; the 64th and all that follow share a number */
    size_t name_count;
    const char *sources[64]; /* of files */
    size_t source_count;
    uint64_t next_source;
    vg_query_cache_stats stats;
};

/* ---- entries, under the lock ---- */

static void free_entry(vg_query_cache *c, entry *e)
{
    vg_arena_free(&e->arena);
    vg__alloc(&c->options.allocator, e, sizeof *e, 0);
}

static void take_out(vg_query_cache *c, entry *e)
{
    entry **at = &c->buckets[e->hash % BUCKETS];
    while (*at != e)
        at = &(*at)->next;
    *at = e->next;
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
    c->stats.entries--;
    c->stats.bytes -= e->size;
    e->gone = true;
    if (!e->refs)
        free_entry(c, e);
}

static void link_newest(vg_query_cache *c, entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
}

static void touch(vg_query_cache *c, entry *e)
{
    if (e == c->newest)
        return;
    e->newer->older = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
    link_newest(c, e);
}

static bool holds(const vg_query_cache *c, const entry *e)
{
    if (c->changed_all > e->born || (e->expires_ns && vg__clock() >= e->expires_ns))
        return false;
    for (int i = 0; i < 64; i++)
        if (e->tables >> i & 1 && c->changed[i] > e->born)
            return false;
    return true;
}

static entry *find(vg_query_cache *c, const vg_buf *key, uint64_t hash)
{
    for (entry *e = c->buckets[hash % BUCKETS]; e; e = e->next)
        if (e->hash == hash && e->key_len == key->len &&
            memcmp(e->key, key->text, key->len) == 0)
            return e;
    return NULL;
}

/* Keep a name for good; its number, `limit` when there is no room. */
static size_t number_of(vg_query_cache *c, const char **names, size_t *count,
                        size_t limit, const char *name)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    if (*count == limit ||
        !(names[*count] = vg__arena_text(&c->names_arena, name, strlen(name))))
        return limit;
    return (*count)++;
}

static uint64_t table_bit(vg_query_cache *c, const char *name)
{
    return UINT64_C(1) << number_of(c, c->names, &c->name_count, NAMES, name);
}

/* A connection's tables by the cache's numbers. */
static uint64_t translate(vg_query_cache *c, const vg_watch *w, uint64_t tables)
{
    uint64_t out = 0;
    if (tables == UINT64_MAX)
        return tables;
    for (size_t i = 0; i < w->table_count; i++)
        if (tables & vg__watch_bit(i))
            out |= table_bit(c, w->tables[i].name);
    return out;
}

static void change(vg_query_cache *c, uint64_t tables)
{
    c->tick++;
    if (tables == UINT64_MAX)
        c->changed_all = c->tick;
    for (int i = 0; i < 64; i++)
        if (tables >> i & 1)
            c->changed[i] = c->tick;
}

/* ---- the key ---- */

static void put_word(vg_buf *key, uint64_t word)
{
    vg__buf_bytes(key, (const char *)&word, sizeof word);
}

static void put_bytes(vg_buf *key, const void *bytes, size_t len)
{
    static const char zeros[8];
    put_word(key, len);
    vg__buf_bytes(key, bytes, len);
    vg__buf_bytes(key, zeros, -len & 7);
}

static void put_array(vg_buf *key, vg_value v)
{
    const char *const *texts = v.p;
    if (vg_value_kind_of(v) != VG_V_ARRAY_TEXT) {
        put_bytes(key, v.p, vg__array_size(v));
        return;
    }
    put_word(key, vg_value_len(v));
    for (size_t i = 0; i < vg_value_len(v); i++)
        put_bytes(key, texts[i], strlen(texts[i]));
}

static void put_param(vg_buf *key, const vg_param *p)
{
    static const char zeros[8];
    vg_value v = p->value;
    vg_value_kind kind = vg_value_kind_of(v);
    bool pointer = kind == VG_V_TEXT || kind == VG_V_BLOB || kind == VG_V_UUID;
    unsigned codec = p->codec ? p->codec->type | (unsigned)p->codec->mode << 8 : 0;
    size_t len = kind == VG_V_UUID ? 16 : pointer ? vg_value_len(v) : 0;
    if (kind == VG_V_NULL || (pointer && !v.p)) {
        put_word(key, VG_V_NULL);
        return;
    }
    put_word(key, (uint64_t)kind | (uint64_t)codec << 8 | (uint64_t)len << 24);
    if (kind >= VG_V_ARRAY_I32 && kind <= VG_V_ARRAY_UUID) {
        put_array(key, v);
        return;
    }
    if (!pointer) {
        put_word(key, (uint64_t)v.i);
        return;
    }
    vg__buf_bytes(key, v.p, len);
    vg__buf_bytes(key, zeros, -len & 7);
}

/* False: there is no memory for it, or it is too long to be worth it. */
static bool make_key(vg_db *db, const vg_stmt *stmt, const vg_sink *sink,
                     uint64_t *hash)
{
    const vg_walk *w = &db->walk;
    vg_buf *key = &db->watch->key;
    vg__buf_reset(key);
    put_word(key, db->watch->source);
    put_word(key, sink->kind);
    put_word(key, stmt->word_count);
    vg__buf_bytes(key, (const char *)stmt->words,
                  stmt->word_count * sizeof *stmt->words);
    for (const vg_param *p = w->params; p < w->param_at; p++)
        put_param(key, p);
    *hash = 0;
    for (size_t i = 0; !key->failed && i + 8 <= key->len; i += 8) {
        uint64_t word;
        memcpy(&word, key->text + i, sizeof word);
        *hash = (*hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    }
    *hash ^= *hash >> 32;
    return !key->failed;
}

/* ---- for connections ---- */

void vg__cached_open(vg_db *db)
{
    vg_query_cache *c = db->options.query_cache;
    const char *name = db->driver->telling->identity(db);
    vg_watch *w = db->watch;
    pthread_mutex_lock(&c->lock);
    size_t n = name ? number_of(c, c->sources, &c->source_count, 64, name) : 64;
    w->source =
        n < 64 ? n : 64 + c->next_source++; /* in memory: a database of its own */
    pthread_mutex_unlock(&c->lock);
    w->version = db->driver->telling->version(db);
}

static bool wanted(vg_db *db, const vg_stmt *stmt, const vg_sink *sink)
{
    bool asked = stmt->cache.sub == VG_CACHING_ON ||
                 (stmt->cache.sub == VG_CACHING_UNSAID &&
                  db->options.query_cache->options.all && stmt->kind != VG_CLAUSE_RAW);
    return asked && stmt->plan.slot_count && !stmt->impure &&
           (sink->arena || (stmt->plan.plain && sink->kind == VG_SINK_ROW)) &&
           db->driver->telling->idle(db);
}

/* What was written behind the cache's back makes it forget everything. */
static void notice_others(vg_db *db)
{
    vg_watch *w = db->watch;
    int64_t total = db->driver->telling->total_changes(db);
    bool changed = total != w->total;
    w->total = total;
    if (!db->options.query_cache->options.alone) {
        int64_t version = db->driver->telling->version(db);
        changed |= version < 0 || version != w->version;
        w->version = version;
    }
    if (changed)
        vg__cached_changed(db, UINT64_MAX);
}

static bool copy_out(vg_db *db, const entry *e, const vg_stmt *stmt, vg_sink *sink)
{
    size_t size = e->count * stmt->plan.row_size;
    sink->row_size = stmt->plan.row_size;
    sink->count = 0;
    if (!e->count)
        return true;
    if (!sink->row)
        sink->row = vg__arena_alloc(sink->arena, size);
    if (!sink->row ||
        !vg__copy_rows(&stmt->plan, e->rows, sink->row, e->count, sink->arena)) {
        vg__fail(db, VG_NO_MEMORY, stmt->sql, "out of memory");
        return false;
    }
    sink->count = e->count;
    return true;
}

bool vg__cached_get(vg_db *db, vg_stmt *stmt, vg_sink *sink, uint64_t *born, int *rc)
{
    vg_query_cache *c = db->options.query_cache;
    uint64_t hash;
    if (!wanted(db, stmt, sink))
        return false;
    notice_others(db);
    if (!make_key(db, stmt, sink, &hash))
        return false;
    pthread_mutex_lock(&c->lock);
    entry *e = find(c, &db->watch->key, hash);
    if (e && !holds(c, e)) {
        take_out(c, e);
        c->stats.invalidated++;
        e = NULL;
    }
    if (e) {
        c->stats.hits++;
        e->refs++;
        touch(c, e);
    } else {
        c->stats.misses++;
        *born = c->tick; /* never 0 */
    }
    pthread_mutex_unlock(&c->lock);
    if (!e)
        return false;
    *rc = copy_out(db, e, stmt, sink) ? VG_OK : VG_NO_MEMORY;
    pthread_mutex_lock(&c->lock);
    if (!--e->refs && e->gone)
        free_entry(c, e);
    pthread_mutex_unlock(&c->lock);
    return true;
}

/* "a\0b\0\0" */
static char *copy_tags(const vg_value *tags, vg_arena *arena)
{
    size_t len = 1;
    for (const vg_value *t = tags; t->meta; t++)
        len += t->s ? vg_value_len(*t) + 1 : 0;
    char *text = vg__arena_alloc(arena, len), *at = text;
    for (const vg_value *t = tags; text && t->meta; t++) {
        if (!t->s)
            continue;
        memcpy(at, t->s, vg_value_len(*t));
        at += vg_value_len(*t);
        *at++ = 0;
    }
    if (text)
        *at = 0;
    return text;
}

static bool has_tag(const entry *e, const char *tag)
{
    for (const char *at = e->tags; *at; at += strlen(at) + 1)
        if (strcmp(at, tag) == 0)
            return true;
    return false;
}

/* Its time and tags are this call's, not the statement's. */
static const vg_clause *clause_of(const vg_db *db, const vg_stmt *stmt)
{
    return stmt->registered || !stmt->cache.sub ? &stmt->cache : &db->walk.cache;
}

/* All that an entry keeps; NULL: no memory. */
static entry *make_entry(vg_db *db, const vg_stmt *stmt, const vg_sink *sink)
{
    static const vg_value none;
    vg_query_cache *c = db->options.query_cache;
    const vg_buf *key = &db->watch->key;
    const vg_clause *q = clause_of(db, stmt);
    entry *e = vg__alloc(&c->options.allocator, NULL, 0, sizeof *e);
    if (!e)
        return NULL;
    *e = (entry){.key_len = key->len, .count = sink->count};
    e->arena = (vg_arena){.allocator = c->options.allocator, .block_size = 512};
    e->key = vg__arena_alloc(&e->arena, key->len);
    e->tags = copy_tags(stmt->registered || !q->sub ? &none : q->b, &e->arena);
    e->rows = vg__arena_alloc(&e->arena, sink->count * sink->row_size);
    const void *rows = sink->row ? sink->row : db->rows;
    if (!e->key || !e->tags || !e->rows ||
        !vg__copy_rows(&stmt->plan, rows, e->rows, sink->count, &e->arena)) {
        free_entry(c, e);
        return NULL;
    }
    memcpy(e->key, key->text, key->len);
    int64_t ttl = q->sub && q->i > 0 ? q->i : c->options.ttl_ms;
    if (ttl > 0 && ttl < INT64_MAX / 2000000)
        e->expires_ns = vg__clock() + ttl * 1000000;
    e->size = sizeof *e + vg_arena_size(&e->arena);
    return e;
}

void vg__cached_put(vg_db *db, vg_stmt *stmt, const vg_sink *sink, uint64_t born)
{
    vg_query_cache *c = db->options.query_cache;
    size_t limit = c->options.max_bytes;
    uint64_t hash;
    if (stmt->impure || sink->count > limit / (sink->row_size ? sink->row_size : 1) ||
        !make_key(db, stmt, sink, &hash))
        return;
    entry *e = make_entry(db, stmt, sink);
    if (!e)
        return;
    const vg_clause *q = clause_of(db, stmt);
    bool stale_is_fine = q->sub && q->n;
    pthread_mutex_lock(&c->lock);
    e->hash = hash;
    e->born = born;
    e->tables = stale_is_fine ? 0 : translate(c, db->watch, stmt->tables_read);
    entry *old = find(c, &db->watch->key, hash);
    if (old)
        take_out(c, old);
    while (c->oldest && c->stats.bytes + e->size > limit) {
        take_out(c, c->oldest);
        c->stats.evicted++;
    }
    if (e->size > limit) {
        free_entry(c, e);
    } else {
        e->next = c->buckets[hash % BUCKETS];
        c->buckets[hash % BUCKETS] = e;
        link_newest(c, e);
        c->stats.entries++;
        c->stats.bytes += e->size;
        c->stats.kept++;
    }
    pthread_mutex_unlock(&c->lock);
}

void vg__cached_changed(vg_db *db, uint64_t tables)
{
    vg_query_cache *c = db->options.query_cache;
    pthread_mutex_lock(&c->lock);
    change(c, translate(c, db->watch, tables));
    pthread_mutex_unlock(&c->lock);
}

/* ---- what the user calls ---- */

int vg_query_cache_open(vg_query_cache **out, const vg_query_cache_options *options)
{
    static const vg_query_cache_options defaults;
    const vg_query_cache_options *o = options ? options : &defaults;
    vg_query_cache *c = *out = vg__alloc(&o->allocator, NULL, 0, sizeof *c);
    if (!c)
        return VG_NO_MEMORY;
    memset(c, 0, sizeof *c);
    c->options = *o;
    c->names_arena.allocator = o->allocator;
    c->tick = 1;
    if (!c->options.max_bytes)
        c->options.max_bytes = DEFAULT_BYTES;
    if (pthread_mutex_init(&c->lock, NULL) == 0)
        return VG_OK;
    vg__alloc(&o->allocator, c, sizeof *c, 0);
    *out = NULL;
    return VG_NO_MEMORY;
}

void vg_query_cache_close(vg_query_cache *c)
{
    if (!c)
        return;
    while (c->oldest)
        take_out(c, c->oldest);
    vg_arena_free(&c->names_arena);
    pthread_mutex_destroy(&c->lock);
    vg_allocator allocator = c->options.allocator;
    vg__alloc(&allocator, c, sizeof *c, 0);
}

void vg_query_cache_forget_table(vg_query_cache *c, const vg_shape *table)
{
    pthread_mutex_lock(&c->lock);
    change(c, table_bit(c, vg_table_name(table)));
    pthread_mutex_unlock(&c->lock);
}

void vg_query_cache_forget_tag(vg_query_cache *c, const char *tag)
{
    pthread_mutex_lock(&c->lock);
    for (entry *e = c->oldest, *newer; e; e = newer) {
        newer = e->newer;
        if (has_tag(e, tag)) {
            take_out(c, e);
            c->stats.invalidated++;
        }
    }
    pthread_mutex_unlock(&c->lock);
}

void vg_query_cache_forget_all(vg_query_cache *c)
{
    pthread_mutex_lock(&c->lock);
    change(c, UINT64_MAX);
    pthread_mutex_unlock(&c->lock);
}

vg_query_cache_stats vg_query_cache_statistics(vg_query_cache *c)
{
    pthread_mutex_lock(&c->lock);
    vg_query_cache_stats stats = c->stats;
    pthread_mutex_unlock(&c->lock);
    return stats;
}
