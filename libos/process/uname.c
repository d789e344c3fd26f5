/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

static void set(char field[65], const char *text)
{
    size_t i = 0;
    for (; i < 64 && text[i]; i++)
        field[i] = text[i];
    field[i] = 0;
}

long sys_uname(struct new_utsname *name)
{
    if (zeroos_outside(name, sizeof *name))
        return -EFAULT;
    set(name->sysname, "Linux");
    set(name->nodename, zeroos_name);
    /* musl and others compare releases; the interface described in abi.h is 6.1's. */
    set(name->release, "6.1.0");
    set(name->version, "zeroos");
    set(name->machine, __riscv_xlen == 64 ? "riscv64" : "riscv32");
    set(name->domainname, "(none)");
    return 0;
}
