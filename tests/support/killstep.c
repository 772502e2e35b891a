/* SPDX-License-Identifier: MIT */
/* LD_PRELOAD: counts what a program does to the world (writes, syncs, renames, messages) and kills it right
   before step HATSTAND_KILL_AT, as a power switch would. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int kill_at;
__attribute__((constructor)) static void read_environment(void)
{
    const char* text = getenv("HATSTAND_KILL_AT");
    kill_at = text ? atoi(text) : 0;
}

static void step(void)
{
    static int count;
    if (__sync_add_and_fetch(&count, 1) == kill_at)
        kill(getpid(), SIGKILL);
}

/* The real functions are looked up before there is a second thread: dlsym takes the loader's lock, which a
   thread that loads a plugin holds. */
#define STEP(result, name, parameters, arguments)                                                            \
    static result(*real_##name) parameters;                                                                  \
    __attribute__((constructor)) static void find_##name(void)                                               \
    {                                                                                                        \
        *(void**)&real_##name = dlsym(RTLD_NEXT, #name);                                                     \
    }                                                                                                        \
    result name parameters                                                                                   \
    {                                                                                                        \
        if (!real_##name)                                                                                    \
            find_##name();                                                                                   \
        step();                                                                                              \
        return real_##name arguments;                                                                        \
    }

STEP(ssize_t, pwrite64, (int fd, const void* data, size_t size, off64_t at), (fd, data, size, at))
STEP(ssize_t, pwrite, (int fd, const void* data, size_t size, off_t at), (fd, data, size, at))
STEP(int, fsync, (int fd), (fd))
STEP(int, fdatasync, (int fd), (fd))
STEP(int, ftruncate64, (int fd, off64_t size), (fd, size))
STEP(int, ftruncate, (int fd, off_t size), (fd, size))
STEP(int, rename, (const char* from, const char* to), (from, to))
STEP(
    int, renameat2, (int a, const char* from, int b, const char* to, unsigned flags), (a, from, b, to, flags))
STEP(int, linkat, (int a, const char* from, int b, const char* to, int flags), (a, from, b, to, flags))
STEP(int, unlink, (const char* path), (path))
STEP(ssize_t, sendmsg, (int socket, const struct msghdr* message, int flags), (socket, message, flags))

static ssize_t (*real_write)(int, const void*, size_t);
__attribute__((constructor)) static void find_write(void)
{
    *(void**)&real_write = dlsym(RTLD_NEXT, "write");
}
ssize_t write(int fd, const void* data, size_t size)
{
    if (!real_write)
        find_write();
    struct stat kind; /* a file or a socket; waking another thread, or saying something to the person, changes
                         nothing */
    if (fd > 2 && fstat(fd, &kind) == 0 && (S_ISREG(kind.st_mode) || S_ISSOCK(kind.st_mode)))
        step();
    return real_write(fd, data, size);
}
