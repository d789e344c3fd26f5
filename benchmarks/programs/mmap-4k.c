/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Fresh pages: never used before, so never zeroed. */
#include "bench.h"
#include <sys/mman.h>

REPEAT(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
