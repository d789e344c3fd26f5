/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Reading and writing at an offset; the file keeps its own position. What has a position never
 * makes anybody wait, so nobody sees the other one meanwhile. On riscv32 an offset has two
 * arguments, and the calls have specs of their own. */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

ZEROOS_NEEDS(zeroos_read_console);
ZEROOS_NEEDS(zeroos_write_console);

/* Inline, so that each direction has code of its own: `right` is a constant there. */
static inline __attribute__((always_inline)) long
move_at(int fd, const void *buffer, size_t count, long long offset, bool pieces, unsigned right)
{
    if (offset < 0)
        return -EINVAL;
    struct zeroos_file *file = zeroos_opened(fd);
    if (!file)
        return -EBADF;
    if (!file->node->operations->seek)
        return -ESPIPE;
    if (!(file->flags & right))
        return -EBADF;
    long long position = file->position;
    file->position = offset;
    long result = pieces ? zeroos_move_pieces(file, buffer, (int)count, right, 0)
                         : zeroos_move_piece(file, buffer, count, right, 0);
    file->position = position;
    return result;
}

static long read_at(int fd, const void *buffer, size_t count, long long offset, bool pieces)
{
    return move_at(fd, buffer, count, offset, pieces, ZEROOS_MAY_READ);
}

static long write_at(int fd, const void *buffer, size_t count, long long offset, bool pieces)
{
    return move_at(fd, buffer, count, offset, pieces, ZEROOS_MAY_WRITE);
}

static long long whole(unsigned long low, unsigned long high)
{
    return (long long)((uint64_t)high << 32 | (uint32_t)low);
}

long sys_pread64(int fd, void *buffer, size_t count, off_t offset)
{
    return read_at(fd, buffer, count, offset, false);
}

long sys_pread64_split(int fd, void *buffer, size_t count, unsigned long low, unsigned long high)
{
    return read_at(fd, buffer, count, whole(low, high), false);
}

long sys_pwrite64(int fd, const void *buffer, size_t count, off_t offset)
{
    return write_at(fd, buffer, count, offset, false);
}

long sys_pwrite64_split(int fd, const void *buffer, size_t count, unsigned long low,
                        unsigned long high)
{
    return write_at(fd, buffer, count, whole(low, high), false);
}

/* The kernel's own interface has two words for the offset everywhere; the low one holds all of it
 * where words are wide. */
static long long offset_of(unsigned long low, unsigned long high)
{
    return __riscv_xlen == 64 ? (long long)low : whole(low, high);
}

long sys_preadv(int fd, const struct iovec *vector, int count, unsigned long low,
                unsigned long high)
{
    return read_at(fd, vector, (size_t)count, offset_of(low, high), true);
}

long sys_pwritev(int fd, const struct iovec *vector, int count, unsigned long low,
                 unsigned long high)
{
    return write_at(fd, vector, (size_t)count, offset_of(low, high), true);
}
