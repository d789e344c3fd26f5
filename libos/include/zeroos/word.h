/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Memory by machine words, for string/. A zkVM pays by the instruction and has no cache: loops
 * are long and unrolled, and no access is ever misaligned, since many zkVMs refuse those. */
#ifndef ZEROOS_WORD_H
#define ZEROOS_WORD_H

#include <stddef.h>
#include <stdint.h>

typedef unsigned long __attribute__((may_alias)) zeroos_word;
enum { WORD = sizeof(zeroos_word) };

#endif
