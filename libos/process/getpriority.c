/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

/* Of all threads; nothing comes of it. */
static int nice;

static long check(int which, int who)
{
    if (which < PRIO_PROCESS || which > PRIO_USER)
        return -EINVAL;
    /* The caller, its group and its user are all 0. */
    if (who == 0 || (which == PRIO_PGRP && who == 1))
        return 0;
    return which == PRIO_PROCESS && zeroos_find_thread(who) ? 0 : -ESRCH;
}

long sys_getpriority(int which, int who)
{
    long problem = check(which, who);
    /* As in Linux: never negative. */
    return problem ? problem : 20 - nice;
}

long sys_setpriority(int which, int who, int value)
{
    long problem = check(which, who);
    if (problem)
        return problem;
    nice = value < -20 ? -20 : value > 19 ? 19 : value;
    return 0;
}
