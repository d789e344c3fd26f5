/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* While random bytes are denied, their devices cannot be opened. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct stat status;
    show("random", open("/dev/random", O_RDONLY));
    show("urandom", open("/dev/urandom", O_RDONLY));
    show("stat", stat("/dev/urandom", &status));
    printf("%o\n", status.st_mode);
    return 0;
}
