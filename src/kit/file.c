/* Files, read whole and written all or nothing. */
#include "kit/folder.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 64 << 20 };

static int code_of(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return VG_FULL;
    case EROFS:
    case EACCES:
    case EPERM: return VG_READ_ONLY;
    default: return VG_IO;
    }
}

static int failed(vg_kit *kit, const char *what, const char *path, int error)
{
    return vgk_fail(kit, code_of(error), "%s: cannot %s it: %s", path, what,
                    strerror(error));
}

static void close_later(void *fd)
{
    close(*(int *)fd);
}

/* An open file that is closed when the call ends. */
static int *own_fd(vg_kit *kit, int fd)
{
    int *held = vg_arena_alloc(&kit->arena, sizeof *held);
    if (!held) {
        close(fd);
        vgk_no_memory(kit);
    }
    *held = fd;
    vgk_own(kit, held, close_later);
    return held;
}

/* The size of an open file, if it can be read whole. */
static int size_of(vg_kit *kit, const char *path, int fd, size_t *size)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return failed(kit, "read", path, errno);
    if (!S_ISREG(info.st_mode))
        return vgk_fail(kit, VG_IO, "%s: it is not a file", path);
    if (info.st_size > FILE_MAX)
        return vgk_fail(kit, VG_TOO_BIG, "%s: larger than 64 MiB", path);
    *size = (size_t)info.st_size;
    return VG_OK;
}

int vgk_read_file_into(vg_kit *kit, const char *path, vgk_room *room, vgk_file *out)
{
    size_t size = 0, len = 0;
    *out = (vgk_file){.path = vgk_text(kit, path)};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? VG_OK : failed(kit, "read", path, errno);
    int *held = own_fd(kit, fd);
    int rc = size_of(kit, path, fd, &size);
    if (rc != VG_OK)
        return rc;
    if (size + 1 > room->size) { /* of one that is used again, twice as much */
        room->size = room->data ? 2 * size + 1 : size + 1;
        room->data = vgk_alloc(kit, room->size);
    }
    while (len < size) {
        ssize_t n = read(fd, room->data + len, size - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed(kit, "read", path, errno);
        if (n == 0)
            break;
        len += (size_t)n;
    }
    vgk_release(kit, held);
    room->data[len] = 0;
    out->text = room->data;
    out->len = len;
    return VG_OK;
}

int vgk_read_file(vg_kit *kit, const char *path, vgk_file *out)
{
    vgk_room room = {0};
    return vgk_read_file_into(kit, path, &room, out);
}

/* Have the folder know of the new name even after a loss of power. */
static void sync_folder(vg_kit *kit, const char *path)
{
    char *folder = vgk_text(kit, path);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = 0;
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

/* The folders above `path`, as far as they are not there. */
static int make_folders(vg_kit *kit, const char *path)
{
    char *copy = vgk_text(kit, path);
    for (char *at = strchr(copy + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = 0;
        if (mkdir(copy, 0777) == 0)
            sync_folder(kit, copy);
        else if (errno != EEXIST)
            return failed(kit, "make", copy, errno);
        *at = '/';
    }
    return VG_OK;
}

static int write_all(int fd, const char *text, size_t len)
{
    while (len) {
        ssize_t n = write(fd, text, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        text += n;
        len -= (size_t)n;
    }
    return fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
}

/* Of a name that drizzle-kit passes over, if it is left behind by a run that was killed: not
 * of a snapshot, of which it takes any other name to be. */
static char *beside_of(vg_kit *kit, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return vgk_print(kit, "%.*s_%s.XXXXXX", (int)(name - path), path, name);
}

int vgk_write_file(vg_kit *kit, const char *path, const char *text, size_t len)
{
    int rc = make_folders(kit, path);
    if (rc != VG_OK)
        return rc;
    char *beside = beside_of(kit, path);
    int fd = mkstemp(beside);
    if (fd < 0)
        return failed(kit, "write", path, errno);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
    int error = write_all(fd, text, len);
    if (close(fd) != 0 && !error)
        error = errno;
    if (!error && rename(beside, path) != 0)
        error = errno;
    if (error) {
        unlink(beside);
        return failed(kit, "write", path, error);
    }
    sync_folder(kit, path);
    return VG_OK;
}

int vgk_remove_file(vg_kit *kit, const char *path)
{
    if (unlink(path) == 0)
        sync_folder(kit, path);
    else if (errno != ENOENT && errno != ENOTDIR)
        return failed(kit, "remove", path, errno);
    return VG_OK;
}
