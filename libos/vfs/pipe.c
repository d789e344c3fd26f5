/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/pipes.h>
#include <zeroos/signals.h>

enum { FIRST_ROOM = 512 };

static struct zeroos_pool pool = {.size = (sizeof(struct zeroos_pipe) + 15) / 16 * 16};

struct zeroos_pipe *zeroos_new_pipe(void)
{
    struct zeroos_pipe *pipe = zeroos_object_take(&pool);
    if (pipe)
        memset(pipe, 0, sizeof *pipe);
    return pipe;
}

void zeroos_drop_pipe(struct zeroos_pipe *pipe)
{
    zeroos_block_give(pipe->buffer, pipe->room);
    zeroos_pool_give(&pool, pipe);
}

void zeroos_pipe_close(struct zeroos_pipe *pipe, bool reader)
{
    if (reader)
        pipe->readers--;
    else
        pipe->writers--;
    zeroos_notify(&pipe->filled);
    zeroos_notify(&pipe->drained);
}

/* The next bytes of the ring in order: one piece up to its end, one from its start. */
static void take(struct zeroos_pipe *pipe, char *to, size_t size)
{
    size_t first = pipe->room - pipe->start;
    if (first > size)
        first = size;
    memcpy(to, pipe->buffer + pipe->start, first);
    memcpy(to + first, pipe->buffer, size - first);
    pipe->start = (pipe->start + size) & (pipe->room - 1);
    pipe->length -= size;
}

static void put(struct zeroos_pipe *pipe, const char *from, size_t size)
{
    size_t end = (pipe->start + pipe->length) & (pipe->room - 1), first = pipe->room - end;
    if (first > size)
        first = size;
    memcpy(pipe->buffer + end, from, first);
    memcpy(pipe->buffer, from + first, size - first);
    pipe->length += size;
}

/* Makes the ring as large as it may need to be; false: out of memory. */
static bool grow(struct zeroos_pipe *pipe, size_t wanted)
{
    size_t room = pipe->room ? pipe->room : FIRST_ROOM, length = pipe->length;
    if (wanted > ZEROOS_PIPE_ROOM)
        wanted = ZEROOS_PIPE_ROOM;
    if (wanted <= pipe->room)
        return true;
    while (room < wanted)
        room *= 2;
    char *buffer = zeroos_block_take(room);
    if (!buffer)
        return false;
    take(pipe, buffer, length);
    zeroos_block_give(pipe->buffer, pipe->room);
    pipe->buffer = buffer;
    pipe->room = room;
    pipe->start = 0;
    pipe->length = length;
    return true;
}

long zeroos_pipe_read(struct zeroos_pipe *pipe, unsigned flags, void *buffer, size_t size,
                      uintptr_t site)
{
    if (size == 0)
        return 0;
    while (pipe->length == 0) {
        if (pipe->writers == 0)
            return 0;
        if (flags & O_NONBLOCK)
            return -EAGAIN;
        long problem = zeroos_wait_for(&pipe->filled, site);
        if (problem)
            return problem;
    }
    if (size > pipe->length)
        size = pipe->length;
    take(pipe, buffer, size);
    zeroos_notify(&pipe->drained);
    return (long)size;
}

static long broken(size_t done, uintptr_t site)
{
    if (done)
        return (long)done;
    static const struct siginfo info = {.signal = SIGPIPE, .code = SI_USER, .pid = 1};
    (void)zeroos_send(zeroos_thread, &info, site);
    return -EPIPE;
}

long zeroos_pipe_write(struct zeroos_pipe *pipe, unsigned flags, const void *buffer, size_t size,
                       uintptr_t site)
{
    const char *from = buffer;
    size_t done = 0;
    if (size == 0)
        return 0;
    for (;;) {
        if (pipe->readers == 0)
            return broken(done, site);
        size_t part = size - done, room = ZEROOS_PIPE_ROOM - pipe->length;
        if (part > room)
            part = size <= ZEROOS_PIPE_PIECE ? 0 : room;
        if (part && !grow(pipe, pipe->length + part))
            return done ? (long)done : -ENOMEM;
        if (part) {
            put(pipe, from + done, part);
            done += part;
            zeroos_notify(&pipe->filled);
        }
        if (done == size)
            return (long)done;
        if (flags & O_NONBLOCK)
            return done ? (long)done : -EAGAIN;
        long problem = zeroos_wait_for(&pipe->drained, site);
        if (problem)
            return done ? (long)done : problem;
    }
}
