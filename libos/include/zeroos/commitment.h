/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The SHA-256 of the public output, for bootloaders of zkVMs whose verifier expects it. */
#ifndef ZEROOS_COMMITMENT_H
#define ZEROOS_COMMITMENT_H

#include <zeroos/host.h>

static struct zeroos_sha256 zeroos_committed;
/* Set by the first output: without any, no code for hashing is linked. Not static, or compilers
 * would see its one value and call that. */
void (*zeroos_end_hash)(struct zeroos_sha256 *state, unsigned char digest[32]);

static inline void zeroos_commit_output(const void *data, size_t length)
{
    zeroos_end_hash = zeroos_sha256_end;
    zeroos_sha256_add(&zeroos_committed, data, length);
}

/* The digest as words of this machine's byte order, in `room` or constant. */
static inline const uint32_t *zeroos_committed_words(uint32_t room[8])
{
    /* SHA-256 of nothing. */
    static const uint32_t nothing[8] = {
        0x42c4b0e3, 0x141cfc98, 0xc8f4fb9a, 0x24b96f99,
        0xe441ae27, 0x4c939b64, 0x1b9995a4, 0x55b85278,
    };
    if (!zeroos_end_hash)
        return nothing;
    zeroos_end_hash(&zeroos_committed, (unsigned char *)room);
    return room;
}

#endif
