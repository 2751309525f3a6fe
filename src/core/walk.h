/* The signature of a query: one walk over its clauses and expressions that writes down,
 * in 64-bit words, everything that shapes the SQL text, and collects the parameters in
 * the order in which they stand in it. Two queries with the same words are the same
 * statement; equality of all words decides, the hash only finds the candidates.
 *
 *     word:  1 tag bit | 31 bits count | 16 bits unused | 16 bits operator or clause
 *         or the address of a constant descriptor: a column's node, a shape */
#pragma once
#include "core/codec.h"
#include "core/driver.h"
#include <virga/registry.h>

void vg__walk_init(vg_walk *w, const vg_allocator *allocator);
void vg__walk_free(vg_walk *w);

/* Walk a whole statement into `w` (emptied first). A failure is in w->failed. */
void vg__walk_query(vg_walk *w, const vg_clause *query, size_t count);

void vg__walk_fail(vg_walk *w, int code, const char *format, ...) VG_PRINTF(3, 4);

/* Pieces, for inserts from structs. */
void vg__walk_tail(vg_walk *w, const vg_parts *parts);   /* ON CONFLICT and RETURNING */
void vg__walk_sets(vg_walk *w, const vg_clause *update); /* SETs, ON_UPDATE_FNs */

/* What a column's DEFAULT_FN or ON_UPDATE_FN says, as a parameter. */
void vg__walk_call(vg_walk *w, const vg_column *column, bool update);

#define VG_WORD(what, count) \
    (UINT64_C(1) << 63 | (uint64_t)(count) << 32 | (uint64_t)(what))
/* Clause kinds and other marks stand above the operators. */
#define VG_MARK(what) (0x1000u + (unsigned)(what))
enum { VG_MARK_PARAM = 0x2000, VG_MARK_END, VG_MARK_IDENT, VG_MARK_DERIVED };

/* What the parameters of a registered query are this time. */
typedef struct vg_call {
    const vg_registered *query;
    const vg_value *args;
} vg_call;

/* A parameter is NULL, and must not be. */
void vg__walk_refuse_null(vg_walk *w, const vg_registered *query, int64_t index);

/* In a registered query: the meta of a value that stands for the argument .i. */
#define VG_PARAM_REFUSES_NULL ((uint64_t)VG_V_ARGUMENT | 2 << 8)
#define VG_PARAM_TAKES_ALL    ((uint64_t)VG_V_ARGUMENT | 1 << 8)

bool vg__walk_grow_words(vg_walk *w);
bool vg__walk_grow_params(vg_walk *w);

static inline void vg__walk_begin(vg_walk *w)
{
    w->at = w->words;
    w->param_at = w->params;
    w->failed = 0;
    w->tree = NULL;
    if (w->scratch.at)
        vg_arena_reset(&w->scratch);
}

static inline size_t vg__walk_len(const vg_walk *w)
{
    return (size_t)(w->at - w->words);
}

static inline size_t vg__walk_param_count(const vg_walk *w)
{
    return (size_t)(w->param_at - w->params);
}

static inline void vg__walk_word(vg_walk *w, uint64_t word)
{
    if (w->at == w->end && !vg__walk_grow_words(w))
        return;
    *w->at++ = word;
}

/* The signature of a registered query, in place of what was walked: its address. */
static inline void vg__walk_registered(vg_walk *w, const void *query)
{
    w->at = w->words;
    vg__walk_word(w, (uint64_t)(uintptr_t)query);
}

/* The same for a value that goes through the coder of `codec` first. */
void vg__walk_coded(vg_walk *w, vg_value value, const vg_column *codec);

static inline void vg__walk_plain(vg_walk *w, vg_value value, const vg_column *codec)
{
    if (w->param_at == w->param_end && !vg__walk_grow_params(w))
        return;
    vg_param *p = w->param_at++;
    p->value = value;
    p->codec = codec;
}

static inline void vg__walk_param(vg_walk *w, vg_value value, const vg_column *codec)
{
    if (codec && (codec->coder || codec->mode == VG_MODE_BLOB))
        vg__walk_coded(w, value, codec);
    else
        vg__walk_plain(w, value, codec);
}

/* The high bits depend on all words: use those. */
static inline uint64_t vg__walk_hash(const vg_walk *w)
{
    uint64_t hash = 0;
    for (const uint64_t *word = w->words; word < w->at; word++)
        hash = (hash ^ *word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash;
}
