/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One call of each kind that traces decode. */
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static void *run(void *argument)
{
    nanosleep(&(struct timespec){0, 5000}, NULL);
    return argument;
}

int main(void)
{
    char data[100];
    struct utsname names;
    struct rlimit limit;
    struct stat status;
    struct timespec time;
    struct iovec out[2] = {{"ab", 2}, {"cd\n", 3}}, in[2] = {{data, 2}, {data + 2, 3}};
    struct pollfd fds = {1, POLLIN | POLLOUT, 0};
    struct sigaction action = {.sa_handler = SIG_IGN};
    sigset_t set;
    pthread_t thread;
    int fd = open("/dev/zero", O_RDWR);

    read(fd, data, 5);
    read(fd, data, 100);
    open("/dev/null", O_WRONLY | O_CREAT, 0644);
    open("/no\n\1"
         "2",
         O_RDONLY);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_GETFL);
    lseek(1, -1, SEEK_CUR);
    uname(&names);
    getrlimit(RLIMIT_NOFILE, &limit);
    fstat(fd, &status);
    clock_gettime(CLOCK_MONOTONIC, &time);
    clock_gettime(99, &time);
    writev(1, out, 2);
    readv(fd, in, 2);
    poll(&fds, 1, 10);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGRTMIN);
    sigprocmask(SIG_BLOCK, &set, NULL);
    sigaction(SIGUSR2, &action, NULL);
    mprotect(mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4096,
             PROT_NONE);
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    close(99);
    read(-1, data, 4);
    syscall(999, 1, 2, 3, 4, 5, 6);
    return 7;
}
