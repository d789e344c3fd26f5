/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* With a seed /dev/urandom and getrandom hand out one sequence, each byte once. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    unsigned char one[8], two[8], rest[8];
    int fd = open("/dev/urandom", O_RDONLY);
    show("read", read(fd, one, sizeof one));
    show("getrandom", getrandom(two, sizeof two, 0));
    show("random", read(open("/dev/random", O_RDONLY), rest, sizeof rest));
    printf("%d %d\n", memcmp(one, two, sizeof one) != 0, memcmp(two, rest, sizeof two) != 0);
    show("write", write(open("/dev/urandom", O_WRONLY), one, sizeof one));
    return 0;
}
