/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void try(const char *what, long result)
{
    printf("%s: %s\n", what,
           result == 0       ? "ok"
           : errno == EINVAL ? "EINVAL"
           : errno == ESRCH  ? "ESRCH"
           : errno == EFAULT ? "EFAULT"
                             : "other");
}

int main(void)
{
    unsigned long set = 0, action[4] = {0};
    try("kill: signal", kill(getpid(), 65));
    try("kill: 0", kill(getpid(), 0));
    try("kill: nobody", kill(4194303, SIGTERM));
    try("tkill: nobody", syscall(SYS_tkill, 4194303, SIGTERM));
    try("tkill: negative", syscall(SYS_tkill, -1, SIGTERM));
    try("tgkill: group", syscall(SYS_tgkill, 4194303, gettid(), SIGTERM));
    try("tgkill: 0", syscall(SYS_tgkill, getpid(), gettid(), 0));
    try("tgkill: signal", syscall(SYS_tgkill, getpid(), gettid(), -1));
    try("sigaction: 0", syscall(SYS_rt_sigaction, 0, NULL, NULL, 8));
    try("sigaction: 65", syscall(SYS_rt_sigaction, 65, NULL, NULL, 8));
    try("sigaction: SIGKILL", syscall(SYS_rt_sigaction, SIGKILL, action, NULL, 8));
    try("sigaction: SIGKILL's", syscall(SYS_rt_sigaction, SIGKILL, NULL, action, 8));
    try("sigaction: size", syscall(SYS_rt_sigaction, SIGTERM, NULL, NULL, 4));
    try("sigaction: pointer", syscall(SYS_rt_sigaction, SIGTERM, (void *)8, NULL, 8));
    try("sigprocmask: size", syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, 16));
    try("sigprocmask: pointer", syscall(SYS_rt_sigprocmask, SIG_BLOCK, (void *)8, NULL, 8));
    try("sigprocmask: how", syscall(SYS_rt_sigprocmask, 7, &set, NULL, 8));
    try("sigprocmask: how without a set", syscall(SYS_rt_sigprocmask, 7, NULL, &set, 8));
    try("sigaltstack: pointer", syscall(SYS_sigaltstack, (void *)8, NULL));
    return 0;
}
