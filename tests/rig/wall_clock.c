/* Preloaded: moves the wall clock by the seconds that the file $WALL_CLOCK_FILE says, and the clock
 * that counts sleep by those of $SLEPT_FILE, read anew at every look. The monotonic clocks stay as
 * they are. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long long said_s(const char *name, int *file)
{
    char text[32];
    ssize_t length;

    if (*file == -2) {
        const char *path = getenv(name);
        *file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    }
    length = *file < 0 ? 0 : pread(*file, text, sizeof text - 1, 0);
    if (length <= 0)
        return 0;
    text[length] = '\0';
    return atoll(text);
}

static long long moved_s(void)
{
    static int file = -2;

    return said_s("WALL_CLOCK_FILE", &file);
}

static long long slept_s(void)
{
    static int file = -2;

    return said_s("SLEPT_FILE", &file);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int failed = syscall(SYS_clock_gettime, clock, now);

    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += moved_s();
    if (!failed && clock == CLOCK_BOOTTIME)
        now->tv_sec += slept_s();
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec exact;

    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result)
{
    struct timespec exact;

    clock_gettime(CLOCK_REALTIME, &exact);
    if (result)
        *result = exact.tv_sec;
    return exact.tv_sec;
}
