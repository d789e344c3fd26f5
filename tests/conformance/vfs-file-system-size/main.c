/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* riscv32 says how large its structure is; riscv64 has no such call. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

int main(void)
{
#ifdef SYS_statfs64
    struct statfs status;
    int by_path = syscall(SYS_statfs64, "/", 8, &status) == -1 && errno == EINVAL;
    int by_descriptor = syscall(SYS_fstatfs64, 0, 8, &status) == -1 && errno == EINVAL;
    return !(by_path && by_descriptor);
#else
    return 0;
#endif
}
