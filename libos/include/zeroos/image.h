/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What differs from image to image: written by the generator and by the linker script. */
#ifndef ZEROOS_IMAGE_H
#define ZEROOS_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From the manifest. */
extern const char zeroos_name[]; /* argv[0], the node name */
extern const int zeroos_argc;
extern const unsigned long zeroos_initial[]; /* argc, argv, 0, envp, 0, auxiliary vector */
extern const size_t zeroos_initial_words;
extern const uint64_t zeroos_epoch;         /* seconds at the start of the virtual clock */
extern const unsigned char zeroos_seed[32]; /* of [abi.random] source = "seed" */

/* The program headers that the C library and unwinders read. */
struct zeroos_phdr64 {
    uint32_t type, flags;
    uint64_t offset, vaddr, paddr, filesz, memsz, align;
};
struct zeroos_phdr32 {
    uint32_t type, offset, vaddr, paddr, filesz, memsz, flags, align;
};

/* All memory that a program may point into: image, stack and heap. */
extern const struct zeroos_memory {
    uintptr_t start;
    size_t size;
} zeroos_memory;

/* From the linker script: the main stack grows down from high to low; the heap is [start, end).
 * The ends lie too far away on some targets for code to take their addresses; data may. */
extern unsigned long zeroos_stack_low[], zeroos_stack_high[];
extern char zeroos_heap_start[], zeroos_heap_end[];
extern char zeroos_memory_start[], zeroos_memory_size[];

#endif
