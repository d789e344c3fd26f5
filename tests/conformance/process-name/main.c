/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* prctl: names of threads, and whether there would be a core file. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static void *run(void *argument)
{
    char name[16];
    prctl(PR_GET_NAME, name);
    printf("inherited %s\n", name);
    prctl(PR_SET_NAME, "");
    memset(name, 'x', sizeof name);
    prctl(PR_GET_NAME, name);
    printf("empty %d\n", name[0] == 0 && name[15] == 0);
    return argument;
}

int main(void)
{
    char name[17] = "";
    pthread_t thread;
    show("set", prctl(PR_SET_NAME, "a name of many letters"));
    memset(name, 'x', sizeof name - 1);
    show("get", prctl(PR_GET_NAME, name));
    printf("%s %zu\n", name, strlen(name));
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    prctl(PR_GET_NAME, name);
    puts(name);
    show("dumpable", prctl(PR_GET_DUMPABLE));
    show("not dumpable", prctl(PR_SET_DUMPABLE, 0));
    show("dumpable", prctl(PR_GET_DUMPABLE));
    show("by root only", prctl(PR_SET_DUMPABLE, 2));
    show("no memory", prctl(PR_GET_NAME, (void *)16));
    show("no memory", prctl(PR_SET_NAME, (void *)16));
    show("unknown", prctl(12345));
    return 0;
}
