/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* OpenVM 2.1 as OpenVM 2.0: only the registers are wider, and the words with them. */
#include "../openvm/host.c"
