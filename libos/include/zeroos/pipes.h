/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Pipes, and waiting for what other threads do to them. A thread that waits stands at a futex of
 * the libOS's own, so that a program without threads has the little of core/alone.c.
 */
#ifndef ZEROOS_PIPES_H
#define ZEROOS_PIPES_H

#include <zeroos/tree.h>

/* As in Linux: what a pipe holds, and what is written in one piece. */
enum { ZEROOS_PIPE_ROOM = 65536, ZEROOS_PIPE_PIECE = 4096 };

struct zeroos_pipe {
    unsigned readers, writers; /* open files */
    int filled, drained;       /* futexes: for readers, and for writers */
    char *buffer;              /* a ring of `room` bytes, a power of two; grows as need be */
    size_t room, start, length;
};

struct zeroos_pipe *zeroos_new_pipe(void);
/* Nobody reads nor writes it any more. */
void zeroos_drop_pipe(struct zeroos_pipe *pipe);
/* As read and write of the flags' O_NONBLOCK; they wait otherwise. */
long zeroos_pipe_read(struct zeroos_pipe *pipe, unsigned flags, void *buffer, size_t size,
                      uintptr_t site);
long zeroos_pipe_write(struct zeroos_pipe *pipe, unsigned flags, const void *buffer, size_t size,
                       uintptr_t site);
/* One reader or writer less. */
void zeroos_pipe_close(struct zeroos_pipe *pipe, bool reader);

/* wait.c: waits at a futex, and handles signals: 0, or -EINTR if the call ends with that. */
long zeroos_wait_for(int *futex, uintptr_t site);
/* Wakes all who wait there, and all who poll. */
void zeroos_notify(int *futex);
/* What polls wait for: anything at all. */
extern int zeroos_anything;

/* poll.c: the events of an open file, POLLIN and so on. */
int zeroos_events(struct zeroos_file *file);

#endif
