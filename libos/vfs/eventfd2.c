/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/pipes.h>
#include <zeroos/syscalls.h>

ZEROOS_NEEDS(zeroos_controls);

struct counter {
    struct zeroos_node node;
    bool semaphore;
    int raised, lowered; /* futexes */
    uint64_t value;
};

/* The largest value; the one behind it is for the kernel. */
#define MOST (UINT64_MAX - 1)

static struct zeroos_pool pool = {.size = (sizeof(struct counter) + 15) / 16 * 16};

static long read_counter(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    struct counter *counter = (struct counter *)file->node;
    if (size < sizeof counter->value)
        return -EINVAL;
    if (!site)
        site = ZEROOS_SITE;
    while (counter->value == 0) {
        if (file->flags & O_NONBLOCK)
            return -EAGAIN;
        long problem = zeroos_wait_for(&counter->raised, site);
        if (problem)
            return problem;
    }
    uint64_t taken = counter->semaphore ? 1 : counter->value;
    counter->value -= taken;
    memcpy(buffer, &taken, sizeof taken);
    zeroos_notify(&counter->lowered);
    return sizeof taken;
}

static long write_counter(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    struct counter *counter = (struct counter *)file->node;
    uint64_t added;
    if (size < sizeof added)
        return -EINVAL;
    memcpy(&added, buffer, sizeof added);
    if (added == UINT64_MAX)
        return -EINVAL;
    if (!site)
        site = ZEROOS_SITE;
    while (added > MOST - counter->value) {
        if (file->flags & O_NONBLOCK)
            return -EAGAIN;
        long problem = zeroos_wait_for(&counter->lowered, site);
        if (problem)
            return problem;
    }
    counter->value += added;
    zeroos_notify(&counter->raised);
    return sizeof added;
}

static int poll(struct zeroos_file *file)
{
    const struct counter *counter = (const struct counter *)file->node;
    return (counter->value ? POLLIN | POLLRDNORM : 0) |
           (counter->value < MOST ? POLLOUT | POLLWRNORM : 0);
}

static void release(struct zeroos_file *file)
{
    zeroos_pool_give(&pool, file->node);
}

static const struct zeroos_more more = {
    .release = release,
    .poll = poll,
    .kind = "anon_inode:[eventfd]",
};
static const struct zeroos_operations operations = {
    .read = read_counter,
    .write = write_counter,
    .more = &more,
};

long sys_eventfd2(unsigned int value, int flags)
{
    if (flags & ~(EFD_SEMAPHORE | O_CLOEXEC | O_NONBLOCK))
        return -EINVAL;
    struct counter *counter = zeroos_object_take(&pool);
    if (!counter)
        return -ENOMEM;
    /* Without a type, as in Linux. */
    *counter = (struct counter){
        .node = {&operations, 0600, 0},
        .semaphore = flags & EFD_SEMAPHORE,
        .value = value,
    };
    long fd = zeroos_open_node(&counter->node, O_RDWR | ((unsigned)flags & ~1u));
    if (fd < 0)
        zeroos_pool_give(&pool, counter);
    return fd;
}
