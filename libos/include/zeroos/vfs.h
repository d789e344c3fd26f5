/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Descriptors point to open files, open files to nodes: what a path leads to. A node's operations
 * are data, so a program that only writes must not link what reads: operations of the console are
 * weak references, and the system call that needs one says so (ZEROOS_NEEDS).
 *
 * Files, directories and paths are in <zeroos/tree.h>, which programs link that open something.
 */
#ifndef ZEROOS_VFS_H
#define ZEROOS_VFS_H

#include <zeroos/libos.h>

/* As many descriptors as Linux gives a process; EMFILE beyond. */
enum { ZEROOS_MAX_FILES = 1024 };

struct zeroos_entry;
struct zeroos_file;

/* What a console or a device has no need of; what is NULL answers as the comment says. */
struct zeroos_more {
    long (*open)(struct zeroos_file *file, uintptr_t site); /* 0 */
    /* The last descriptor is closed, or open failed: gives back what the file holds. */
    void (*release)(struct zeroos_file *file);   /* nothing to give back */
    int (*poll)(struct zeroos_file *file);       /* always ready */
    long (*available)(struct zeroos_file *file); /* FIONREAD: ENOTTY */
    const char *kind; /* of what has no path, for /proc/self/fd: "pipe:[", a number follows */
};

/* `site` is where the program made the call, for waits and signals. 0: where the operation itself
 * returns to, since a handler that has nothing else to do ends with a jump to it; taking the
 * address there would cost every write to the console a stack frame. */
struct zeroos_operations {
    /* EINVAL */
    long (*read)(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site);
    long (*write)(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site);
    long long (*seek)(struct zeroos_file *file, long long offset, int whence); /* ESPIPE */
    const struct zeroos_more *more;                                            /* may be NULL */
};

struct zeroos_node {
    const struct zeroos_operations *operations;
    unsigned mode;   /* S_IFMT and permissions */
    unsigned device; /* of character devices: major << 8 | minor; of the console: the stream */
};

/* In the flags of an open file, in place of what only openat itself looks at. */
enum { ZEROOS_MAY_READ = O_CREAT, ZEROOS_MAY_WRITE = O_EXCL };
enum { ZEROOS_HIDDEN_FLAGS = ZEROOS_MAY_READ | ZEROOS_MAY_WRITE };

struct zeroos_file {
    struct zeroos_node *node;
    unsigned flags; /* of openat and F_SETFL, and ZEROOS_MAY_... */
    unsigned references;
    struct zeroos_entry *entry; /* the name that it was opened by; NULL: it has none */
    long long position;
};

struct zeroos_descriptor {
    struct zeroos_file *file; /* NULL: closed */
    unsigned flags;           /* FD_CLOEXEC */
};

/* vfs/descriptors.c: the table has `zeroos_descriptor_count` places so far. */
extern struct zeroos_descriptor *zeroos_descriptors;
extern unsigned zeroos_descriptor_count;
extern struct zeroos_node zeroos_console[3];

static inline struct zeroos_file *zeroos_file_of(int fd)
{
    return (unsigned)fd < zeroos_descriptor_count ? zeroos_descriptors[fd].file : NULL;
}

static inline bool zeroos_readable(const struct zeroos_file *file)
{
    return file->flags & ZEROOS_MAY_READ;
}

static inline bool zeroos_writable(const struct zeroos_file *file)
{
    return file->flags & ZEROOS_MAY_WRITE;
}

/* The open file behind a descriptor, if it may be read or written; else NULL. */
static inline struct zeroos_file *zeroos_reader_of(int fd)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    return file && zeroos_readable(file) ? file : NULL;
}

static inline struct zeroos_file *zeroos_writer_of(int fd)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    return file && zeroos_writable(file) ? file : NULL;
}

/* The open file behind a descriptor, unless O_PATH made it; else NULL. */
static inline struct zeroos_file *zeroos_opened(int fd)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    return file && file->flags & ZEROOS_HIDDEN_FLAGS ? file : NULL;
}

/* Reads to memory or writes from it, as `right` says (ZEROOS_MAY_READ, ZEROOS_MAY_WRITE), which is
 * a constant in each place: what only reads has no code that writes. */
static inline long zeroos_move_checked(struct zeroos_file *file, const void *buffer, size_t size,
                                       unsigned right, uintptr_t site)
{
    const struct zeroos_operations *operations = file->node->operations;
    if (right == ZEROOS_MAY_READ)
        return operations->read(file, (void *)(uintptr_t)buffer, size, site);
    return operations->write(file, buffer, size, site);
}

/* One piece. Memory is smaller than what Linux cuts a transfer down to (MAX_RW_COUNT), or so
 * little larger that nobody will see the difference. */
static inline long zeroos_move_piece(struct zeroos_file *file, const void *buffer, size_t size,
                                     unsigned right, uintptr_t site)
{
    if (zeroos_range_outside(buffer, size))
        return size ? -EFAULT : 0;
    return zeroos_move_checked(file, buffer, size, right, site);
}

/* The checks of lseek and llseek. */
static inline long long zeroos_seek(int fd, long long offset, int whence)
{
    struct zeroos_file *file = zeroos_opened(fd);
    if (!file)
        return -EBADF;
    if ((unsigned)whence > SEEK_HOLE)
        return -EINVAL;
    const struct zeroos_operations *operations = file->node->operations;
    return operations->seek ? operations->seek(file, offset, whence) : -ESPIPE;
}

/* Whether a descriptor is open. */
bool zeroos_is_open(int fd);

/* vfs/allocate.c: puts a file at the lowest free descriptor from `least` on, or gives an error. */
long zeroos_install(struct zeroos_file *file, unsigned least, unsigned flags);
/* Makes the table as large as a descriptor needs; false: out of memory. */
bool zeroos_grow_descriptors(unsigned fd);
/* A new open file with one reference, or NULL. */
struct zeroos_file *zeroos_new_file(struct zeroos_node *node, unsigned flags);
/* A new open file with a descriptor, for a node without a path; on an error the node is the
 * caller's. `flags` as openat has them. */
long zeroos_open_node(struct zeroos_node *node, unsigned flags);
/* One reference less to a file. */
void zeroos_release(struct zeroos_file *file);

/* Closes a descriptor that is open. */
static inline void zeroos_close(int fd)
{
    struct zeroos_file *file = zeroos_descriptors[fd].file;
    zeroos_descriptors[fd].file = NULL;
    zeroos_release(file);
}

/* The flags of a new descriptor whose openat or pipe2 had these. */
static inline unsigned zeroos_descriptor_flags(unsigned flags)
{
    return flags & O_CLOEXEC ? FD_CLOEXEC : 0;
}

/* vfs/control.c: the ioctls that are not about terminals; linked by whatever makes files. The
 * console alone has none (core/alone.c). */
long zeroos_control(int fd, unsigned request, unsigned long argument, struct zeroos_file *file);
extern const char zeroos_controls;

/* vfs/vector.c: 0, or what is wrong with the pieces of readv and writev. */
long zeroos_check_vector(const struct iovec *vector, int count);

static inline long zeroos_move_pieces(struct zeroos_file *file, const struct iovec *vector,
                                      int count, unsigned right, uintptr_t site)
{
    long total = zeroos_check_vector(vector, count);
    if (total)
        return total;
    for (const struct iovec *end = vector + count; vector < end; vector++) {
        if (vector->length == 0)
            continue;
        long done = zeroos_move_checked(file, vector->base, vector->length, right, site);
        if (done < 0)
            return total ? total : done;
        total += done;
        if ((size_t)done < vector->length)
            break;
    }
    return total;
}

/* choices/console-*.c */
void zeroos_console_write(enum zeroos_stream stream, const void *data, size_t length);

#endif
