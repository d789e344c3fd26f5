// SPDX-License-Identifier: MIT OR Apache-2.0
// Rust's standard library asks for a backtrace even where it is compiled without an unwinder:
// there is none, and the stack has no frames to show. Programs that unwind link libunwind instead.

#include <stdint.h>

#define END_OF_STACK 5 /* _URC_END_OF_STACK of the Itanium C++ ABI, level I */

int _Unwind_Backtrace(int (*step)(void *, void *), void *argument);
int _Unwind_Backtrace(int (*step)(void *, void *), void *argument)
{
    (void)step;
    (void)argument;
    return END_OF_STACK;
}

uintptr_t _Unwind_GetIP(void *context);
uintptr_t _Unwind_GetIP(void *context)
{
    (void)context;
    return 0;
}

uintptr_t _Unwind_GetIPInfo(void *context, int *before);
uintptr_t _Unwind_GetIPInfo(void *context, int *before)
{
    (void)context;
    *before = 0;
    return 0;
}

uintptr_t _Unwind_GetCFA(void *context);
uintptr_t _Unwind_GetCFA(void *context)
{
    (void)context;
    return 0;
}

void *_Unwind_FindEnclosingFunction(void *address);
void *_Unwind_FindEnclosingFunction(void *address)
{
    (void)address;
    return 0;
}
