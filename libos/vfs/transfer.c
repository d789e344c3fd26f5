/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* From one descriptor to another: sendfile and copy_file_range, by way of a page. */
#include <zeroos/transfer.h>

/* A page's worth. What was read and could not be written is read again next time. */
static long move_page(struct zeroos_file *from, struct zeroos_file *to, char *page, size_t size,
                      uintptr_t site)
{
    long got = from->node->operations->read(from, page, size, site);
    if (got <= 0)
        return got;
    long put = to->node->operations->write(to, page, (size_t)got, site);
    if (from->node->operations->seek)
        from->position -= got - (put > 0 ? put : 0);
    return put;
}

long zeroos_transfer(struct zeroos_file *from, struct zeroos_file *to, size_t count, uintptr_t site)
{
    char *page = zeroos_block_take(PAGE_SIZE);
    long total = 0;
    if (!page)
        return -ENOMEM;
    while (count) {
        size_t size = count < PAGE_SIZE ? count : PAGE_SIZE;
        long moved = move_page(from, to, page, size, site);
        if (moved <= 0) {
            if (total == 0)
                total = moved;
            break;
        }
        total += moved;
        count -= (size_t)moved;
        if ((size_t)moved < size)
            break;
    }
    zeroos_block_give(page, PAGE_SIZE);
    return total;
}
