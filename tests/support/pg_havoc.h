/* What can be done to a server that is the test's own (pg.h), beside `down` and `up`. */
#pragma once
#include "pg.h"

/* SIGKILL to the postmaster: its children find out by themselves. */
void pg_kill_postmaster(const pg_servers *own, const char *server);
/* SIGKILL to a server process that is at work for a client of the database of `url`: the
 * server ends all connections, and recovers. False: there was none. */
bool pg_kill_one_process(const char *url);
/* SIGSTOP, SIGCONT to the postmaster and all its processes. */
void pg_freeze(const pg_servers *own, const char *server, bool on);
/* End a client's connection of the database of `url` that is not this one's, any: by the
 * server itself. */
void pg_end_one(const char *url);
/* Start it again, as often as it takes: a server that was killed leaves things behind. */
void pg_start_again(const pg_servers *own, const char *server);
