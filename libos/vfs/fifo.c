/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Pipes by pipe2 and by mknod: both are inodes, whose pipe is there while somebody has it open. */
#include <zeroos/pipes.h>
#include <zeroos/syscalls.h>

ZEROOS_NEEDS(zeroos_controls);

static struct zeroos_pipe *pipe_of(const struct zeroos_file *file)
{
    return zeroos_inode_of(file->node)->pipe;
}

static long read_pipe(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    return zeroos_pipe_read(pipe_of(file), file->flags, buffer, size, site ? site : ZEROOS_SITE);
}

static long write_pipe(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    return zeroos_pipe_write(pipe_of(file), file->flags, buffer, size, site ? site : ZEROOS_SITE);
}

static void release(struct zeroos_file *file)
{
    struct zeroos_inode *inode = zeroos_inode_of(file->node);
    struct zeroos_pipe *pipe = inode->pipe;
    if (zeroos_readable(file))
        zeroos_pipe_close(pipe, true);
    if (zeroos_writable(file))
        zeroos_pipe_close(pipe, false);
    if (pipe && pipe->readers == 0 && pipe->writers == 0) {
        zeroos_drop_pipe(pipe);
        inode->pipe = NULL;
    }
    zeroos_put_file(file);
}

/* A named pipe that is opened for one end waits for the other one. */
static long meet(const struct zeroos_file *file, struct zeroos_pipe *pipe, uintptr_t site)
{
    unsigned *others = zeroos_readable(file) ? &pipe->writers : &pipe->readers;
    if (zeroos_readable(file) && zeroos_writable(file))
        return 0;
    if (*others == 0 && file->flags & O_NONBLOCK)
        return zeroos_readable(file) ? 0 : -ENXIO;
    while (*others == 0) {
        long problem =
            zeroos_wait_for(zeroos_readable(file) ? &pipe->filled : &pipe->drained, site);
        if (problem)
            return problem;
    }
    return 0;
}

static long open(struct zeroos_file *file, uintptr_t site)
{
    struct zeroos_inode *inode = zeroos_inode_of(file->node);
    if (!inode->pipe)
        inode->pipe = zeroos_new_pipe();
    struct zeroos_pipe *pipe = inode->pipe;
    if (!pipe) {
        /* Nothing to take back. */
        file->flags &= ~(unsigned)ZEROOS_HIDDEN_FLAGS;
        return -ENOMEM;
    }
    pipe->readers += zeroos_readable(file);
    pipe->writers += zeroos_writable(file);
    zeroos_notify(&pipe->filled);
    zeroos_notify(&pipe->drained);
    return meet(file, pipe, site);
}

static int poll(struct zeroos_file *file)
{
    const struct zeroos_pipe *pipe = pipe_of(file);
    int events = 0;
    if (zeroos_readable(file))
        events |= (pipe->length ? POLLIN | POLLRDNORM : 0) | (pipe->writers ? 0 : POLLHUP);
    if (zeroos_writable(file))
        events |=
            (pipe->length + ZEROOS_PIPE_PIECE <= ZEROOS_PIPE_ROOM ? POLLOUT | POLLWRNORM : 0) |
            (pipe->readers ? 0 : POLLERR);
    return events;
}

static long available(struct zeroos_file *file)
{
    return (long)pipe_of(file)->length;
}

static const struct zeroos_more more = {open, release, poll, available, "pipe:["};
const struct zeroos_operations zeroos_fifo = {
    .read = read_pipe, .write = write_pipe, .more = &more};

static long open_end(struct zeroos_inode *inode, unsigned flags)
{
    struct zeroos_pipe *pipe = inode->pipe;
    long fd = zeroos_open_node(&inode->node, flags);
    if (fd < 0)
        return fd;
    inode->references++;
    if ((flags & O_ACCMODE) == O_RDONLY)
        pipe->readers++;
    else
        pipe->writers++;
    return fd;
}

long sys_pipe2(int *fds, int flags)
{
    unsigned wanted = (unsigned)flags;
    if (wanted & ~(unsigned)(O_CLOEXEC | O_NONBLOCK))
        return -EINVAL;
    struct zeroos_inode *inode = zeroos_new_inode(S_IFIFO | 0600);
    if (!inode)
        return -ENOMEM;
    inode->links = 1;
    inode->pipe = zeroos_new_pipe();
    long in = inode->pipe ? open_end(inode, wanted | O_RDONLY) : -ENOMEM;
    long out = in < 0 ? in : open_end(inode, wanted | O_WRONLY);
    if (out >= 0 && zeroos_outside(fds, 2 * sizeof *fds)) {
        zeroos_close((int)out);
        out = -EFAULT;
    }
    if (out < 0 && in >= 0)
        zeroos_close((int)in);
    else if (out < 0 && inode->pipe)
        zeroos_drop_pipe(inode->pipe);
    zeroos_put_inode(inode);
    if (out < 0)
        return out;
    fds[0] = (int)in;
    fds[1] = (int)out;
    return 0;
}
