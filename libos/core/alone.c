/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What remains of threads, signals and buffers in a program that has none of them: weak
 * defaults, overridden by the objects that come with clone, with signals and with the console.
 *
 * Linkers take a name from the first archive that defines it; this file is one of its own and
 * stands first, so that asking for a default never brings in the real thing.
 */
#include <zeroos/threads.h>
#include <zeroos/vfs.h>

ZEROOS_WEAK void zeroos_flush(void)
{
}

ZEROOS_WEAK void zeroos_check_stacks(void)
{
}

ZEROOS_WEAK void zeroos_ring(void)
{
}

ZEROOS_WEAK void zeroos_set_alarm(uint64_t time)
{
    zeroos_alarm = time;
}

/* A lone thread that spins has nobody to wait for. */
ZEROOS_WEAK void zeroos_yield(void)
{
}

ZEROOS_WEAK int zeroos_sleep(uint64_t deadline, uintptr_t site)
{
    zeroos_first_thread.site = site;
    while (zeroos_alarm < deadline) {
        if (zeroos_alarm > zeroos_now)
            zeroos_now = zeroos_alarm;
        zeroos_ring();
        if (zeroos_due(&zeroos_first_thread))
            return -EINTR;
    }
    if (deadline == ZEROOS_NEVER)
        zeroos_deadlock();
    if (deadline > zeroos_now)
        zeroos_now = deadline;
    return 0;
}

ZEROOS_WEAK int zeroos_futex_wait(const volatile int *futex, uint32_t bits, uint64_t deadline,
                                  uintptr_t site)
{
    (void)bits;
    zeroos_first_thread.futex = futex;
    return zeroos_sleep(deadline, site) ? -EINTR : -ETIMEDOUT;
}

ZEROOS_WEAK int zeroos_futex_wake(const volatile int *futex, int most, uint32_t bits)
{
    (void)futex, (void)most, (void)bits;
    return 0;
}

ZEROOS_WEAK int zeroos_futex_requeue(const volatile int *futex, int wake, int move,
                                     const volatile int *to)
{
    (void)futex, (void)wake, (void)move, (void)to;
    return 0;
}

ZEROOS_WEAK struct zeroos_thread *zeroos_futex_first(const volatile int *futex)
{
    (void)futex;
    return NULL;
}

ZEROOS_WEAK _Noreturn void zeroos_end_thread(int status)
{
    zeroos_exit(status);
}

ZEROOS_WEAK void zeroos_set_clear_tid(int *address)
{
    (void)address;
}

ZEROOS_WEAK void zeroos_set_robust_list(struct robust_list_head *head)
{
    zeroos_first_thread.robust = head;
}

ZEROOS_WEAK struct robust_list_head *zeroos_get_robust_list(const struct zeroos_thread *thread)
{
    return thread->robust;
}

ZEROOS_WEAK unsigned zeroos_thread_total(void)
{
    return 1;
}

ZEROOS_WEAK struct zeroos_thread *zeroos_find_thread(int tid)
{
    return tid == 1 ? &zeroos_first_thread : NULL;
}

ZEROOS_WEAK struct zeroos_thread *zeroos_next_thread(const struct zeroos_thread *thread)
{
    return thread ? NULL : &zeroos_first_thread;
}

ZEROOS_WEAK void zeroos_interrupt(struct zeroos_thread *thread)
{
    (void)thread;
}

ZEROOS_WEAK bool zeroos_take_signals(void)
{
    return true;
}

ZEROOS_WEAK void zeroos_drop_signals(struct zeroos_thread *thread)
{
    (void)thread;
}

ZEROOS_WEAK void zeroos_forget_all(uint64_t set)
{
    (void)set;
}

ZEROOS_WEAK bool zeroos_is_open(int fd)
{
    return fd >= 0 && fd <= 2;
}

ZEROOS_WEAK long zeroos_control(int fd, unsigned request, unsigned long argument,
                                struct zeroos_file *file)
{
    (void)fd, (void)request, (void)argument, (void)file;
    return -ENOTTY;
}
