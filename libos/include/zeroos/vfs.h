/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Descriptors point to open files, open files to nodes: what a path leads to. A node's operations
 * are data, so a program that only writes must not link what reads: operations of the console are
 * weak references, and the system call that needs one says so (ZEROOS_NEEDS).
 */
#ifndef ZEROOS_VFS_H
#define ZEROOS_VFS_H

#include <zeroos/libos.h>

/* As many descriptors as Linux gives a process; EMFILE beyond. */
enum { ZEROOS_MAX_FILES = 1024 };

struct zeroos_file;

/* What is NULL answers as the comment says. */
struct zeroos_operations {
    long (*read)(struct zeroos_file *file, void *buffer, size_t size);         /* end of file */
    long (*write)(struct zeroos_file *file, const void *buffer, size_t size);  /* EBADF */
    long long (*seek)(struct zeroos_file *file, long long offset, int whence); /* ESPIPE */
};

struct zeroos_node {
    const struct zeroos_operations *operations;
    unsigned mode;   /* S_IFMT and permissions */
    unsigned device; /* of character devices: major << 8 | minor */
};

struct zeroos_file {
    const struct zeroos_node *node;
    unsigned flags; /* of openat and F_SETFL */
    unsigned references;
};

struct zeroos_descriptor {
    struct zeroos_file *file; /* NULL: closed */
    unsigned flags;           /* FD_CLOEXEC */
};

/* vfs/descriptors.c: the table has `zeroos_descriptor_count` places so far. */
extern struct zeroos_descriptor *zeroos_descriptors;
extern unsigned zeroos_descriptor_count;

static inline struct zeroos_file *zeroos_file_of(int fd)
{
    return (unsigned)fd < zeroos_descriptor_count ? zeroos_descriptors[fd].file : NULL;
}

static inline bool zeroos_readable(const struct zeroos_file *file)
{
    return (file->flags & O_ACCMODE) != O_WRONLY;
}

static inline bool zeroos_writable(const struct zeroos_file *file)
{
    return (file->flags & O_ACCMODE) != O_RDONLY;
}

/* Whether a descriptor is open. */
bool zeroos_is_open(int fd);

/* vfs/allocate.c: puts a file at the lowest free descriptor from `least` on, or gives an error. */
long zeroos_install(struct zeroos_file *file, unsigned least, unsigned flags);
/* Makes the table as large as a descriptor needs; false: out of memory. */
bool zeroos_grow_descriptors(unsigned fd);
/* A new open file, or NULL. */
struct zeroos_file *zeroos_new_file(const struct zeroos_node *node, unsigned flags);
/* One descriptor less refers to a file. */
void zeroos_release(struct zeroos_file *file);

/* vfs/lookup.c: the node of a path, or an error; *fd is the descriptor that /dev/fd/N names. */
long zeroos_lookup(int directory, const char *path, const struct zeroos_node **node, int *fd);
/* vfs/described.c: the node that a call of the stat family describes, or an error. */
long zeroos_described(int directory, const char *path, int flags, const struct zeroos_node **node);
/* vfs/fstat.c */
void zeroos_fill_status(const struct zeroos_node *node, struct stat *status);

/* vfs/vector.c: 0, or what is wrong with the pieces of readv and writev. */
long zeroos_check_vector(const struct iovec *vector, int count);

/* choices/console-*.c */
void zeroos_console_write(enum zeroos_stream stream, const void *data, size_t length);

#endif
