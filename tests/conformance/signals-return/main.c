/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* rt_sigreturn where no handler of a signal has been called. */
#include <stdio.h>
#include <sys/syscall.h>

int main(void)
{
    register long a7 __asm__("a7") = SYS_rt_sigreturn;
    puts("before");
    fflush(stdout);
    __asm__ volatile("ecall" : : "r"(a7) : "a0", "memory");
    puts("after");
    return 0;
}
