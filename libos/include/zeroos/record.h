/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Private input that lies in memory as one record: 64 bits of length and its bytes. For host.c of a
 * target that has such a region, behind <zeroos/target.h>.
 */
#ifndef ZEROOS_RECORD_H
#define ZEROOS_RECORD_H

#include <zeroos/host.h>

static size_t zeroos_record_taken;

/* Where the host gave no input, memory reads 0. */
static size_t zeroos_record_left(void)
{
    size_t length = *(const uint64_t *)HOST_INPUT;
    if (length > HOST_INPUT_SIZE - sizeof(uint64_t))
        zeroos_fail(ZEROOS_HALT,
                    "the private input is no record of 64 bits of length and its bytes");
    return length - zeroos_record_taken;
}

size_t zeroos_host_read_all(const uint8_t **data)
{
    size_t length = zeroos_record_left();
    *data = HOST_INPUT + sizeof(uint64_t) + zeroos_record_taken;
    zeroos_record_taken += length;
    return length;
}

size_t zeroos_host_read(void *data, size_t length)
{
    size_t rest = zeroos_record_left();
    if (length > rest)
        length = rest;
    __builtin_memcpy(data, HOST_INPUT + sizeof(uint64_t) + zeroos_record_taken, length);
    zeroos_record_taken += length;
    return length;
}

#endif
