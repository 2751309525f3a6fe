/* A batch from the inside: batch.c builds it, batch_run.c runs it, and
 * batch_post.c says what is sent.
 *
 *     entry     what the program added: where its rows go, what came of it
 *     portion   one statement for the database; VALUES of many rows are several to an entry
 *     message   what is sent for a part, or between parts, when there is a pipeline */
#pragma once
#include "core/services.h"
#include "core/watch.h"
#include <virga/batch.h>

typedef enum vg_batch_state {
    VG_BATCH_SPARE, /* closed, kept for the next vg_batch_open */
    VG_BATCH_BUILDING,
    VG_BATCH_RUNNING,
    VG_BATCH_DONE
} vg_batch_state;

typedef enum vg_entry_kind {
    VG_ENTRY_ALL,
    VG_ENTRY_ONE,
    VG_ENTRY_GET,
    VG_ENTRY_EXEC
} vg_entry_kind;

typedef struct vg_entry {
    vg_entry_kind kind;
    void *out;
    vg_sink sink;
    size_t first, count; /* parts */
    size_t left;         /* of them still to be answered */
    vg_batch_outcome outcome;
} vg_entry;

typedef struct vg_portion {
    vg_stmt *stmt;
    vg_param *params;
    size_t param_count;
    size_t entry;
    bool owns;             /* the first of its statement, which lets it go in the end */
    bool prepares;         /* owns one that is new to the database */
    bool skipped;          /* not sent: it failed before */
    unsigned name;         /* of the statement, while it is being prepared */
    vg_watching *watching; /* NULL: nobody watches, or not begun, or ended */
} vg_portion;

typedef struct vg_posted {
    vg_message what;
    size_t part;
    const char *sql; /* of a CONTROL */
} vg_posted;

typedef struct vg_grown {
    void *at;
    size_t count, room;
} vg_grown;

typedef enum vg_batch_phase {
    VG_PHASE_PREPARE,
    VG_PHASE_RUN,
    VG_PHASE_END /* commit or roll back */
} vg_batch_phase;

struct vg_batch {
    vg_hanger hanger;
    vg_db *db;
    vg_batch_mode mode;
    vg_batch_state state;
    int code;                          /* the first failure */
    vg_error error;                    /* it, in detail */
    vg_grown entries, parts, messages; /* vg_entry, vg_portion, vg_posted */
    vg_arena arena;                    /* parameters, errors */

    vg_batch_phase phase;
    size_t sent, received;    /* messages */
    bool piped;               /* the pipeline is open */
    bool began;               /* a transaction of its own */
    bool lost;                /* the connection */
    int attempts;             /* runs after the first */
    bool stopping;            /* closed while it runs */
    int64_t interrupted_ns;   /* when, because of a limit */
    int (*attend)(vg_db *db); /* the connection's, while this runs */
};

static inline vg_entry *vg__entry_at(const vg_batch *b, size_t i)
{
    return (vg_entry *)b->entries.at + i;
}

static inline vg_portion *vg__part_at(const vg_batch *b, size_t i)
{
    return (vg_portion *)b->parts.at + i;
}

/* Room for one more of `size` bytes, counted; NULL after vg__fail. */
bool vg__batch_make_room(vg_db *db, vg_grown *list, size_t size);
static inline void *vg__batch_grow(vg_db *db, vg_grown *list, size_t size)
{
    if (list->count == list->room && !vg__batch_make_room(db, list, size))
        return NULL;
    return (char *)list->at + size * list->count++;
}

/* Begin the run, and go on with it. 0: state is DONE; else VG_WANT_ bits. `inside`: of a call
 * that has begun already. */
unsigned vg__batch_start(vg_batch *b, bool inside);
unsigned vg__batch_go_on(vg_batch *b);

/* Note the failure in db->error for an entry, and, the first, for the batch. */
void vg__batch_fail(vg_batch *b, vg_entry *e, int code);

/* The messages of the phase, in b->messages; none: of the next one. False: that was the last. */
bool vg__batch_enter(vg_batch *b, vg_batch_phase phase);

/* All parts of the entry are answered, without a failure: its rows go where they are wanted. */
void vg__batch_give(vg_batch *b, vg_entry *e);
/* What the part has for parameters, as those of the statement at hand. */
void vg__batch_load_params(vg_db *db, const vg_portion *part);

static inline const vg_pipeline *vg__batch_pipeline(const vg_batch *b)
{
    return vg__services_of(b->db)->pipeline;
}

/* Let go of the statements. */
void vg__batch_release(vg_batch *b);

/* ---- reading several lists at once, inside of a call that has begun ---- */

/* As vg_batch_open, _add_all and _run; a statement is looked for at `site`. */
int vg__batch_open(vg_db *db, vg_batch **batch, vg_batch_mode mode);
int vg__batch_read(vg_batch *b, vg_arena *arena, vg_list *out, const char *site,
                   const vg_clause *query, size_t count);
int vg__batch_run_inside(vg_batch *b);
