/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Counters of eventfd2. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int shared;

static void *raise_later(void *argument)
{
    uint64_t value = 5;
    usleep(1000);
    (void)!write(shared, &value, sizeof value);
    return argument;
}

int main(void)
{
    uint64_t value = 3;
    pthread_t thread;
    int fd = eventfd(4, EFD_NONBLOCK | EFD_CLOEXEC);
    show("flags", fcntl(fd, F_GETFD));
    show("write", write(fd, &value, sizeof value));
    show("read", read(fd, &value, sizeof value));
    printf("%d\n", (int)value);
    show("empty", read(fd, &value, sizeof value));
    show("short", read(fd, &value, 7));
    show("short", write(fd, &value, 7));
    value = UINT64_MAX;
    show("too much", write(fd, &value, sizeof value));
    value = UINT64_MAX - 1;
    show("most", write(fd, &value, sizeof value));
    value = 1;
    show("full", write(fd, &value, sizeof value));
    show("seek", lseek(fd, 0, SEEK_SET) >= -1);
    fd = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
    show("one", read(fd, &value, 100));
    printf("%d\n", (int)value);
    show("one", read(fd, &value, sizeof value));
    show("none", read(fd, &value, sizeof value));
    show("flags", syscall(SYS_eventfd2, 0, 2));
    shared = eventfd(0, 0);
    pthread_create(&thread, NULL, raise_later, NULL);
    show("wait", read(shared, &value, sizeof value));
    pthread_join(thread, NULL);
    printf("%d\n", (int)value);
    while (eventfd(0, 0) >= 0)
        ;
    show("too many", -1);
    return 0;
}
