/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The private input. Standard input, read_input and sources of the manifest share one stream. */
#ifndef ZEROOS_INPUT_H
#define ZEROOS_INPUT_H

#include <zeroos/libos.h>

/* io/exactly.c: false when the input ends before. */
bool zeroos_input_exactly(void *data, size_t length);

#endif
