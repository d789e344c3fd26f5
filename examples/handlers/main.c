/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Calls what Linux does not have: two system calls of this project. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { CHECKSUM_ADLER32 = 1000, CHECKSUM_CRC32 = 1001 };

int main(void)
{
    static const char text[] = "Wikipedia";
    unsigned int adler32 = 0, crc32 = 0;

    if (syscall(CHECKSUM_ADLER32, text, sizeof text - 1, &adler32) != 0)
        return 1;
    if (syscall(CHECKSUM_CRC32, text, sizeof text - 1, &crc32) != 0)
        return 2;
    printf("adler32 %08x crc32 %08x\n", adler32, crc32);
    if (syscall(CHECKSUM_CRC32, NULL, 1, &crc32) != -1 || errno != EFAULT)
        return 3;
    return 0;
}
