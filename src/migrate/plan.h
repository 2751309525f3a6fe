/* Which migrations of a list have run, by the rows of the table, and what a run has to do.
 *
 * A migration and a row belong together when `when` and hash are equal; else when `when` is
 * equal and a hash is not known (some drivers of Drizzle store none), or the file differs in
 * its line ends only; else when the hash is, and the row's `when` was another one. What is
 * left with an equal `when` was changed. No row: it is pending, unless it is not newer than
 * the newest row: Drizzle would never run it then. */
#pragma once
#include "migrate/counters.h"
#include "migrate/split.h"
#include <virga/migrate.h>

/* One migration of the list. */
typedef struct vg_planned {
    const vg_migration *migration;
    const char *hash; /* "": not known */
    vg_migration_state state;
    const vg_applied *row; /* NULL: none belongs to it */
    bool line_ends;        /* the file differs from the applied one in its line ends */
    const vg_progress *progress; /* NULL: none of its statements has run alone */
} vg_planned;

typedef struct vg_migration_plan {
    vg_planned *data; /* in the order of the list */
    size_t len;
    vg_applied_list rows;
    bool *known; /* per row: a migration of the list belongs to it */
    vg_progress_list progress;
} vg_migration_plan;

/* Something to run: a migration or what takes it back. */
typedef struct vg_migrate_job {
    const vg_planned *planned;
    const char *sql;
    size_t len;
    vg_statement_list statements;
    size_t first; /* of the statements: those before it have run */
    bool again;   /* that one was begun, alone */
} vg_migrate_job;

/* A migration's statements, which stay the same however often the table is looked at. */
typedef struct vg_cut {
    bool done; /* and nothing in them is refused */
    vg_statement_list statements;
} vg_cut;

/* What a call is about: its arguments, with defaults, and where it is. */
typedef struct vg_migrate_run {
    vg_db *db;
    const char *name; /* of the call */
    const vg_migrations *list;
    const vg_migrate_options *options;
    const vg_migrator *migrator;
    vg_applied_in ledger;
    vg_arena arena;  /* of the call */
    vg_arena looked; /* of the last look at the table */
    vg_migration_plan plan;
    vg_migrate_job *jobs; /* what is to be run, in `looked` */
    size_t job_count;
    vg_cut *cuts; /* per migration of the list, in `arena`; NULL: none yet */
    bool rollback, rehearsal;
    bool warned; /* what is odd has been told */

    /* Where it is. */
    int64_t
        newest;  /* of the rows, before the run wrote any; INT64_MIN: there was none */
    vg_buf text; /* of the statement */
    vg_counters counters;
    const vg_migrate_job *job;     /* NULL: not in one */
    const vg_statement *statement; /* NULL: none runs */
    int line;                      /* of what failed */
    bool locked;                   /* the transaction has begun */
    bool held;                     /* the lock is, outside of transactions */
    const vg_planned *edge;        /* the migration that a commit cuts; NULL: none */
    vg_progress reached;           /* and where */
    bool alone;                    /* the next statement is to run alone */
    bool ran_alone;                /* it has, and that is not written down yet */
    char sum[20];                  /* of reached.sum */
    const vg_migration *half;      /* that commits have cut so far; NULL: none */
    size_t half_done, half_total;  /* of its statements */
    int position;               /* in the statement that failed, from 1; 0: not known */
    size_t finished, committed; /* jobs */
    const char *last;           /* tag of the last committed one */
    int64_t began_ns;
} vg_migrate_run;

/* Check the arguments. */
int vg__migrate_begin(vg_migrate_run *r, vg_db *db, const char *name,
                      const vg_migrations *list, const vg_migrate_options *options);
/* Give back its memory; returns `rc`, and keeps its error. */
int vg__migrate_end(vg_migrate_run *r, int rc);

/* Read the table and say how each migration stands: r->plan. */
int vg__migrate_look(vg_migrate_run *r);

size_t vg__migration_len(const vg_migration *m);
/* The migration's file, or that of its `down`, for messages. */
const char *vg__migration_path(const vg_migration *m, bool down, char *room,
                               size_t size);
/* Its place in the list; list->len: there is no such tag. */
size_t vg__migration_find(const vg_migrations *list, const char *tag);
