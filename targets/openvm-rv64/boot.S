/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* OpenVM 2.1 begins as OpenVM 2.0 does. */
#include "../openvm/boot.S"
