/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* get_robust_list tells where a thread's list is. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct {
        void *list;
        long offset;
        void *pending;
    } own = {&own, 0, NULL}, *head = NULL;
    size_t length = 0;
    show("set", syscall(SYS_set_robust_list, &own, sizeof own));
    show("get", syscall(SYS_get_robust_list, 0, &head, &length));
    printf("%d %d\n", (void *)head == &own, length == sizeof own);
    show("by number", syscall(SYS_get_robust_list, gettid(), &head, &length));
    show("nobody's", syscall(SYS_get_robust_list, 4194303, &head, &length));
    show("head to nowhere", syscall(SYS_get_robust_list, 0, (void *)8, &length));
    show("length to nowhere", syscall(SYS_get_robust_list, 0, &head, (void *)8));
    return 0;
}
