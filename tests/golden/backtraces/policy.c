/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A system call whose policy is halt. */
#include <sys/utsname.h>

__attribute__((noinline)) static int ask(struct utsname *name)
{
    return uname(name) + 1;
}

int main(void)
{
    struct utsname name;
    return ask(&name);
}
