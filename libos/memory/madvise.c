/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>

/* asm-generic/mman-common.h: 0 to 4 and 8 to 25; only shared mappings can be cut (MADV_REMOVE). */
static bool known(int advice)
{
    return (advice >= MADV_NORMAL && advice <= MADV_DONTNEED) ||
           (advice >= MADV_FREE && advice <= MADV_COLLAPSE && advice != MADV_REMOVE);
}

long sys_madvise(void *address, size_t length, int advice)
{
    uintptr_t start = (uintptr_t)address;
    size_t size = zeroos_page_up(length);
    if (!known(advice) || !zeroos_page_aligned(start) || (length && !size))
        return -EINVAL;
    if (size == 0)
        return 0;
    if (!zeroos_range_mapped(start, size))
        return -ENOMEM;
    if (advice == MADV_DONTNEED || advice == MADV_DONTNEED_LOCKED) {
        /* Elsewhere the contents would come back from the image, which is not there any more. */
        if (!zeroos_range_in_heap(start, size))
            return -EINVAL;
        memset(address, 0, size);
    }
    return 0;
}
