/* Migrations that are more than one transaction: see steps.c. */
#pragma once
#include "migrate/work.h"

/* Where a job goes on that has run in part: job->first, job->again. VG_OK, or after vg__fail
 * VG_INVALID: what has run is no longer what the file says. */
int vg__migrate_resume(vg_migrate_run *r, vg_migrate_job *job);

/* Whether a statement is to be run outside of a transaction. */
bool vg__migrate_is_alone(const vg_migrate_run *r, const vg_statement *s);
/* Whether what follows statement `at`, in the first `jobs` jobs, needs it to be committed. */
bool vg__migrate_needs_commit(const vg_migrate_run *r, const vg_migrate_job *job,
                              size_t at, size_t jobs);

/* The transaction ends after `done` statements of the job: write that down, set r->edge. */
int vg__migrate_stop(vg_migrate_run *r, const vg_migrate_job *job, size_t done,
                     bool alone);
/* Add to r->text that a migration is half done no more. */
void vg__migrate_forget(vg_migrate_run *r, const vg_planned *p);

/* After a lock could not be had: add to the error who has it. */
void vg__migrate_tell_who(vg_migrate_run *r);

/* After that transaction: run the statement that it ended before. */
int vg__migrate_alone(vg_migrate_run *r);
