/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* /dev: null, zero, full, and the zkVM's public output. */
#include <zeroos/devices.h>

static long read_nothing(struct zeroos_file *file, void *buffer, size_t size)
{
    (void)file, (void)buffer, (void)size;
    return 0;
}

static long read_zeros(struct zeroos_file *file, void *buffer, size_t size)
{
    (void)file;
    memset(buffer, 0, size);
    return (long)size;
}

static long write_nowhere(struct zeroos_file *file, const void *buffer, size_t size)
{
    (void)file, (void)buffer;
    return (long)size;
}

static long write_full(struct zeroos_file *file, const void *buffer, size_t size)
{
    (void)file, (void)buffer, (void)size;
    return -ENOSPC;
}

static long write_public(struct zeroos_file *file, const void *buffer, size_t size)
{
    (void)file;
    zeroos_host_output(buffer, size);
    return (long)size;
}

/* These devices have no position; Linux always says 0. */
static long long seek_nowhere(struct zeroos_file *file, long long offset, int whence)
{
    (void)file, (void)offset, (void)whence;
    return 0;
}

static const struct zeroos_operations null = {read_nothing, write_nowhere, seek_nowhere};
static const struct zeroos_operations zero = {read_zeros, write_nowhere, seek_nowhere};
static const struct zeroos_operations full = {read_zeros, write_full, seek_nowhere};
static const struct zeroos_operations public = {NULL, write_public, NULL};

/* Numbers: Linux Documentation/admin-guide/devices.txt, major 1. */
const struct zeroos_device zeroos_devices[] = {
    {"/dev/null", {&null, S_IFCHR | 0666, 1 << 8 | 3}},
    {"/dev/zero", {&zero, S_IFCHR | 0666, 1 << 8 | 5}},
    {"/dev/full", {&full, S_IFCHR | 0666, 1 << 8 | 7}},
    {"/dev/zkvm/output", {&public, S_IFIFO | 0200, 0}},
    {NULL, {NULL, 0, 0}},
};
