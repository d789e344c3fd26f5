/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bench.h"
#include <string.h>

static _Alignas(16) char from[4096], to[4096];
static void *(*volatile copy)(void *, const void *, size_t) = memcpy;

REPEAT(copy(to, from, sizeof to))
