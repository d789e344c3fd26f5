/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What differs from image to image: written by the generator and by the linker script. */
#ifndef ZEROOS_IMAGE_H
#define ZEROOS_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From the manifest. */
extern const char zeroos_name[];                /* argv[0], the node name */
extern const int zeroos_argc;
extern const unsigned long zeroos_initial[];    /* argc, argv, 0, envp, 0, auxiliary vector */
extern const size_t zeroos_initial_words;
extern const uint64_t zeroos_epoch;             /* seconds at the start of the virtual clock */
extern const bool zeroos_stdout_lines;          /* the host wants whole lines */

enum zeroos_random_source { ZEROOS_RANDOM_DENY, ZEROOS_RANDOM_SEED, ZEROOS_RANDOM_INPUT };
extern const enum zeroos_random_source zeroos_random;
extern const unsigned char zeroos_seed[32];

enum zeroos_time_source { ZEROOS_TIME_VIRTUAL, ZEROOS_TIME_FIXED, ZEROOS_TIME_INPUT, ZEROOS_TIME_DENY };
extern const enum zeroos_time_source zeroos_time;

/* The program headers that the C library and unwinders read. */
struct zeroos_phdr64 {
    uint32_t type, flags;
    uint64_t offset, vaddr, paddr, filesz, memsz, align;
};
struct zeroos_phdr32 {
    uint32_t type, offset, vaddr, paddr, filesz, memsz, flags, align;
};

/* From the linker script: the main stack grows down from high to low; the heap is [start, end). */
extern char zeroos_stack_low[], zeroos_stack_high[];
extern char zeroos_heap_start[], zeroos_heap_end[];
/* All memory that a program may point into: [start, end) of image, stack and heap. */
extern char zeroos_memory_start[], zeroos_memory_end[];

#endif
