/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* /dev: null, zero, full, random numbers, the standard streams, and the zkVM's public output. */
#include <zeroos/devices.h>
#include <zeroos/random.h>

static long read_nothing(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)buffer, (void)size, (void)site;
    return 0;
}

static long read_zeros(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)site;
    memset(buffer, 0, size);
    return (long)size;
}

static long read_random(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)site;
    zeroos_random_bytes(buffer, size, true);
    return (long)size;
}

static long write_nowhere(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)buffer, (void)site;
    return (long)size;
}

static long write_full(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)buffer, (void)site;
    return size ? -ENOSPC : 0;
}

static long write_public(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)site;
    zeroos_host_output(buffer, size);
    return (long)size;
}

/* These devices have no position; Linux always says 0. */
static long long seek_nowhere(struct zeroos_file *file, long long offset, int whence)
{
    (void)file, (void)offset, (void)whence;
    return 0;
}

/* A prover could choose the bytes. */
static long open_random(struct zeroos_file *file, uintptr_t site)
{
    (void)file, (void)site;
    return zeroos_random_denied ? -EACCES : 0;
}

static long open_public(struct zeroos_file *file, uintptr_t site)
{
    (void)site;
    return zeroos_readable(file) ? -EACCES : 0;
}

static const struct zeroos_more more = {.release = zeroos_put_file};
static const struct zeroos_more more_random = {.open = open_random, .release = zeroos_put_file};
static const struct zeroos_more more_public = {.open = open_public, .release = zeroos_put_file};

static const struct zeroos_operations null = {read_nothing, write_nowhere, seek_nowhere, &more};
static const struct zeroos_operations zero = {read_zeros, write_nowhere, seek_nowhere, &more};
static const struct zeroos_operations full = {read_zeros, write_full, seek_nowhere, &more};
static const struct zeroos_operations random = {read_random, write_nowhere, seek_nowhere,
                                                &more_random};
static const struct zeroos_operations public = {.write = write_public, .more = &more_public};

/* Numbers: Linux Documentation/admin-guide/devices.txt, major 1. */
#define MEMORY_DEVICE(operations, minor)                                                           \
    {.node = {operations, S_IFCHR | 0666, 1 << 8 | minor},                                         \
     .links = 1,                                                                                   \
     .references = ZEROOS_STATIC_REFERENCES,                                                       \
     .fixed = true}

enum { ZKVM, FD, STDERR, STDOUT, STDIN, URANDOM, RANDOM, FULL, ZERO, NULL_DEVICE, COUNT };

static struct zeroos_entry entries[COUNT], zkvm_entry;
static struct zeroos_inode inodes[COUNT] = {
    [ZKVM] = ZEROOS_FIXED_DIRECTORY(&zkvm_entry, 1, 0),
    [FD] = ZEROOS_FIXED_LINK("/proc/self/fd"),
    [STDERR] = ZEROOS_FIXED_LINK("/proc/self/fd/2"),
    [STDOUT] = ZEROOS_FIXED_LINK("/proc/self/fd/1"),
    [STDIN] = ZEROOS_FIXED_LINK("/proc/self/fd/0"),
    [URANDOM] = MEMORY_DEVICE(&random, 9),
    [RANDOM] = MEMORY_DEVICE(&random, 8),
    [FULL] = MEMORY_DEVICE(&full, 7),
    [ZERO] = MEMORY_DEVICE(&zero, 5),
    [NULL_DEVICE] = MEMORY_DEVICE(&null, 3),
};

#define ENTRY(i, text)                                                                             \
    [i] = {                                                                                        \
        .next = i + 1 < COUNT ? &entries[i + 1 < COUNT ? i + 1 : 0] : NULL,                        \
        .link = i ? &entries[i ? i - 1 : 0].next : &zeroos_dev_inode.directory.first,              \
        .parent = &zeroos_dev,                                                                     \
        .inode = &inodes[i],                                                                       \
        .sequence = COUNT - i,                                                                     \
        ZEROOS_STATIC_NAME(text),                                                                  \
    }

static struct zeroos_entry entries[COUNT] = {
    ENTRY(ZKVM, "zkvm"),        ENTRY(FD, "fd"),       ENTRY(STDERR, "stderr"),
    ENTRY(STDOUT, "stdout"),    ENTRY(STDIN, "stdin"), ENTRY(URANDOM, "urandom"),
    ENTRY(RANDOM, "random"),    ENTRY(FULL, "full"),   ENTRY(ZERO, "zero"),
    ENTRY(NULL_DEVICE, "null"),
};

static struct zeroos_inode public_inode = ZEROOS_FIXED_INODE(&public, S_IFIFO | 0200, 1, );
static struct zeroos_entry zkvm_entry = {
    .link = &inodes[ZKVM].directory.first,
    .parent = &entries[ZKVM],
    .inode = &public_inode,
    .sequence = 1,
    ZEROOS_STATIC_NAME("output"),
};

struct zeroos_inode zeroos_dev_inode = ZEROOS_FIXED_DIRECTORY(&entries[ZKVM], COUNT, 1);
