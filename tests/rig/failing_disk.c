/* Preloaded: while the file $FAILING_DISK_FILE holds the number of an error other than 0, writing
 * and syncing fail with it in every file whose path holds $FAILING_DISK_PLACE. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int error_said(void)
{
    static int said = -2;
    char text[16];
    ssize_t length;

    if (said == -2) {
        const char *path = getenv("FAILING_DISK_FILE");
        said = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    }
    length = said < 0 ? 0 : pread(said, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    return length > 0 ? atoi(text) : 0;
}

static int fails(int file)
{
    char link[64], path[4096];
    const char *place = getenv("FAILING_DISK_PLACE");
    int error = place ? error_said() : 0;
    ssize_t length;

    if (!error)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    if (!strstr(path, place))
        return 0;
    errno = error;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t count)
{
    return fails(file) ? -1 : NEXT(write)(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place)
{
    return fails(file) ? -1 : NEXT(pwrite)(file, bytes, count, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place)
{
    return fails(file) ? -1 : NEXT(pwrite64)(file, bytes, count, place);
}

int ftruncate64(int file, off64_t length)
{
    return fails(file) ? -1 : NEXT(ftruncate64)(file, length);
}

int fsync(int file)
{
    return fails(file) ? -1 : NEXT(fsync)(file);
}

int fdatasync(int file)
{
    return fails(file) ? -1 : NEXT(fdatasync)(file);
}
