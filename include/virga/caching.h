/* What a SELECT says of the query cache: CACHE keeps its rows, NO_CACHE does not. See
 * cache.h for the cache itself.
 *
 *     vg_all(db, &arena, &list, SELECT(users), CACHE(60000, TAG("people"))); */
#pragma once
#pragma GCC system_header
#include <virga/query.h>

typedef enum vg_caching { VG_CACHING_UNSAID, VG_CACHING_ON, VG_CACHING_OFF } vg_caching;

static inline vg_clause vg_cache_for(vg_caching caching, int64_t ttl_ms, unsigned stale,
                                     const vg_value *tags)
{
    VG_CLAUSE_(kind = VG_CLAUSE_CACHE, sub = (uint16_t)caching, n = stale, i = ttl_ms,
               b = tags);
}

/* words: begin */

/* Keep the rows of a SELECT in the connection's query cache for `ttl_ms` milliseconds, 0: as
 * long as the cache says, and take them from there. Entries: TAG(text), a name to forget
 * them by; STALE, keep them though a table changes. Without a cache, in a transaction, and
 * for a cursor it says nothing. A SELECT that calls random() or reads temporary or
 * attached tables is not kept. NO_CACHE: not even in a cache that keeps all.
 *     vg_all(db, &arena, &list, SELECT(users), CACHE(60000, TAG("people"))); */
#define VG_CACHE(...) VG_CACHE_(__VA_ARGS__, (vg_e_end, 0))
#define VG_NO_CACHE   vg_cache_for(VG_CACHING_OFF, 0, 0, NULL)

/* Entries of CACHE. */
#define VG_TAG(x) (vg_e_tag, x)
#define VG_STALE  (vg_e_sta, 0)

/* words: end */

/* The tags, and whether STALE is among the entries. */
#define VG_CACHE_(ttl, ...)                           \
    vg_cache_for(VG_CACHING_ON, VG_CACHE_TTL(ttl),    \
                 0u VG_EACH(VG_FRESH, , __VA_ARGS__), \
                 (const vg_value[]){VG_EACH(VG_CACHED, , __VA_ARGS__){{0}, 0}})
#define VG_CACHE_TTL(ttl)                                                       \
    VG_VALUE_IF(ttl, VG_DEMAND((VG_CLASS(vg_r) & VG_K_int) && !VG_XCLASS(vg_r), \
                               "CACHE: the time to live is a whole number of "  \
                               "milliseconds"))                                 \
        .i
#define VG_CACHED(c, e) VG_ENTRY(VG_CACHED, c, VG_AS_TUPLE(e))
#define VG_CACHED_vg_e_tag(c, x)                                               \
    VG_VALUE_IF(x, VG_DEMAND((VG_CLASS(vg_r) & VG_K_text) && !VG_XCLASS(vg_r), \
                             "TAG: a tag is a text")),
#define VG_CACHED_vg_e_sta(c, zero)
#define VG_CACHED_vg_e_end(c, zero)
#define VG_CACHED_vg_e_unk(c, text) \
    {{VG_REQUIRE(0, "CACHE: not an entry, such as TAG(text): " text)}, 0},
/* Elsewhere they are no entries. */
#define VG_ITEM_vg_e_tag(t, x)    VG_ITEM_vg_e_unk(t, "TAG stands in CACHE")
#define VG_ITEM_vg_e_sta(t, zero) VG_ITEM_vg_e_unk(t, "STALE stands in CACHE")
#define VG_GIVEN_vg_e_tag(t, x)
#define VG_GIVEN_vg_e_sta(t, zero)
#define VG_FRESH(c, e) VG_ENTRY(VG_FRESH, c, VG_AS_TUPLE(e))
#define VG_FRESH_vg_e_tag(c, x)
#define VG_FRESH_vg_e_sta(c, zero) | 1u
#define VG_FRESH_vg_e_end(c, zero)
#define VG_FRESH_vg_e_unk(c, text)
