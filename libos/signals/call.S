/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/call_handler.h>

ZEROOS_CALL_HANDLER()
