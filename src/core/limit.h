/* Limits to how long a call may take. A connection without any pays one compare a call. */
#pragma once
#include "core/db.h"

/* Begin a call that has limits: when must it end? VG_INTERRUPTED if that is past. */
int vg__limit_begin(vg_db *db);
/* No limits, for what must be done; the result is for vg__limit_resume. */
int64_t vg__limit_suspend(vg_db *db);
void vg__limit_resume(vg_db *db, int64_t until_ns);

/* For drivers, in the middle of a call: has its time passed? Then it must be stopped. */
bool vg__limit_over(vg_db *db);
/* The same for who waits: milliseconds that may still be waited, of `wish_ms`; 0: it must
 * be stopped, also because of vg_interrupt. */
int64_t vg__limit_wait(vg_db *db, int64_t wish_ms);
/* A wait begins: what happened before it does not count. */
void vg__limit_wait_begin(vg_db *db);
/* Whether vg_interrupt was called; asking forgets it. */
bool vg__limit_interrupted(vg_db *db);
/* Why the last call was stopped, as a message; "" if it was not. Asking forgets it. */
const char *vg__limit_why(vg_db *db, char *message, size_t room);
