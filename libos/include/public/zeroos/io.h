/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A program's private input and public output, by the names of the zkVM standards.
 *
 * The same streams are files: standard input is the private input, /dev/zkvm/output the public
 * output.
 */
#ifndef ZEROOS_IO_H
#define ZEROOS_IO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All of the private input that standard input has not given yet; every call gives the same.
 * The memory must not be written. With *size 0 the pointer is not valid. Cannot fail: where the
 * memory is too small for the input, the run ends as a failure. */
void read_input(const uint8_t **buffer, size_t *size);

/* Appends to the public output, which a proof commits to. */
void write_output(const uint8_t *data, size_t size);

#ifdef __cplusplus
}
#endif

#endif
