/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>

int zeroos_tid = 1;
