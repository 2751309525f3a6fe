/* A disk that is full, for a real server without the privilege to mount one: preloaded
 * (LD_PRELOAD), it lets writes fail with ENOSPC while the file that VIRGA_FULL_DISK names
 * exists, to files whose path has the file's first line in it ("/base/", "/pg_wal/"). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static bool full(int fd)
{
    char part[64] = "", link[64], path[4096];
    const char *flag = getenv("VIRGA_FULL_DISK");
    int file = flag ? open(flag, O_RDONLY) : -1;
    if (file < 0)
        return false;
    ssize_t len = read(file, part, sizeof part - 1);
    close(file);
    part[len > 0 ? len : 0] = 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    len = readlink(link, path, sizeof path - 1);
    path[len > 0 ? len : 0] = 0;
    return *part && strstr(path, part) != NULL;
}

#define FAILING(type, name, parameters, ...)           \
    type name parameters;                              \
    type name parameters                               \
    {                                                  \
        static type(*real) parameters;                 \
        if (full(fd)) {                                \
            errno = ENOSPC;                            \
            return (type)-1;                           \
        }                                              \
        if (!real)                                     \
            *(void **)&real = dlsym(RTLD_NEXT, #name); \
        return real(__VA_ARGS__);                      \
    }

FAILING(ssize_t, pwrite, (int fd, const void *data, size_t n, off_t at), fd, data, n,
        at)
FAILING(ssize_t, pwrite64, (int fd, const void *data, size_t n, off64_t at), fd, data,
        n, at)
FAILING(ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t at), fd, v, n,
        at)
FAILING(ssize_t, pwritev64, (int fd, const struct iovec *v, int n, off64_t at), fd, v,
        n, at)

/* This one returns the error. */
int posix_fallocate(int fd, off_t at, off_t len)
{
    static int (*real)(int fd, off_t at, off_t len);
    if (full(fd))
        return ENOSPC;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "posix_fallocate");
    return real(fd, at, len);
}
