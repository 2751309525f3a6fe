/* Arbitrary names and URLs of databases: either there is a connection that works, or a
 * reason why not. SQLite's files are in memory here, whatever they are called, and there
 * is no network: a name that the fuzzer makes up must not be looked for, or waited for.
 *
 *     input: the options, a byte; the URL */
#include "fuzz.h"
#include <errno.h>
#include <netdb.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <virga/virga.h>

/* libpq finds these instead of the C library's. */
int connect(int fd, const struct sockaddr *address, socklen_t len)
{
    (void)fd, (void)address, (void)len;
    errno = ECONNREFUSED;
    return -1;
}

int getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
                struct addrinfo **out)
{
    (void)host, (void)port, (void)hints;
    *out = NULL;
    return EAI_NONAME;
}

static void start(void)
{
    static bool started;
    if (started)
        return;
    started = true;
    sqlite3_vfs *memory = sqlite3_vfs_find("memdb");
    FUZZ_CHECK(memory && sqlite3_vfs_register(memory, 1) == SQLITE_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes in = {data, data + size};
    unsigned bits = fuzz_next(&in);
    vg_options options = {.journal = (vg_journal)(bits % 3),
                          .synchronous = (vg_synchronous)(bits / 4 % 4),
                          .read_only = bits & 16,
                          .foreign_keys_off = bits & 32,
                          .cache_kib = bits & 64,
                          .statement_cache = bits & 128 ? 1 : 0};
    char url[256];
    size_t len = (size_t)(in.end - in.at) < sizeof url ? (size_t)(in.end - in.at)
                                                       : sizeof url - 1;
    if (len)
        memcpy(url, in.at, len);
    url[len] = '\0';
    start();
    if (strstr(url, "vfs") || strstr(url, "%")) /* no way out of memory */
        return 0;
    vg_db *db = NULL;
    int rc = vg_open(&db, url, &options);
    FUZZ_CHECK(db);
    FUZZ_CHECK(vg_errinfo(db)->code == rc);
    if (rc == VG_OK) {
        FUZZ_CHECK(vg_exec(db, RAW("select 1")) == VG_OK);
    } else {
        FUZZ_CHECK(vg_errmsg(db)[0] != '\0');
        FUZZ_CHECK(vg_exec(db, RAW("select 1")) != VG_OK);
    }
    FUZZ_CHECK(vg_close(db) == VG_OK);
    return 0;
}
