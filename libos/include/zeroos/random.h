/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef ZEROOS_RANDOM_H
#define ZEROOS_RANDOM_H

#include <zeroos/libos.h>

/* choices/random-*.c. Not `secure`: the program says that it needs no secrecy. */
void zeroos_random_bytes(void *buffer, size_t length, bool secure);
/* Nobody may even open /dev/urandom. */
extern const bool zeroos_random_denied;

#endif
