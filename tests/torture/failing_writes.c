/* A disk that fails at will, for LD_PRELOAD: the calls that change a file, or what lies below a folder, are counted, and
 * some of them fail as on a full or a broken disk, are done by half, or end the process, as kill -9 does.
 *
 * Set by failing_writes_arm, or at the start from FAILING_WRITES="kinds first count error mode path"; with a file come
 * those that SQLite has beside it. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITES = 1, READS = 2 };
enum mode { FAIL = 0, HALF = 1, KILL = 2, KILL_AT_HALF = 3 };

static char place[PATH_MAX];
static char last_failed[PATH_MAX + 32];
static int kinds, error_number, mode;
static long first, count;
static atomic_long calls, failed;

void failing_writes_arm(int new_kinds, long new_first, long new_count, int new_error, int new_mode, const char *path) {
    kinds = 0;
    first = new_first, count = new_count, error_number = new_error, mode = new_mode;
    snprintf(place, sizeof place, "%s", path);
    last_failed[0] = 0;
    atomic_store(&calls, 0);
    atomic_store(&failed, 0);
    kinds = new_kinds;
}

long failing_writes_calls(void) { return atomic_load(&calls); }
long failing_writes_failed(void) { return atomic_load(&failed); }
const char *failing_writes_last(void) { return last_failed; }

__attribute__((constructor)) static void start(void) {
    const char *told = getenv("FAILING_WRITES");
    int own_kinds, own_error, own_mode, length;
    long own_first, own_count;
    if (told && sscanf(told, "%d %ld %ld %d %d %n", &own_kinds, &own_first, &own_count, &own_error, &own_mode, &length) == 5)
        failing_writes_arm(own_kinds, own_first, own_count, own_error, own_mode, told + length);
}

/* Whether this call is one of those that fail; counts it. */
static int is_struck(int kind, const char *name, const char *path) {
    size_t length = strlen(place);
    if (!(kinds & kind) || strncmp(path, place, length) || !strchr("/-", path[length]))
        return 0;
    long number = atomic_fetch_add(&calls, 1);
    if (number < first || number - first >= count)
        return 0;
    atomic_fetch_add(&failed, 1);
    snprintf(last_failed, sizeof last_failed, "%s %s", name, path + length);
    if (mode == KILL)
        kill(getpid(), SIGKILL);
    return 1;
}

static int is_struck_at(int kind, const char *name, int descriptor) {
    char link[64], path[PATH_MAX];
    if (!(kinds & kind))
        return 0;
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_struck(kind, name, path);
}

static int is_struck_below(int directory, const char *name, const char *path) {
    char whole[2 * PATH_MAX], link[64], above[PATH_MAX];
    if (!(kinds & WRITES) || path[0] == '/')
        return is_struck(WRITES, name, path);
    int before = errno;
    snprintf(link, sizeof link, directory == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", directory);
    ssize_t length = readlink(link, above, sizeof above - 1);
    errno = before;
    if (length < 0)
        return 0;
    above[length] = 0;
    snprintf(whole, sizeof whole, "%s/%s", above, path);
    return is_struck(WRITES, name, whole);
}

static int refused(void) {
    if (mode == KILL_AT_HALF)
        kill(getpid(), SIGKILL);
    errno = error_number;
    return -1;
}

/* How much of `size` a call that is struck still does: a disk that becomes full takes half of a write, and no more. */
static size_t done_of(size_t size) {
    return mode == KILL_AT_HALF || (mode == HALF && atomic_load(&failed) == 1) ? size / 2 : 0;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define FINISHED(size, call) do { \
        size_t done = done_of(size); \
        if (!done) return refused(); \
        ssize_t result = call; \
        if (mode == KILL_AT_HALF) kill(getpid(), SIGKILL); \
        return result; \
    } while (0)

ssize_t write(int descriptor, const void *data, size_t size) {
    REAL(write);
    if (!is_struck_at(WRITES, "write", descriptor)) return real(descriptor, data, size);
    FINISHED(size, real(descriptor, data, done));
}

#define PWRITE(name, offset_type) \
    ssize_t name(int descriptor, const void *data, size_t size, offset_type offset) { \
        REAL(name); \
        if (!is_struck_at(WRITES, #name, descriptor)) return real(descriptor, data, size, offset); \
        FINISHED(size, real(descriptor, data, done, offset)); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int descriptor, const struct iovec *parts, int number) {
    REAL(writev);
    if (!is_struck_at(WRITES, "writev", descriptor)) return real(descriptor, parts, number);
    FINISHED((size_t)number, real(descriptor, parts, (int)done));
}

ssize_t read(int descriptor, void *data, size_t size) {
    REAL(read);
    return is_struck_at(READS, "read", descriptor) ? refused() : real(descriptor, data, size);
}

#define PREAD(name, offset_type) \
    ssize_t name(int descriptor, void *data, size_t size, offset_type offset) { \
        REAL(name); \
        return is_struck_at(READS, #name, descriptor) ? refused() : real(descriptor, data, size, offset); \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

#define BY_DESCRIPTOR(name) \
    int name(int descriptor) { \
        REAL(name); \
        return is_struck_at(WRITES, #name, descriptor) ? refused() : real(descriptor); \
    }
BY_DESCRIPTOR(fsync)
BY_DESCRIPTOR(fdatasync)

#define TRUNCATE(name, offset_type) \
    int name(int descriptor, offset_type size) { \
        REAL(name); \
        return is_struck_at(WRITES, #name, descriptor) ? refused() : real(descriptor, size); \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define ALLOCATE(name, offset_type) \
    int name(int descriptor, offset_type offset, offset_type size) { \
        REAL(name); \
        return is_struck_at(WRITES, #name, descriptor) ? error_number : real(descriptor, offset, size); \
    }
ALLOCATE(posix_fallocate, off_t)
ALLOCATE(posix_fallocate64, off64_t)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t permissions = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return flags & O_CREAT && is_struck_below(AT_FDCWD, #name, path) ? refused() : real(path, flags, permissions); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int directory, const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t permissions = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (flags & O_CREAT && is_struck_below(directory, #name, path)) return refused(); \
        return real(directory, path, flags, permissions); \
    }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name) \
    FILE *name(const char *path, const char *how) { \
        REAL(name); \
        if (how[0] == 'r' || !is_struck_below(AT_FDCWD, #name, path)) return real(path, how); \
        refused(); \
        return NULL; \
    }
FOPEN(fopen)
FOPEN(fopen64)

int rename(const char *old, const char *path) {
    REAL(rename);
    return is_struck_below(AT_FDCWD, "rename", path) ? refused() : real(old, path);
}

int unlink(const char *path) {
    REAL(unlink);
    return is_struck_below(AT_FDCWD, "unlink", path) ? refused() : real(path);
}

int mkdir(const char *path, mode_t permissions) {
    REAL(mkdir);
    return is_struck_below(AT_FDCWD, "mkdir", path) ? refused() : real(path, permissions);
}
