/* Havoc: see pg_havoc.h. */
#include "pg_havoc.h"
#include "pg_rig.h"
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static long postmaster(const pg_servers *own, const char *server)
{
    char path[PG_URL + 64];
    long pid = 0;
    snprintf(path, sizeof path, "%s/%s/postmaster.pid", own->home, server);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &pid), 1);
    fclose(file);
    assert_true(pid > 1);
    return pid;
}

/* Servers run as another user when the tests run as root, as themselves else; either may
 * be signalled. */
static void signal_children(long parent, int number)
{
    char command[64], line[32];
    snprintf(command, sizeof command, "pgrep -P %ld", parent);
    FILE *children = popen(command, "r");
    assert_non_null(children);
    while (fgets(line, sizeof line, children))
        kill((pid_t)atol(line), number);
    pclose(children);
}

void pg_kill_postmaster(const pg_servers *own, const char *server)
{
    assert_int_equal(kill((pid_t)postmaster(own, server), SIGKILL), 0);
}

void pg_freeze(const pg_servers *own, const char *server, bool on)
{
    long pid = postmaster(own, server);
    if (on)
        kill((pid_t)pid, SIGSTOP);
    signal_children(pid, on ? SIGSTOP : SIGCONT);
    if (!on)
        kill((pid_t)pid, SIGCONT);
}

void pg_start_again(const pg_servers *own, const char *server)
{
    char command[PG_URL + 300];
    const char *source = getenv("VIRGA_SOURCE_DIR");
    snprintf(command, sizeof command,
             "for i in $(seq 50); do '%s/tests/servers/postgres.sh' up '%s' %s "
             ">/dev/null 2>&1 && exit 0; sleep 0.1; done; exit 1",
             source ? source : ".", own->dir, server);
    assert_int_equal(system(command), 0);
}

/* A connection that may not come about: the server may be away. */
static long ask(const char *url, const char *sql)
{
    PGconn *conn = PQconnectdb(url);
    PGresult *result = PQexec(conn, sql);
    long n = PQntuples(result) == 1 ? atol(PQgetvalue(result, 0, 0)) : 0;
    PQclear(result);
    PQfinish(conn);
    return n;
}

#define A_CLIENT                                                            \
    " from pg_stat_activity where datname = current_database() and pid <> " \
    "pg_backend_pid() and backend_type = 'client backend' order by random() limit 1"

bool pg_kill_one_process(const char *url)
{
    long pid = ask(url, "select pid" A_CLIENT);
    return pid > 1 && kill((pid_t)pid, SIGKILL) == 0;
}

void pg_end_one(const char *url)
{
    ask(url, "select pg_terminate_backend(pid)::int" A_CLIENT);
}
