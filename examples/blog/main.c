/* A blog over HTTP.
 *
 *     blog [--port N] [--seed N] [url]       default: port 8080, the file blog.db
 *
 * `url` is a file or postgres://user:password@host/database: the program is the same. With
 * --seed an empty database is filled. It ends by SIGINT or SIGTERM.
 *
 * SPDX-License-Identifier: MIT */
#include "http.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, SEEDED_USERS = 40 };

static int prepare(vg_pool *pool, uint64_t seed)
{
    int rc = VG_BUSY;
    VG_WRITE(pool, db) {
        bool filled = true;
        rc = vg_create(db, &blog);
        if (rc == VG_OK && seed)
            rc = vg_exists(db, &filled, FROM(users));
        if (rc == VG_OK && !filled)
            rc = blog_seed(db, seed, SEEDED_USERS);
        if (rc)
            fprintf(stderr, "blog: %s\n", vg_errmsg(db));
    }
    return rc;
}

static int serve(vg_pool *pool, int port)
{
    sigset_t ends;
    int which;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL); /* for the server's threads, too */
    http_server *server = http_open(pool, port, THREADS);
    if (!server) {
        fprintf(stderr, "blog: cannot listen on port %d\n", port);
        return 1;
    }
    printf("http://127.0.0.1:%d/posts\n", http_port(server));
    fflush(stdout);
    sigwait(&ends, &which);
    http_close(server);
    return 0;
}

int main(int argc, char **argv)
{
    const char *url = "blog.db";
    int port = 8080;
    uint64_t seed = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--port") == 0 && i + 1 < argc)
            port = atoi(argv[++i]);
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 10);
        else
            url = argv[i];
    }
    vg_pool *pool;
    if (vg_pool_open(&pool, url,
                     &(vg_pool_options){.readers = THREADS, .max = THREADS})) {
        fprintf(stderr, "blog: %s\n", vg_pool_errmsg(NULL));
        return 1;
    }
    int failed = prepare(pool, seed) || serve(pool, port);
    vg_pool_close(pool, 1000);
    return failed;
}
