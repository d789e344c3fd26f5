/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bench.h"
#include <string.h>

static _Alignas(16) char to[4096];
static void *(*volatile fill)(void *, int, size_t) = memset;

REPEAT(fill(to, 1, sizeof to))
