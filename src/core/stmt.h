/* Prepared statements and their cache: found by signature, rendered and prepared on a
 * miss, reset after each run, the least recently used one finalised when it is full. A
 * statement that is in use (a cursor) is left alone and prepared a second time. */
#pragma once
#include "core/render.h"
#include "core/walk.h"
#include <virga/registry.h>

struct vg_stmt {
    uint64_t hash;
    size_t word_count;
    vg_stmt *next_in_bucket;
    vg_stmt *newer, *older;
    void *native;
    vg_plan plan;
    bool busy;       /* between acquire and release */
    bool bulk;       /* one of many that a VALUES or UPDATE_ROWS takes */
    bool deferred;   /* not prepared yet: its holder will */
    void *holder;    /* the batch that keeps it busy; NULL: none */
    bool writes;     /* else one row of it may be read without reading the rest */
    uint64_t sites;  /* of the cache that may point here, as bits */
    bool impure;     /* its rows depend on more than tables */
    vg_clause cache; /* CACHE, if the query has it; else sub is VG_CACHING_UNSAID */
    uint16_t kind;   /* vg_clause_kind of the head */
    uint64_t tables_read, tables_written; /* as masks, when somebody watches */
    struct vg_record *record;             /* of report.c; NULL: not looked up yet */
    size_t size;                          /* of this allocation */
    char *sql; /* NUL-terminated; all of these lie behind the struct */
    size_t sql_len;
    uint64_t *words;
    const vg_registered *registered; /* its query; NULL: an inline one ... */
    struct vg_param *params; /* ... whose runs bind these, see registered.c ... */
    size_t param_count;      /* ... of this number ... */
    /* ... unless it loads trees, by this: then it is never prepared. */
    const struct vg_tree_loader *trees;
};

/* What to write down when the statement is not there yet. */
typedef struct vg_text_source {
    const vg_clause *query;
    size_t clause_count;
    uint64_t mask;    /* INSERT from structs: the columns of the rows, as bits ... */
    size_t row_count; /* ... and their number; 0: any other statement */
    const vg_registered
        *registered; /* not NULL: it builds the query, no clauses here */
} vg_text_source;

/* The statement for db->walk's signature, marked busy; NULL after vg__fail. */
vg_stmt *vg__stmt_acquire(vg_db *db, const vg_text_source *text);

/* The same where one place runs several: `here` is any address that tells them apart. */
vg_stmt *vg__stmt_acquire_at(vg_db *db, const vg_text_source *text, const char *here);

/* The same, but NULL where there is none yet, or it is busy. */
vg_stmt *vg__stmt_find(vg_db *db);

/* The same for a registered query. */
vg_stmt *vg__stmt_acquire_registered(vg_db *db, const vg_registered *query);

/* End a run: reset, not busy any more. Returns what the reset tells. */
int vg__stmt_release(vg_db *db, vg_stmt *stmt);

/* A deferred statement is prepared: check it as at any prepare. */
int vg__stmt_ready(vg_db *db, vg_stmt *stmt);

/* Its holder needs it no more; one that was never prepared goes. */
void vg__stmt_let_go(vg_db *db, vg_stmt *stmt, const void *holder);

/* Finalise everything. */
void vg__cache_clear(vg_db *db);
