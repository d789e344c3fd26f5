/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Pipes with a name: mknod, and open that waits for the other end. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static void *writer(void *argument)
{
    int fd = open("fifo", O_WRONLY);
    show("writer", fd >= 0);
    (void)!write(fd, "through the fifo", 16);
    close(fd);
    return argument;
}

int main(void)
{
    char text[20];
    struct stat status;
    pthread_t thread;
    show("make", mkfifo("fifo", 0640));
    stat("fifo", &status);
    printf("%o\n", status.st_mode);
    show("exists", mkfifo("fifo", 0640));
    show("nobody reads", open("fifo", O_WRONLY | O_NONBLOCK));
    pthread_create(&thread, NULL, writer, NULL);
    usleep(1000);
    int fd = open("fifo", O_RDONLY);
    pthread_join(thread, NULL);
    show("read", read(fd, text, sizeof text));
    printf("%.16s\n", text);
    show("end", read(fd, text, sizeof text));
    close(fd);
    fd = open("fifo", O_RDWR | O_NONBLOCK);
    show("write", write(fd, "own", 3));
    show("read", read(fd, text, sizeof text));
    show("empty", read(fd, text, sizeof text));
    close(fd);
    fd = open("fifo", O_RDONLY | O_NONBLOCK);
    show("no writer", read(fd, text, sizeof text));
    show("file", mknod("file", 0600, 0));
    stat("file", &status);
    printf("%o\n", status.st_mode);
    show("device", mknod("device", S_IFCHR | 0600, makedev(1, 3)));
    show("directory", mknod("directory", S_IFDIR | 0700, 0));
    show("type", mknod("type", S_IFLNK | 0600, 0));
    show("in /dev", mknod("/dev/fifo", S_IFIFO | 0600, 0));
    show("slash", mkfifo("new/", 0600));
    show("unlink", unlink("fifo"));
    return 0;
}
