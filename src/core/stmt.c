/* The statement cache. */
#include "core/stmt.h"
#include "core/plan.h"
#include "core/watch.h"

static vg_stmt **bucket_of(vg_cache *cache, uint64_t hash)
{
    return &cache->buckets[hash >> cache->shift];
}

static void unlink_lru(vg_cache *cache, vg_stmt *s)
{
    if (s->newer)
        s->newer->older = s->older;
    else
        cache->newest = s->older;
    if (s->older)
        s->older->newer = s->newer;
    else
        cache->oldest = s->newer;
}

static void link_newest(vg_cache *cache, vg_stmt *s)
{
    s->newer = NULL;
    s->older = cache->newest;
    if (cache->newest)
        cache->newest->newer = s;
    else
        cache->oldest = s;
    cache->newest = s;
}

static void discard(vg_db *db, vg_stmt *s)
{
    vg_cache *cache = &db->cache;
    vg_stmt **at = bucket_of(cache, s->hash);
    while (*at != s)
        at = &(*at)->next_in_bucket;
    *at = s->next_in_bucket;
    unlink_lru(cache, s);
    for (int i = 0; i < 64; i++)
        if (s->sites >> i & 1 && cache->sites[i] == s)
            cache->sites[i] = NULL;
    cache->count--;
    if (s->native)
        db->driver->finalize(db, s->native);
    vg__db_alloc(db, s, s->size, 0);
}

/* Make room for one more. A cache full of busy statements grows beyond its limit. */
static void evict(vg_db *db)
{
    for (vg_stmt *s = db->cache.oldest; s && db->cache.count >= db->cache.limit;) {
        vg_stmt *newer = s->newer;
        if (!s->busy) {
            discard(db, s);
            db->stats.evicted++;
        }
        s = newer;
    }
}

static bool make_buckets(vg_db *db)
{
    vg_cache *cache = &db->cache;
    size_t count = 64;
    cache->shift = 64 - 6;
    for (; count < cache->limit * 2; count *= 2)
        cache->shift--;
    cache->buckets = vg__db_alloc(db, NULL, 0, count * sizeof *cache->buckets);
    if (!cache->buckets)
        return false;
    memset(cache->buckets, 0, count * sizeof *cache->buckets);
    cache->bucket_count = count;
    return true;
}

/* Bytes that a constant parameter points to; a registered query's may be gone later. */
static size_t bytes_of(vg_value v)
{
    vg_value_kind kind = vg_value_kind_of(v);
    if ((kind != VG_V_TEXT && kind != VG_V_BLOB && kind != VG_V_UUID) || !v.p)
        return 0;
    return vg_value_len(v) + (kind == VG_V_TEXT);
}

/* The parameters of a registered query, with copies of what they point to. */
static void keep_params(vg_stmt *s, const vg_walk *w, char *bytes)
{
    s->param_count = vg__walk_param_count(w);
    for (size_t i = 0; i < s->param_count; i++) {
        vg_param *p = &s->params[i];
        *p = w->params[i];
        size_t len = bytes_of(p->value);
        if (!len)
            continue;
        bool ends = vg_value_kind_of(p->value) == VG_V_TEXT;
        memcpy(bytes, p->value.p, len - ends);
        if (ends)
            bytes[len - 1] = 0;
        p->value.p = bytes;
        bytes += len;
    }
}

static size_t kept_size(const vg_walk *w)
{
    size_t size = vg__walk_param_count(w) * sizeof *w->params;
    for (const vg_param *p = w->params; p < w->param_at; p++)
        size += bytes_of(p->value);
    return size;
}

/* struct | words | slots | params | sql | bytes of params */
static vg_stmt *new_stmt(vg_db *db, const vg_parts *parts, const vg_buf *sql)
{
    const vg_walk *w = &db->walk;
    size_t slots = vg__plan_slots(parts) * sizeof(vg_slot);
    size_t word_count = vg__walk_len(w), words = word_count * sizeof *w->words;
    size_t kept = w->building ? kept_size(w) : 0;
    size_t size = sizeof(vg_stmt) + slots + words + kept + sql->len + 1;
    vg_stmt *s = vg__db_alloc(db, NULL, 0, size);
    if (!s)
        return NULL;
    *s = (vg_stmt){.hash = vg__walk_hash(w), .word_count = word_count, .size = size};
    s->kind = parts->head->kind;
    if (parts->cache)
        s->cache = *parts->cache;
    s->words = (uint64_t *)(void *)(s + 1);
    s->plan.slots = (vg_slot *)(void *)(s->words + word_count);
    s->params = (vg_param *)(void *)((char *)s->plan.slots + slots);
    s->sql = (char *)s->params;
    if (w->building)
        s->sql += vg__walk_param_count(w) * sizeof *s->params;
    s->sql_len = sql->len;
    memcpy(s->words, w->words, words);
    memcpy(s->sql, sql->text, sql->len + 1);
    if (w->building) {
        s->registered = (const vg_registered *)(uintptr_t)w->words[0];
        s->trees = w->tree;
        keep_params(s, w, s->sql + sql->len + 1);
    }
    vg__plan_make(&s->plan, parts);
    return s;
}

static int check_columns(vg_db *db, const vg_stmt *s)
{
    size_t got = db->driver->column_count(s->native);
    if (s->plan.slot_count && got != s->plan.column_count)
        return vg__fail(db, VG_SCHEMA, s->sql,
                        "the statement yields %zu columns, but a row of %s has %zu",
                        got, s->plan.shape ? s->plan.shape->name : "one value",
                        s->plan.column_count);
    return VG_OK;
}

static vg_stmt *prepare_query(vg_db *db, const vg_text_source *text)
{
    vg_buf *sql = &db->sql;
    vg_render r = {.out = sql, .dialect = db->dialect};
    vg_parts taken_apart, *parts = &taken_apart;
    vg__parts(parts, text->query, text->clause_count);
    vg__buf_reset(sql);
    if (text->row_count && parts->head->kind == VG_CLAUSE_UPDATE)
        vg__render_update_row(&r, parts);
    else if (text->row_count)
        vg__render_insert_rows(&r, parts, text->mask, text->row_count);
    else
        vg__render(&r, parts);
    if (r.failed) {
        vg__fail(db, r.failed, NULL, "%s", r.message);
        return NULL;
    }
    if (sql->failed) {
        vg__fail(db, sql->too_long ? VG_TOO_BIG : VG_NO_MEMORY, NULL,
                 sql->too_long ? "the SQL text is longer than 1 MiB" : "out of memory");
        return NULL;
    }
    if (r.param_count != vg__walk_param_count(&db->walk)) {
        vg__fail(db, VG_MISUSE, sql->text,
                 "internal error: %zu marks for %zu parameters; please report this",
                 r.param_count, vg__walk_param_count(&db->walk));
        return NULL;
    }
    if (r.param_count > db->dialect->max_params) {
        vg__fail(db, VG_TOO_BIG, sql->text,
                 "%zu parameters, but the database takes %zu", r.param_count,
                 db->dialect->max_params);
        return NULL;
    }
    vg_stmt *s = new_stmt(db, parts, sql);
    if (!s) {
        vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        return NULL;
    }
    s->deferred = db->defer || s->trees; /* trees are run by statements of their own */
    if (s->deferred)
        return s;
    if (db->watch)
        db->watch->at = s;
    if (db->driver->prepare(db, s->sql, s->sql_len, &s->native) ||
        check_columns(db, s)) {
        if (db->watch)
            vg__watch_unprepared(db, s->sql, db->error.code);
        if (s->native)
            db->driver->finalize(db, s->native);
        vg__db_alloc(db, s, s->size, 0);
        return NULL;
    }
    if (db->watch)
        db->watch->at = NULL;
    s->writes = db->driver->writes(s->native);
    return s;
}

typedef struct built {
    vg_db *db;
    const vg_registered *query;
    vg_stmt *stmt;
} built;

/* The clauses of a registered query, walked for its parameters alone: the signature is the
 * query's address. */
static void take_built(void *ctx, const vg_clause *query, size_t count)
{
    built *b = ctx;
    vg_walk *w = &b->db->walk;
    vg__walk_query(w, query, count);
    if (!w->failed && vg__is_values(vg__head_of(query, count)))
        vg__walk_fail(w, VG_INVALID,
                      "QUERY(%s): VALUES takes structs, which only a plain vg_exec or "
                      "vg_all can; say SET(column, parameter)",
                      b->query->name);
    vg__walk_registered(w, b->query);
    if (w->failed)
        vg__fail(b->db, w->failed, NULL, "%s", w->message);
    else
        b->stmt = prepare_query(b->db, &(vg_text_source){query, count, 0, 0, NULL});
}

static vg_stmt *prepare(vg_db *db, const vg_text_source *text)
{
    if (!text->registered)
        return prepare_query(db, text);
    built b = {db, text->registered, NULL};
    db->walk.building = true;
    text->registered->build(take_built, &b);
    db->walk.building = false;
    return b.stmt;
}

static inline bool same(const vg_stmt *s, const vg_walk *w)
{
    size_t len = vg__walk_len(w);
    return s->word_count == len &&
           memcmp(s->words, w->words, len * sizeof *w->words) == 0;
}

/* It is not there, or in use. */
static vg_stmt *add(vg_db *db, const vg_text_source *text, bool nested)
{
    vg_cache *cache = &db->cache;
    if (!cache->buckets && !make_buckets(db)) {
        vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        return NULL;
    }
    evict(db);
    vg_stmt *s = prepare(db, text);
    if (!s)
        return NULL;
    db->stats.misses++;
    db->stats.nested += nested;
    vg_stmt **bucket = bucket_of(cache, s->hash);
    s->next_in_bucket = *bucket;
    *bucket = s;
    link_newest(cache, s);
    cache->count++;
    return s;
}

static vg_stmt **site_of(vg_cache *cache, const char *here)
{
    return &cache
                ->sites[(uint64_t)(uintptr_t)here * UINT64_C(0x9E3779B97F4A7C15) >> 58];
}

/* Not in use, or by the batch that asks. */
static inline bool is_free(const vg_db *db, const vg_stmt *s)
{
    return !s->busy || (s->holder && s->holder == db->holder);
}

static vg_stmt *look_up(vg_db *db, const vg_text_source *text)
{
    vg_cache *cache = &db->cache;
    const vg_walk *w = &db->walk;
    uint64_t hash = vg__walk_hash(w);
    bool nested = false;
    for (vg_stmt *s = cache->buckets ? *bucket_of(cache, hash) : NULL; s;
         s = s->next_in_bucket) {
        if (s->hash != hash || !same(s, w))
            continue;
        if (is_free(db, s)) {
            db->stats.hits++;
            return s;
        }
        nested = true;
    }
    return add(db, text, nested);
}

static inline vg_stmt *take(vg_cache *cache, vg_stmt *s)
{
    if (s != cache->newest) {
        unlink_lru(cache, s);
        link_newest(cache, s);
    }
    s->busy = true;
    return s;
}

/* What was found is the next guess for its place in the program. */
static vg_stmt *take_at(vg_cache *cache, vg_stmt **site, vg_stmt *s)
{
    if (!s)
        return NULL;
    *site = s;
    s->sites |= UINT64_C(1) << (site - cache->sites);
    return take(cache, s);
}

static inline vg_stmt *acquire(vg_db *db, const vg_text_source *text, const char *here)
{
    vg_cache *cache = &db->cache;
    const vg_walk *w = &db->walk;
    if (w->failed) {
        vg__fail(db, w->failed, NULL, "%s", w->message);
        return NULL;
    }
    vg_stmt **site = site_of(cache, here), *s = *site;
    if (!s || !is_free(db, s) || !same(s, w))
        return take_at(cache, site, look_up(db, text));
    db->stats.hits++;
    return take(cache, s);
}

vg_stmt *vg__stmt_acquire(vg_db *db, const vg_text_source *text)
{
    return acquire(db, text, db->here);
}

vg_stmt *vg__stmt_acquire_at(vg_db *db, const vg_text_source *text, const char *here)
{
    return acquire(db, text, here);
}

vg_stmt *vg__stmt_find(vg_db *db)
{
    vg_cache *cache = &db->cache;
    const vg_walk *w = &db->walk;
    uint64_t hash = vg__walk_hash(w);
    vg_stmt *s = cache->buckets ? *bucket_of(cache, hash) : NULL;
    while (s && (s->hash != hash || s->busy || !same(s, w)))
        s = s->next_in_bucket;
    if (!s)
        return NULL;
    db->stats.hits++;
    return take(cache, s);
}

vg_stmt *vg__stmt_acquire_registered(vg_db *db, const vg_registered *query)
{
    vg_cache *cache = &db->cache;
    vg_stmt **site = site_of(cache, query->here), *s = *site;
    if (s && s->registered == query && !s->busy) {
        db->stats.hits++;
        return take(cache, s);
    }
    vg_walk *w = &db->walk;
    vg__walk_begin(w);
    vg__walk_registered(w, query);
    return vg__stmt_acquire(db, &(vg_text_source){NULL, 0, 0, 0, query});
}

int vg__stmt_release(vg_db *db, vg_stmt *stmt)
{
    stmt->busy = false;
    return db->driver->reset(db, stmt->native);
}

int vg__stmt_ready(vg_db *db, vg_stmt *stmt)
{
    int rc = check_columns(db, stmt);
    if (rc == VG_OK)
        stmt->writes = db->driver->writes(stmt->native);
    return rc;
}

void vg__stmt_let_go(vg_db *db, vg_stmt *stmt, const void *holder)
{
    if (stmt->holder != holder)
        return;
    stmt->holder = NULL;
    stmt->busy = false;
    if (!stmt->native)
        discard(db, stmt);
}

void vg__cache_clear(vg_db *db)
{
    vg_cache *cache = &db->cache;
    while (cache->oldest)
        discard(db, cache->oldest);
    vg__db_alloc(db, cache->buckets, cache->bucket_count * sizeof *cache->buckets, 0);
    cache->buckets = NULL;
    cache->bucket_count = 0;
}
