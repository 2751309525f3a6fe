/* The order service: opens the database, serves, makes backups, and ends in order when it
 * is told to. README.md says how to use it.
 *
 *     orders              serve, by the settings of the environment
 *     orders --help       list them
 *     orders --check      look for slow or unsound queries instead
 *     orders --seed N     make N orders to try it with, unless there are some
 *     orders --migrate    bring the database up to date and end
 *     orders --health     ask the service that runs here whether it is well
 *
 * SPDX-License-Identifier: MIT */
#include "backup.h"
#include "clients.h"
#include "database.h"
#include "http.h"
#include "probe.h"
#include "seed.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { OK = 0, FAILED = 1, USAGE = 2, SIZE_CHECK_SECONDS = 60, POLL_MS = 20 };

/* ---- serving ---- */

/* The next signal to end, waiting `ms` for it; 0: none came. */
static int wait_signal(const sigset_t *end, int ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
    int number = sigtimedwait(end, NULL, &time);
    return number > 0 ? number : 0;
}

static void log_state(logger *log, const char *event, const char *key, int64_t value)
{
    log_line line;
    log_begin(&line, log, LEVEL_INFO, event);
    log_number(&line, key, value);
    log_end(&line);
}

/* Let requests in flight end, for so long as the settings say or until a second signal. */
static void drain(const settings *s, logger *log, http_server *server,
                  const sigset_t *end)
{
    int64_t until = clock_ns() + s->shutdown_seconds * 1000000000;
    http_quiesce(server);
    while (http_in_flight(server) > 0 && clock_ns() < until)
        if (wait_signal(end, POLL_MS))
            break;
    log_state(log, "drained", "cut_off", http_in_flight(server));
}

/* Signals are waited for by this thread, not handled: whatever is to be done at the end is
 * ordinary code. The others do the work, this one looks after them. */
static int serve_until_signal(const settings *s, logger *log, database *d,
                              const sigset_t *end)
{
    const service of_orders = {.pool = d->pool, .log = log};
    backups *copies;
    if (!backups_open(&copies, s, d->pool, log))
        return FAILED;
    http_server *server = http_open(s, &of_orders, log);
    if (!server) {
        backups_close(copies);
        return FAILED;
    }
    log_state(log, "listening", "port", http_port(server));
    int number = 0;
    for (int64_t second = 0; !number; second++) {
        if (second % SIZE_CHECK_SECONDS == 0)
            database_check_size(d);
        http_close_slow(server);
        number = wait_signal(end, 1000);
    }
    log_state(log, "stopping", "signal", number);
    drain(s, log, server, end);
    http_close(server);
    backups_close(copies);
    return OK;
}

static int serve(const settings *s, logger *log)
{
    database d;
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigaddset(&end, SIGINT);
    pthread_sigmask(SIG_BLOCK, &end, NULL); /* in all threads, which inherit it */
    signal(SIGPIPE, SIG_IGN);
    if (!database_open(&d, s, log))
        return FAILED;
    int result = serve_until_signal(s, log, &d, &end);
    if (!database_close(&d))
        result = FAILED;
    log_state(log, "stopped", "result", result);
    return result;
}

/* ---- the other verbs ---- */

static int migrate(const settings *s, logger *log)
{
    database d;
    return database_open(&d, s, log) && database_close(&d) ? OK : FAILED;
}

static int seed(const settings *s, logger *log, const char *text)
{
    database d;
    int64_t made;
    char *rest;
    errno = 0;
    long count = text ? strtol(text, &rest, 10) : 1000;
    if (errno || count < 0 || (text && *rest)) {
        fprintf(stderr, "orders: --seed takes a number, not \"%s\"\n", text);
        return USAGE;
    }
    if (!database_open(&d, s, log))
        return FAILED;
    bool well = seed_orders(&d, count, &made);
    if (well)
        printf(made ? "%" PRId64 " orders made\n" : "there are orders already\n", made);
    return database_close(&d) && well ? OK : FAILED;
}

static int help(FILE *out)
{
    fputs("orders [--check | --seed N | --migrate | --health | --help]\n\n"
          "Without an argument it serves. Its settings come from the environment:\n\n",
          out);
    settings_help(out);
    return out == stdout ? OK : USAGE;
}

int main(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";
    settings s;
    faults wrong = {0};
    if (strcmp(verb, "--help") == 0)
        return help(stdout);
    if (strcmp(verb, "--check") == 0)
        return vg_verify_main(&shop); /* with empty tables in memory */
    if (!settings_read(&s, NULL, NULL, &wrong)) {
        for (size_t i = 0; i < wrong.len; i++)
            fprintf(stderr, "orders: %s %s\n", wrong.list[i].field,
                    wrong.list[i].problem);
        return USAGE;
    }
    logger log = LOGGER(2, s.log_level);
    if (argc == 1)
        return serve(&s, &log);
    if (strcmp(verb, "--migrate") == 0 && argc == 2)
        return migrate(&s, &log);
    if (strcmp(verb, "--seed") == 0 && argc <= 3)
        return seed(&s, &log, argc > 2 ? argv[2] : NULL);
    if (strcmp(verb, "--health") == 0 && argc == 2)
        return probe_health(&s) ? OK : FAILED;
    return help(stderr);
}
