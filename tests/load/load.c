/* A load on one database through a pool, and what must hold under it.
 *
 *     load run SECONDS [FOLDER]     16 threads read and write for so long
 *     load crash SECONDS [FOLDER]   the same in a child, killed with SIGKILL every few
 *                                   seconds, looked at and started again
 *     load check FOLDER             look at what a run left
 *
 * The threads move money between purses. In one transaction with each move goes an entry,
 * and once that is committed the entry's key goes into a file beside the database, which is
 * brought to disk (fdatasync) before the next move: the acknowledgement.
 *
 *     the sum of the purses never changes
 *     each purse holds what its entries say
 *     every acknowledged key is in the table, none twice
 *     integrity_check says ok, foreign_key_check nothing
 *
 * A process that is killed loses nothing that the system was told to write, so NORMAL must
 * pass as FULL does; the crashes take turns. Only a loss of power needs FULL. */
#include "ledger.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void report_run(const crew *c)
{
    tally sum = {0};
    for (int i = 0; i < THREADS; i++) {
        const tally *t = &c->workers[i].tally;
        sum.reads += t->reads;
        sum.writes += t->writes;
        sum.undone += t->undone;
        sum.stopped += t->stopped;
        sum.backups += t->backups;
        if (t->longest_ns > sum.longest_ns)
            sum.longest_ns = t->longest_ns;
    }
    const vg_pool_stats *s = &c->stats;
    double ms = 1e6;
    printf(
        "load: %d threads, %.0f s: %lld reads, %lld writes (%.0f and %.0f a second), "
        "%lld rolled back, %lld stopped in time, %lld backups; longest call %.0f ms\n",
        THREADS, c->seconds, (long long)sum.reads, (long long)sum.writes,
        (double)sum.reads / c->seconds, (double)sum.writes / c->seconds,
        (long long)sum.undone, (long long)sum.stopped, (long long)sum.backups,
        (double)sum.longest_ns / ms);
    printf("pool: %llu connections opened, %llu broken; waits for a reader %llu "
           "(longest %.0f ms), for the writer %llu (longest %.0f ms), in vain %llu; "
           "%llu checkpoints\n",
           (unsigned long long)s->opened, (unsigned long long)s->broken,
           (unsigned long long)s->read.waits, (double)s->read.longest_wait / ms,
           (unsigned long long)s->write.waits, (double)s->write.longest_wait / ms,
           (unsigned long long)(s->read.timeouts + s->write.timeouts),
           (unsigned long long)s->checkpoints);
}

static int run(const char *folder, double seconds)
{
    crew c = {.folder = folder, .seconds = seconds};
    if (!ledger_work(&c)) {
        fprintf(stderr, "load: %s\n", c.problem);
        return 1;
    }
    report_run(&c);
    return ledger_check(folder, NULL) ? 0 : 1;
}

/* A child that works until it is killed; 0: it could not be killed at work. */
static pid_t start(const char *folder, vg_synchronous synchronous)
{
    fflush(NULL);
    pid_t child = fork();
    if (child != 0)
        return child;
    crew c = {.folder = folder, .seconds = 3600, .synchronous = synchronous};
    if (!ledger_work(&c))
        fprintf(stderr, "load: %s\n", c.problem);
    _exit(1); /* it should not have come to an end */
}

static bool killed(pid_t child)
{
    int status;
    kill(child, SIGKILL);
    return waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGKILL;
}

static int crash(const char *folder, double seconds)
{
    time_t end = time(NULL) + (time_t)seconds;
    int rounds = 0;
    checked last = {0};
    srand(7);
    while (time(NULL) < end) {
        pid_t child = start(folder, rounds % 2 ? VG_SYNC_FULL : VG_SYNC_NORMAL);
        if (child < 0)
            return perror("fork"), 1;
        long ms = 500 + rand() % 3500;
        nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
        if (!killed(child)) {
            fprintf(stderr, "load: the child ended by itself\n");
            return 1;
        }
        rounds++;
        if (!ledger_check(folder, &last)) {
            fprintf(stderr, "load: after kill %d\n", rounds);
            return 1;
        }
    }
    printf(
        "crash: killed %d times in %.0f s; %lld entries, %lld acknowledged, none lost; "
        "sound each time\n",
        rounds, seconds, (long long)last.entries, (long long)last.acknowledged);
    return rounds && last.acknowledged ? 0 : 1;
}

static int usage(void)
{
    fprintf(stderr, "usage: load run SECONDS [FOLDER]\n"
                    "       load crash SECONDS [FOLDER]\n"
                    "       load check FOLDER\n");
    return 2;
}

int main(int argc, char **argv)
{
    char folder[64] = "/tmp/virga-load-XXXXXX";
    const char *verb = argc > 1 ? argv[1] : "";
    if (strcmp(verb, "check") == 0 && argc == 3)
        return ledger_check(argv[2], NULL) ? 0 : 1;
    if ((strcmp(verb, "run") != 0 && strcmp(verb, "crash") != 0) || argc < 3 ||
        argc > 4)
        return usage();
    double seconds = strtod(argv[2], NULL);
    const char *where = argc == 4 ? argv[3] : mkdtemp(folder);
    if (!where || (mkdir(where, 0700) != 0 && errno != EEXIST))
        return perror("load"), 1;
    int rc = strcmp(verb, "run") == 0 ? run(where, seconds) : crash(where, seconds);
    if (rc == 0 && argc == 3)
        ledger_remove(where);
    else if (rc)
        fprintf(stderr, "load: what it left is in %s\n", where);
    return rc;
}
