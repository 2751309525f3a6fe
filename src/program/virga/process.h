/* Running a compiler: no shell, bounded time, and a private folder that is removed however the
 * run ends. */
#pragma once
#include "program/virga/app.h"
#include <sys/types.h>

typedef struct process {
    pid_t pid;
    FILE *out, *err; /* what it writes, in files without a name */
} process;

/* A new folder of our own in $TMPDIR or /tmp; NULL with an exit status in *status. It and the
 * files in it are gone after scratch_remove, which is also called at exit and by SIGINT,
 * SIGTERM and SIGHUP (these also end the processes that run). */
const char *scratch_make(app *a, int *status);
void scratch_remove(void);

/* Start argv[0], found as a shell finds it. 0 or errno: ENOENT when there is no such program. */
int process_start(process *p, char *const argv[]);
/* Wait for it, at most `seconds` from now; then it is killed and *timed_out is true. The wait
 * status. */
int process_wait(process *p, int seconds, bool *timed_out);
/* What it has written; the stream is closed. */
char *process_text(app *a, FILE **stream);
