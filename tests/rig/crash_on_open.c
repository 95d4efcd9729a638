/* Preloaded: a session's host that opens a file whose path holds $CRASH_ON_OPEN a second time ends
 * as a decoder with a fault would end it. The first time the file is only looked at, to verify it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_host(void)
{
    char words[4096];
    int file = openat(AT_FDCWD, "/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t length = read(file, words, sizeof words - 1);

    close(file);
    for (ssize_t at = 0; at < length; at++)
        if (words[at] == '\0')
            words[at] = ' ';
    words[length > 0 ? length : 0] = '\0';
    return strstr(words, "soundscape.session.host") != NULL;
}

static void look(const char *path)
{
    static int opened;
    const char *wanted = getenv("CRASH_ON_OPEN");

    if (wanted && path && strstr(path, wanted) && is_host() && ++opened >= 2)
        abort();
}

static int opened_by(const char *name, const char *path, int flags, mode_t mode)
{
    int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);

    look(path);
    return next(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list rest;

    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return opened_by("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;

    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return opened_by("open64", path, flags, mode);
}
