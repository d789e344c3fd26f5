/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>

long sys_mprotect(void *address, size_t length, int prot)
{
    uintptr_t start = (uintptr_t)address;
    size_t size = zeroos_page_up(length);
    struct zeroos_guarded *guarded = &zeroos_guarded;
    /* The stack of a thread in the making, see threads/clone.c. */
    if (start + size == guarded->end && start > guarded->start && zeroos_page_aligned(start) &&
        prot == (PROT_READ | PROT_WRITE)) {
        guarded->opened = start;
        return 0;
    }
    if (!zeroos_page_aligned(start) || prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC))
        return -EINVAL;
    if (length == 0)
        return 0;
    if (size == 0 || !zeroos_range_mapped(start, size))
        return -ENOMEM;
    if (prot & PROT_EXEC)
        return -EPERM;
    return 0;
}
