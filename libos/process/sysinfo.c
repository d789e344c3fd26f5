/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

long sys_sysinfo(struct sysinfo *info)
{
    if (zeroos_outside(info, sizeof *info))
        return -EFAULT;
    memset(info, 0, sizeof *info);
    info->uptime = (long)(zeroos_read_clock(false) / NSEC_PER_SEC);
    info->totalram = zeroos_heap.end - zeroos_heap.start;
    /* What was never handed out; freed pages are not counted. */
    info->freeram = zeroos_heap.low - zeroos_heap.high;
    info->procs = (unsigned short)zeroos_thread_total();
    info->mem_unit = 1;
    return 0;
}
