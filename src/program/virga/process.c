#include "program/virga/process.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* What a signal has to end: at most two processes run at once. */
static char folder[512];
static volatile sig_atomic_t running[2];

void scratch_remove(void)
{
    if (!*folder)
        return;
    DIR *d = opendir(folder);
    if (d) {
        for (struct dirent *e; (e = readdir(d));)
            unlinkat(dirfd(d), e->d_name, 0);
        closedir(d);
    }
    rmdir(folder);
    *folder = 0;
}

/* readdir is not made for signal handlers; but what it could meet here is a run that waits for
 * its compiler. */
static void interrupted(int signal_number)
{
    for (size_t i = 0; i < 2; i++) {
        if (running[i])
            kill(-(pid_t)running[i], SIGKILL);
    }
    scratch_remove();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void end_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
}

const char *scratch_make(app *a, int *status)
{
    const char *tmp = getenv("TMPDIR");
    static bool prepared;
    if (!prepared) {
        struct sigaction action = {.sa_handler = interrupted};
        end_signals(&action.sa_mask);
        static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
        for (size_t i = 0; i < 3; i++) {
            struct sigaction before;
            if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
                sigaction(ends[i], &action, NULL); /* nohup stays what it is */
        }
        atexit(scratch_remove);
        prepared = true;
    }
    int n = snprintf(folder, sizeof folder, "%s/virga-schema-XXXXXX",
                     tmp && *tmp ? tmp : "/tmp");
    if (n < 0 || (size_t)n >= sizeof folder || !mkdtemp(folder)) {
        int why = (size_t)n >= sizeof folder ? ENAMETOOLONG : errno;
        *folder = 0;
        *status = app_fail(a, EXIT_FAILED, "cannot make a temporary folder in %s: %s",
                           tmp && *tmp ? tmp : "/tmp", strerror(why));
        return NULL;
    }
    *status = EXIT_DONE;
    return folder;
}

static int spawn(process *p, char *const argv[])
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none;
    sigemptyset(&none);
    int bad = posix_spawn_file_actions_init(&files);
    if (bad)
        return bad;
    bad = posix_spawnattr_init(&how);
    if (bad) {
        posix_spawn_file_actions_destroy(&files);
        return bad;
    }
    /* A group of its own: the compiler's own children end with it. */
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setsigmask(&how, &none);
    bad = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    if (!bad)
        bad = posix_spawn_file_actions_adddup2(&files, fileno(p->out), 1);
    if (!bad)
        bad = posix_spawn_file_actions_adddup2(&files, fileno(p->err), 2);
    if (!bad)
        bad = posix_spawnp(&p->pid, argv[0], &files, &how, argv, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return bad;
}

int process_start(process *p, char *const argv[])
{
    *p = (process){.out = tmpfile(), .err = tmpfile()};
    int bad = p->out && p->err ? 0 : errno;
    if (!bad) {
        fcntl(fileno(p->out), F_SETFD, FD_CLOEXEC);
        fcntl(fileno(p->err), F_SETFD, FD_CLOEXEC);
        bad = spawn(p, argv);
    }
    if (!bad) {
        running[running[0] != 0] = p->pid;
        return 0;
    }
    if (p->out)
        fclose(p->out);
    if (p->err)
        fclose(p->err);
    *p = (process){0};
    return bad;
}

int process_wait(process *p, int seconds, bool *timed_out)
{
    struct timespec now, end, pause = {.tv_nsec = 1000000};
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    *timed_out = false;
    int status = 0;
    while (waitpid(p->pid, &status, WNOHANG) == 0) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec >= end.tv_sec) {
            *timed_out = true;
            kill(-p->pid, SIGKILL);
            waitpid(p->pid, &status, 0);
            break;
        }
        nanosleep(&pause, NULL);
    }
    for (size_t i = 0; i < 2; i++) {
        if (running[i] == p->pid)
            running[i] = 0;
    }
    return status;
}

char *process_text(app *a, FILE **stream)
{
    FILE *f = *stream;
    *stream = NULL;
    fseek(f, 0, SEEK_END);
    long len = ftell(f);
    rewind(f);
    char *text = app_alloc(a, (size_t)(len > 0 ? len : 0) + 1);
    size_t n = fread(text, 1, len > 0 ? (size_t)len : 0, f);
    text[n] = 0;
    fclose(f);
    return text;
}
