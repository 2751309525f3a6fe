/* The query cache: results kept in memory, forgotten when a table they came from changes.
 *
 *     vg_query_cache *cache;
 *     vg_query_cache_open(&cache, NULL);
 *     vg_open(&db, "blog.db", &(vg_options){.query_cache = cache});
 *     vg_all(db, &arena, &list, SELECT(users), CACHE(60000, TAG("people")));
 *
 * One cache serves any number of connections in any threads; it has a lock of its own.
 * Rows are copied in and out, so what a caller gets is the caller's. Two calls share a
 * result when statement, parameters and file are the same, compared in full. A cached
 * result is not used, and none is kept, while the connection has a transaction or a cursor
 * open: those see the database as it was when they began. A PostgreSQL server does not tell of
 * changes: vg_open with a cache is VG_UNSUPPORTED there. See docs/cache.md. */
#pragma once
#pragma GCC system_header
#include <virga/arena.h>
#include <stdbool.h>
#include <stdint.h>

VG_BEGIN_DECLS

typedef struct vg_shape vg_shape;
typedef struct vg_query_cache vg_query_cache;

typedef struct vg_query_cache_options {
    size_t max_bytes; /* of all results and their keys; 0: 16 MiB */
    int64_t ttl_ms; /* how long a result lives when CACHE says 0; 0: until it changes */
    bool all;       /* keep every SELECT that does not say NO_CACHE */
    /* Nobody but connections with this cache writes the file. Without it every look into
     * the cache asks the database whether another connection has written since, and if so
     * forgets everything. */
    bool alone;
    vg_allocator allocator; /* zeroed: the C library; called from any thread */
} vg_query_cache_options;

/* What a cache has done. */
typedef struct vg_query_cache_stats {
    uint64_t hits;
    uint64_t misses;      /* asked for and not there, or not current */
    uint64_t kept;        /* results put in */
    uint64_t evicted;     /* least recently used, to make room */
    uint64_t invalidated; /* found out of date */
    uint64_t entries;     /* there now */
    uint64_t bytes;       /* used now */
} vg_query_cache_stats;

/* Make a cache and give it to connections by vg_options.query_cache. `options` may be NULL.
 * Returns VG_OK or VG_NO_MEMORY (*cache is NULL then). Any thread. */
VG_API int vg_query_cache_open(vg_query_cache **cache,
                               const vg_query_cache_options *options);

/* Free it. Close all its connections first. NULL is ignored. */
VG_API void vg_query_cache_close(vg_query_cache *cache);

/* Forget what came from `table`, what was kept under `tag`, everything. Any thread.
 *     vg_query_cache_forget_table(cache, &users.vg_shape); */
VG_API void vg_query_cache_forget_table(vg_query_cache *cache, const vg_shape *table);
VG_API void vg_query_cache_forget_tag(vg_query_cache *cache, const char *tag);
VG_API void vg_query_cache_forget_all(vg_query_cache *cache);

/* What it has done since it was made. Any thread. */
VG_API vg_query_cache_stats vg_query_cache_statistics(vg_query_cache *cache);

VG_END_DECLS
