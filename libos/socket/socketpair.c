/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Two streams between two sockets. */
#include <zeroos/memory.h>
#include <zeroos/pipes.h>
#include <zeroos/syscalls.h>

ZEROOS_NEEDS(zeroos_controls);

struct zeroos_socket {
    struct zeroos_node node;
    struct zeroos_socket *other; /* NULL: it is closed */
    struct zeroos_pipe *in, *out;
    bool reset; /* the other one was closed before it had read everything */
};

/* As many as SOCK_ types and AF_ families there are in Linux. */
enum { MOST_FAMILIES = 46, MOST_TYPES = 11, SOCK_FLAGS = O_CLOEXEC | O_NONBLOCK };

static struct zeroos_pool pool = {.size = (sizeof(struct zeroos_socket) + 15) / 16 * 16};

static struct zeroos_socket *socket_of(const struct zeroos_file *file)
{
    return (struct zeroos_socket *)file->node;
}

static long read_socket(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    struct zeroos_socket *socket = socket_of(file);
    if (socket->reset && socket->in->length == 0) {
        socket->reset = false;
        return -ECONNRESET;
    }
    return zeroos_pipe_read(socket->in, file->flags, buffer, size, site ? site : ZEROOS_SITE);
}

static long write_socket(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    return zeroos_pipe_write(socket_of(file)->out, file->flags, buffer, size,
                             site ? site : ZEROOS_SITE);
}

static void release(struct zeroos_file *file)
{
    struct zeroos_socket *socket = socket_of(file), *other = socket->other;
    struct zeroos_pipe *in = socket->in, *out = socket->out;
    if (other) {
        other->other = NULL;
        other->reset = in->length != 0;
    }
    zeroos_pipe_close(in, true);
    zeroos_pipe_close(out, false);
    if (!other) {
        zeroos_drop_pipe(in);
        zeroos_drop_pipe(out);
    }
    zeroos_pool_give(&pool, socket);
}

static int poll(struct zeroos_file *file)
{
    const struct zeroos_socket *socket = socket_of(file);
    int events = socket->in->length ? POLLIN | POLLRDNORM : 0;
    if (!socket->other)
        events |= POLLIN | POLLRDNORM | POLLHUP | POLLRDHUP | (socket->reset ? POLLERR : 0);
    if (socket->out->length + ZEROOS_PIPE_PIECE <= ZEROOS_PIPE_ROOM)
        events |= POLLOUT | POLLWRNORM;
    return events;
}

static long available(struct zeroos_file *file)
{
    return (long)socket_of(file)->in->length;
}

static const struct zeroos_more more = {
    .release = release,
    .poll = poll,
    .available = available,
    .kind = "socket:[",
};
static const struct zeroos_operations operations = {
    .read = read_socket,
    .write = write_socket,
    .more = &more,
};

static void give(struct zeroos_socket *one, struct zeroos_socket *two, struct zeroos_pipe *there,
                 struct zeroos_pipe *back)
{
    if (one)
        zeroos_pool_give(&pool, one);
    if (two)
        zeroos_pool_give(&pool, two);
    if (there)
        zeroos_drop_pipe(there);
    if (back)
        zeroos_drop_pipe(back);
}

static long make(unsigned flags, int *fds)
{
    struct zeroos_socket *one = zeroos_object_take(&pool), *two = zeroos_object_take(&pool);
    struct zeroos_pipe *there = zeroos_new_pipe(), *back = zeroos_new_pipe();
    long first = -ENOMEM, second = -ENOMEM;
    if (one && two && there && back) {
        there->readers = there->writers = back->readers = back->writers = 1;
        *one = (struct zeroos_socket){{&operations, S_IFSOCK | 0777, 0}, two, back, there, false};
        *two = (struct zeroos_socket){{&operations, S_IFSOCK | 0777, 0}, one, there, back, false};
        first = zeroos_open_node(&one->node, flags);
        second = first < 0 ? first : zeroos_open_node(&two->node, flags);
        if (first >= 0 && second < 0) {
            /* The second one is still ours, and the first one takes itself and no pipe along. */
            zeroos_close((int)first);
            one = NULL;
        }
    }
    if (second < 0) {
        give(one, two, there, back);
        return second;
    }
    fds[0] = (int)first;
    fds[1] = (int)second;
    return 0;
}

long sys_socketpair(int family, int type, int protocol, int *fds)
{
    unsigned flags = (unsigned)type & ~(unsigned)SOCK_TYPE;
    type &= SOCK_TYPE;
    if (flags & ~(unsigned)SOCK_FLAGS)
        return -EINVAL;
    if (zeroos_outside(fds, 2 * sizeof *fds))
        return -EFAULT;
    if (family < 0 || family >= MOST_FAMILIES)
        return -EAFNOSUPPORT;
    if (type >= MOST_TYPES)
        return -EINVAL;
    if (family != AF_UNIX)
        return family == AF_INET ? -EOPNOTSUPP : -EAFNOSUPPORT;
    if (protocol && protocol != AF_UNIX)
        return -EPROTONOSUPPORT;
    if (type != SOCK_STREAM)
        return -ESOCKTNOSUPPORT;
    return make(O_RDWR | flags, fds);
}
