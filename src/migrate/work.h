/* Running migrations, forwards or back: what both ways have in common.
 *
 *     look and choose    without a lock; usually there is nothing to do
 *     backup, rehearsal  if asked for
 *     transaction        look and choose again, run, check foreign keys            */
#pragma once
#include "migrate/plan.h"

/* Fill r->jobs from r->plan (the statements are found later), in an order to run in. VG_OK,
 * or after vg__fail why it must not be. */
typedef int (*vg_migrate_choose)(vg_migrate_run *r);

/* The whole call. */
int vg__migrate_work(vg_migrate_run *r, vg_migrate_choose choose);

/* Room for at most all migrations; NULL after vg__fail. */
vg_migrate_job *vg__migrate_jobs(vg_migrate_run *r);

/* Tell options.progress. VG_OK, or VG_INTERRUPTED after vg__fail. */
int vg__migrate_tell(vg_migrate_run *r, vg_migrate_event_kind kind, const char *text);

/* Where the statement failed that is r->statement, and in r->text: r->line, r->position. */
void vg__migrate_place(vg_migrate_run *r);

/* Do it all in one transaction that is then rolled back. */
int vg__migrate_try(vg_migrate_run *r, vg_migrate_choose choose);

/* migrate.c: refuse or tell what is odd about a migration: changed, out of order. */
int vg__migrate_odd(vg_migrate_run *r, const vg_planned *p);

/* triggers.c: the tables, triggers and indexes that there are, in r->looked. */
typedef struct vg_object {
    const struct vg_object *next;
    const char *kind;
    const char *name, *table;
} vg_object;
typedef struct vg_objects {
    const vg_object *first;
} vg_objects;
int vg__migrate_objects(vg_migrate_run *r, vg_objects *out);
/* Warn of triggers and indexes that were lost with a table that was made anew by the first `jobs`
 * jobs. */
int vg__migrate_tell_lost(vg_migrate_run *r, const vg_objects *before, size_t jobs);

/* rehearse.c: the same work on a copy. */
int vg__migrate_rehearse(vg_migrate_run *r, vg_migrate_choose choose);
